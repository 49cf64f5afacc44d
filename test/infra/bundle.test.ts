import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunction, type FunctionEntry } from '../../infra/bundle.ts';
import { settingsToJson } from '../../lambda/config/index.ts';
import { demo } from './synth.ts';

const settingsJson = settingsToJson(demo);
// Outside the project, where no node_modules folder can help out.
const root = mkdtempSync(join(tmpdir(), 'driftwatch-bundle-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = (name: string) => join(root, name);
const contents = (name: string) =>
  Object.fromEntries(readdirSync(folder(name)).map((file) => [file, readFileSync(join(folder(name), file), 'utf8')]));

/** Calls the handler of a bundle in a process of its own, which knows nothing but what Lambda's would. */
async function call(name: string, event: unknown, environment: Record<string, string>): Promise<unknown> {
  const script = `
    const { handler } = await import(process.argv[1]);
    const said = (value) => process.stdout.write(JSON.stringify(value));
    await handler(JSON.parse(process.argv[2]), { getRemainingTimeInMillis: () => 60_000 }).then(said, (error) =>
      said({ error: error.name, message: error.message, stack: error.stack }),
    );`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--enable-source-maps',
      '--input-type=module',
      '--eval',
      script,
      '--',
      join(folder(name), 'index.mjs'),
      JSON.stringify(event),
    ],
    { env: { AWS_REGION: 'eu-central-1', ...environment }, cwd: root },
  );
  return JSON.parse(stdout);
}

const topics = {
  DRIFTWATCH_ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  DRIFTWATCH_OPERATOR_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:operator',
};

describe.each<[FunctionEntry, string[]]>([
  ['check', ['client-s3', 'client-secrets-manager', 'client-sns']],
  ['dispatch', ['client-s3', 'client-sns', 'client-sqs']],
])('the bundle of %s', (entry, clients) => {
  let inputs: string[];
  beforeAll(() => {
    inputs = Object.keys(bundleFunction(entry, folder(entry), { settingsJson }).inputs);
  });

  it('is a module with its chunks, their maps and the settings', () => {
    const files = Object.keys(contents(entry));
    const modules = files.filter((file) => file.endsWith('.mjs'));
    expect(modules).toContain('index.mjs');
    expect(modules.filter((file) => !/^(index|chunk-[A-Z0-9]+)\.mjs$/.test(file))).toEqual([]);
    expect(files.sort()).toEqual([...modules, ...modules.map((file) => `${file}.map`), 'settings.json'].sort());
    expect(contents(entry)['settings.json']).toBe(settingsJson);
  });

  it('has the SDK clients that it uses, and no others', () => {
    const found = inputs.map((path) => /node_modules\/@aws-sdk\/(client-[^/]+)\//.exec(path)?.[1] ?? '');
    expect([...new Set(found)].filter((client) => client !== '').sort()).toEqual(clients);
  });

  it('has nothing of the development tools, the CLI, the embedded world or this folder', () => {
    expect(inputs.filter((path) => /^(infra|cli|local|test)\//.test(path))).toEqual([]);
    expect(inputs.filter((path) => /node_modules\/(aws-cdk|constructs|esbuild|vitest|@embedded)/.test(path))).toEqual(
      [],
    );
  });

  it('is the same wherever it is written to and started from', () => {
    const digests = (name: string) =>
      Object.entries(contents(name)).map(([file, text]) => [file, createHash('sha256').update(text).digest('hex')]);
    const before = process.cwd();
    process.chdir(root);
    bundleFunction(entry, folder(`deeper/${entry}/again`), { settingsJson });
    process.chdir(before);
    bundleFunction(entry, folder(`${entry}-again`), { settingsJson });
    expect(digests(`deeper/${entry}/again`)).toEqual(digests(`${entry}-again`));
  });

  it('maps to sources of the project, without a copy of them', () => {
    const map = JSON.parse(contents(entry)['index.mjs.map'] ?? '') as { sources: string[]; sourcesContent?: unknown };
    expect(map.sources).toContain(`../lambda/functions/${entry}.ts`);
    expect(map.sourcesContent).toBeUndefined();
    expect(map.sources.filter((path) => path.startsWith('/'))).toEqual([]);
  });

  it('needs nothing but Node, and says what the stack has not given it', async () => {
    expect(await call(entry, {}, {})).toMatchObject({
      error: 'EdgeError',
      message: expect.stringContaining('the environment variable DRIFTWATCH_'),
      // The line that is meant, not the one of the bundle.
      stack: expect.stringContaining(join('lambda', 'platform', 'environment.ts')),
    });
  });
});

describe('a bundle', () => {
  it('runs with the settings beside it', async () => {
    const answer = await call('check', { target: 'pap-apu' }, { DRIFTWATCH_BUCKET: 'memory', ...topics });
    expect(JSON.stringify(answer)).toContain('pap-api');
  });

  it('refuses an event that is none', async () => {
    const queue = { DRIFTWATCH_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/work', ...topics };
    expect(await call('dispatch', { hello: 'world' }, queue)).toMatchObject({ error: 'EdgeError' });
  });
});
