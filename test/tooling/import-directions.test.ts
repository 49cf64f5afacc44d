// Holds that the linter guards the house: every rule about who may import whom (docs/architecture.md) is broken once
// in a scratch tree and must be reported, and what is allowed must not be.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** File, its one line, and what the report must say about it (nothing: it is allowed). */
const planted: [file: string, source: string, reported?: string][] = [
  ['lambda/postgres/a.ts', `import '../platform/http.ts';`, 'Only composition roots connect the platform'],
  ['lambda/postgres/b.ts', `import type { Clock } from '../platform/ports.ts'; export type A = Clock;`],
  ['lambda/postgres/c.ts', 'export const c = new Date();', 'The time is a parameter'],
  ['lambda/postgres/d.ts', 'export const d = Date.now();', 'The time is a parameter'],
  ['lambda/postgres/e.ts', 'export const e = Math.random();', 'Randomness is a parameter'],
  ['lambda/postgres/f.ts', `export const f = new Date('2026-01-01T00:00:00Z');`],
  ['lambda/monitor/a.ts', 'export const a = process.env;', 'noProcessEnv'],
  ['lambda/monitor/b.ts', `export const b = fetch('http://localhost');`, 'the global variable fetch'],
  ['lambda/monitor/c.ts', `import 'node:fs';`, 'This room does no I/O'],
  ['lambda/monitor/d.ts', `import 'node:crypto';`],
  ['lambda/config/b.ts', `import { z } from 'zod'; export const b = z;`, 'Import it as a namespace'],
  ['lambda/config/c.ts', `import * as z from 'zod'; export const c = z;`],
  ['lambda/config/a.ts', `import '@aws-sdk/client-s3';`, 'This room does no I/O'],
  ['lambda/checks/probe/a.ts', `import '../backup/judge.ts';`, 'Checks never import each other'],
  ['lambda/checks/probe/b.ts', `import '../../monitor/check.ts';`],
  ['lambda/checks/probe/c.ts', `import 'pg';`, 'This room does no I/O'],
  ['lambda/checks/probe/d.ts', `import '@aws-lambda-powertools/jmespath';`],
  ['lambda/checks/probe/e.ts', `import '../../functions/check.ts';`, 'Only composition roots connect the platform'],
  ['lambda/gate/a.ts', `import '../platform/http.ts';`, 'Only composition roots connect the platform'],
  ['lambda/gate/b.ts', 'export const b = new Date();', 'The time is a parameter'],
  ['lambda/gate/c.ts', `import '../checks/backup/judge.ts';`],
  ['lambda/platform/a.ts', `import '../monitor/run.ts';`, 'The platform wraps the outside'],
  ['lambda/functions/a.ts', `import '../../local/world.ts';`, 'it never imports infra, cli or local'],
  ['lambda/functions/b.ts', `import '../platform/http.ts';`],
  ['infra/a.ts', `import '../lambda/monitor/run.ts';`, 'infra reads the settings'],
  ['infra/b.ts', `import '../lambda/config/index.ts';`],
  ['local/a.ts', `import '../cli/main.ts';`, 'The embedded world does not know who shows it'],
  ['cli/a.ts', `console.log('stray');`, 'noConsole'],
  ['cli/b.ts', `import { c } from './c.ts'; export const b = () => c;`, 'This import is part of a cycle'],
  ['cli/c.ts', `import { b } from './b.ts'; export const c = () => b;`, 'This import is part of a cycle'],
];

describe('biome.json', () => {
  let scratch: string;
  let report: string[];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'driftwatch-lint-'));
    for (const config of ['biome.json', 'no-hidden-inputs.grit']) await cp(join(root, config), join(scratch, config));
    for (const [file, source] of planted) {
      await mkdir(dirname(join(scratch, file)), { recursive: true });
      await writeFile(join(scratch, file), `${source}\n`);
    }
    const biome = join(root, 'node_modules/.bin/biome');
    const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
    const { stdout } = await promisify(execFile)(biome, args, { cwd: scratch }).catch((error) => error);
    report = String(stdout).split('\n');
  });
  afterAll(() => rm(scratch, { recursive: true }));

  test.each(planted)('%s: %s', (file, _source, reported) => {
    const about = report.filter((line) => line.includes(`/${file},`)).join('\n');
    if (reported === undefined) expect(about).toBe('');
    else expect(about).toContain(reported);
  });
});
