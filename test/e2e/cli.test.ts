// The driftwatch command as shells and pipelines use it: exit codes, what goes to which stream, JSON.
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diffDocument } from '../../cli/report/json-document.ts';
import { migrate } from '../../local/application/migrations.ts';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import { driftwatch, driftwatchSucceeds, type Ended, main } from './command.ts';

let world: World;
let folder: string;
let endpoint: Awaited<ReturnType<typeof serve>>;
const bucket = 'driftwatch';

const inFolder = (name: string) => join(folder, name);
const run = (...args: string[]): Promise<Ended> => driftwatch(args, { environment: world.environment, folder });

beforeAll(async () => {
  world = await startWorld();
  world.s3.createBucket(bucket);
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-e2e-'));
  endpoint = await serve(({ path }) => ({ status: path === '/well' ? 200 : 500 }));
  const environment = world.environment;
  await Promise.all(
    (['1.4.0', '1.5.0'] as const).map(async (version) => {
      const url = await world.postgres.createDatabase(version);
      await migrate(url, version);
      const args = ['snapshot', '--from', url, '--out', inFolder(`${version}.json`), '--application-version', version];
      await driftwatchSucceeds(args, { environment });
      world.s3.put(bucket, `built/${version}.json`, await readFile(inFolder(`${version}.json`)));
    }),
  );
  const text = await readFile(inFolder('1.5.0.json'), 'utf8');
  await writeFile(inFolder('truncated.json'), text.slice(0, 2_000));
  await writeFile(inFolder('altered.json'), text.replace('api_key_sandbox', 'api_key_sandbax'));
  await writeFile(inFolder('newer.json'), text.replace('"formatVersion":2', '"formatVersion":3'));
  world.s3.put(bucket, 'built/truncated.json', text.slice(0, 2_000));
  const target = (path: string) => ({ environment: 'test', checks: { probe: { url: `${endpoint.url}${path}` } } });
  const unknown = { environment: 'test', checks: { schema: { model: 'nobody-published' } } };
  const database = { secret: 'env:NO_SUCH_VARIABLE' };
  const targets = { well: target('/well'), broken: target('/broken'), dark: { ...unknown, database } };
  await writeFile(inFolder('settings.json'), JSON.stringify({ name: 'cli', targets }));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await endpoint.close();
  await world.stop();
});

interface Scenario {
  args: () => string[];
  code: 0 | 1 | 2 | 64;
  /** Result. @default nothing */
  out?: RegExp;
  /** Progress and complaints. @default nothing */
  err?: RegExp;
}

const database = (name: string) => world.postgres.url(name);
const stored = (name: string) => `s3://${bucket}/built/${name}.json`;
const reading = /^Reading postgres:\/\/127\.0\.0\.1:\d+\/[\d.]+ \.\.\.\n$/;
const equal = /^No differences, \d+ objects equal\n/;
const different = /^2 differences, \d+ objects equal\n/;
const half = /could not be read|is cut off after 2000 characters/;

const scenarios: Record<string, Scenario> = {
  'diff: equal files': { args: () => ['diff', '1.5.0.json', '1.5.0.json'], code: 0, out: equal },
  'diff: different files': { args: () => ['diff', '1.5.0.json', '1.4.0.json'], code: 1, out: different },
  'diff: S3 and a file': { args: () => ['diff', stored('1.5.0'), '1.4.0.json'], code: 1, out: different },
  'diff: a file and S3': { args: () => ['diff', '1.4.0.json', stored('1.4.0')], code: 0, out: equal },
  'diff: a file and a database': {
    args: () => ['diff', '1.5.0.json', database('1.4.0')],
    code: 1,
    out: different,
    err: reading,
  },
  'diff: S3 and a database': {
    args: () => ['diff', stored('1.4.0'), database('1.4.0')],
    code: 0,
    out: equal,
    err: reading,
  },
  'diff: a database and a file': {
    args: () => ['diff', database('1.5.0'), '1.4.0.json'],
    code: 1,
    out: different,
    err: reading,
  },
  'diff: two databases': {
    args: () => ['diff', database('1.5.0'), database('1.4.0')],
    code: 1,
    out: different,
    err: /^(Reading .*\n){2}$/,
  },
  'diff: no such file': {
    args: () => ['diff', 'nowhere.json', '1.4.0.json'],
    code: 2,
    err: /^error: nowhere\.json could not be read: it does not exist\.\nCheck the path\.\n$/,
  },
  'diff: a folder': { args: () => ['diff', '.', '1.4.0.json'], code: 2, err: /\. could not be read: it is a folder/ },
  'diff: a truncated snapshot': { args: () => ['diff', 'truncated.json', '1.4.0.json'], code: 2, err: half },
  'diff: a truncated production': { args: () => ['diff', '1.4.0.json', stored('truncated')], code: 2, err: half },
  'diff: an altered snapshot': { args: () => ['diff', 'altered.json', '1.4.0.json'], code: 2, err: /was altered/ },
  'diff: a newer format': { args: () => ['diff', 'newer.json', '1.4.0.json'], code: 2, err: /Update Driftwatch/ },
  'diff: no snapshot at all': {
    args: () => ['diff', 'settings.json', '1.4.0.json'],
    code: 2,
    err: /it is not a snapshot/,
  },
  'diff: nothing in S3': {
    args: () => ['diff', stored('nothing'), '1.4.0.json'],
    code: 2,
    err: /There is nothing at s3:/,
  },
  'diff: no such bucket': {
    args: () => ['diff', 's3://nowhere/a', '1.4.0.json'],
    code: 2,
    err: /there is no bucket nowhere/,
  },
  'diff: no such server': {
    args: () => ['diff', '1.4.0.json', 'postgres://me:pw@127.0.0.1:1/db'],
    code: 2,
    err: /nothing listens on that port/,
  },
  'snapshot: to S3': {
    args: () => ['snapshot', '--from', database('1.4.0'), '--out', stored('again')],
    code: 0,
    out: /^\d+ objects of PostgreSQL 18\.\d+ written to s3:\/\/driftwatch\/built\/again\.json\n$/,
    err: reading,
  },
  'snapshot: to nowhere': {
    args: () => ['snapshot', '--from', database('1.4.0'), '--out', 'no/such/folder.json'],
    code: 2,
    err: /no\/such\/folder\.json could not be written: it does not exist/,
  },
  'snapshot: of no database': {
    args: () => ['snapshot', '--from', database('nowhere'), '--out', 'never.json'],
    code: 2,
    err: /no database "nowhere"/,
  },
  'snapshot: without a place': { args: () => ['snapshot', '--from', database('1.4.0')], code: 64, err: /--out/ },
  'snapshot: of a file': {
    args: () => ['snapshot', '--from', '1.4.0.json', '--out', 'never.json'],
    code: 64,
    err: /--from is a postgres URL/,
  },
  'publish: a truncated snapshot': {
    args: () => ['snapshot', 'publish', 'truncated.json', '--model', 'never', '--bucket', bucket],
    code: 2,
    err: half,
  },
  'publish: without a model': {
    args: () => ['snapshot', 'publish', '1.4.0.json', '--bucket', bucket],
    code: 64,
    err: /required option '--model <name>' not specified/,
  },
  'publish: without a bucket': {
    args: () => ['snapshot', 'publish', '1.4.0.json', '--model', 'never'],
    code: 64,
    err: /--bucket, or DRIFTWATCH_BUCKET/,
  },
  'check: what passes': {
    args: () => ['check', '--config', 'settings.json', '--bucket', bucket, '--target', 'well'],
    code: 0,
    out: /^well: PASS\n {2}PASS probe: /,
    err: /^Checking well \(probe\) \.\.\.\n$/,
  },
  'check: what fails': {
    args: () => ['check', '--config', 'settings.json', '--bucket', bucket, '--target', 'broken', '--check', 'probe'],
    code: 1,
    out: /^broken: FAIL\n {2}FAIL probe: /,
    err: /^Checking broken/,
  },
  'check: what cannot be verified': {
    args: () => ['check', '--config', 'settings.json', '--bucket', bucket, '--target', 'dark'],
    code: 2,
    out: /UNKNOWN schema: no snapshot of model nobody-published is published/,
    err: /^Checking dark/,
  },
  'check: all of them': {
    args: () => ['check', '--config', 'settings.json', '--bucket', bucket],
    code: 1,
    out: /UNKNOWN [\s\S]*FAIL |FAIL [\s\S]*UNKNOWN /,
    err: /^Checking broken .*; dark .*; well /,
  },
  'check: an unknown target': {
    args: () => ['check', '--config', 'settings.json', '--bucket', bucket, '--target', 'wall'],
    code: 2,
    err: /no target "wall"; did you mean "well"\?\nThere are: broken, dark, well/,
  },
  'check: no settings': {
    args: () => ['check', '--bucket', bucket],
    code: 2,
    err: /^error: the settings file driftwatch\.config\.ts could not be read \(ENOENT\)\nName it: --config/,
  },
  'check: no bucket': {
    args: () => ['check', '--config', 'settings.json'],
    code: 64,
    err: /--bucket, or DRIFTWATCH_BUCKET/,
  },
  'no command': { args: () => [], code: 64, err: /^Usage: driftwatch / },
  'an unknown command': { args: () => ['dif'], code: 64, err: /unknown command 'dif'[\s\S]*Did you mean diff\?/ },
  'an unknown option': {
    args: () => ['diff', 'a', 'b', '--formt', 'x'],
    code: 64,
    err: /unknown option '--formt'[\s\S]*Did you mean --format\?/,
  },
  'an unknown format': {
    args: () => ['diff', 'a', 'b', '--format', 'yaml'],
    code: 64,
    err: /Allowed choices are text, json, markdown, sarif, sql/,
  },
  'too few arguments': { args: () => ['diff', 'a'], code: 64, err: /missing required argument 'production'/ },
  'too many arguments': { args: () => ['diff', 'a', 'b', 'c'], code: 64, err: /too many arguments/ },
};

describe('ends as it should, and says it where it should', () => {
  test.concurrent.each(Object.entries(scenarios))('%s', { timeout: 60_000 }, async (_what, scenario) => {
    const { args, code, out = /^$/, err = /^$/ } = scenario;
    const ended = await run(...args());
    expect(ended.stderr).toMatch(err);
    expect(ended.stdout).toMatch(out);
    expect(ended.code).toBe(code);
  });

  test('leaves no half-written file', async () => {
    expect((await readdir(folder)).sort()).toEqual(
      ['1.4.0.json', '1.5.0.json', 'altered.json', 'newer.json', 'settings.json', 'truncated.json'].sort(),
    );
    expect(world.s3.keys(bucket, 'snapshots/never')).toEqual([]);
  });

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    await writeFile(inFolder('closed.json'), '{}');
    await chmod(inFolder('closed.json'), 0);
    const ended = await run('diff', 'closed.json', '1.4.0.json');
    await rm(inFolder('closed.json'));
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/no permission/) });
  });
});

describe('diff --format json', () => {
  test('has every member of every entry', async () => {
    const { code, stdout, stderr } = await run('diff', '1.5.0.json', database('1.4.0'), '--format', 'json');
    expect(code).toBe(1);
    expect(stderr).toMatch(reading);
    const parsed = diffDocument.parse(JSON.parse(stdout));
    expect(parsed.drift.map(({ subject, verb }) => `${verb} ${subject}`)).toEqual([
      'missing public.users.api_key_production',
      'missing public.users.api_key_sandbox',
    ]);
    expect(parsed.drift[0]).toMatchObject({
      code: 'schema.column.missing',
      severity: 'critical',
      impact: 'breaks-reads',
      kind: 'column',
      attribute: null,
      expected: { type: 'character varying(64)' },
      actual: null,
      message: 'users.api_key_production is missing: every query that selects it fails',
    });
    expect(parsed.production.source).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/1\.4\.0$/);
  });

  test('is empty when nothing differs', async () => {
    const { code, stdout } = await run('diff', '1.5.0.json', '1.5.0.json', '--format', 'json');
    expect(code).toBe(0);
    expect(diffDocument.parse(JSON.parse(stdout))).toMatchObject({ drift: [], notVerified: [] });
  });

  test('is the same text every time, from wherever the sides come', async () => {
    const sides = (text: string) => ({ ...diffDocument.parse(JSON.parse(text)), model: '', production: '' });
    const both = (model: string, production: string) => run('diff', model, production, '--format', 'json');
    const [once, again, fromDatabase, fromS3] = await Promise.all([
      both('1.4.0.json', '1.5.0.json'),
      both('1.4.0.json', '1.5.0.json'),
      both(database('1.4.0'), database('1.5.0')),
      both(stored('1.4.0'), stored('1.5.0')),
    ]);
    expect(again.stdout).toBe(once.stdout);
    expect(sides(fromDatabase.stdout)).toEqual(sides(once.stdout));
    expect(sides(fromS3.stdout)).toEqual(sides(once.stdout));
    expect(sides(once.stdout).drift.map(({ verb }) => verb)).toEqual(['unexpected', 'unexpected']);
  });
});

test('a reader who leaves early is no trouble', async () => {
  const pipeline = `set -o pipefail; '${process.execPath}' '${main}' diff 1.5.0.json 1.4.0.json --format sarif | true`;
  const ended = spawnSync('bash', ['-c', pipeline], { cwd: folder, encoding: 'utf8' });
  expect({ code: ended.status, stderr: ended.stderr }).toEqual({ code: 1, stderr: '' });
});

test('check --format json gives what the function answers', async () => {
  const { code, stdout } = await run('check', '--config', 'settings.json', '--bucket', bucket, '--format', 'json');
  expect(code).toBe(1);
  const { status, results } = JSON.parse(stdout);
  expect(status).toBe('fail');
  expect(results.map(({ target, check, status }: Record<string, string>) => `${target} ${check} ${status}`)).toEqual([
    'broken probe fail',
    'dark database unknown',
    'dark schema unknown',
    'well probe pass',
  ]);
});

test('a published version is current, is confirmed again, and never changes', async () => {
  const publish = (file: string, version: string) =>
    run('snapshot', 'publish', file, '--model', 'app', '--bucket', bucket, '--version', version);
  const pointer = () => JSON.parse(Buffer.from(world.s3.read(bucket, 'snapshots/app/current.json') ?? []).toString());
  expect(await publish('1.4.0.json', '1.4.0')).toEqual({
    code: 0,
    stdout: `app@1.4.0 is published in ${bucket} and current\n`,
    stderr: '',
  });
  expect((await publish('1.5.0.json', '1.5.0')).code).toBe(0);
  expect((await publish('1.5.0.json', '1.5.0')).code).toBe(0);
  expect(pointer()).toMatchObject({ current: { version: '1.5.0' }, previous: { version: '1.4.0' } });
  const before = world.s3.read(bucket, 'snapshots/app/1.4.0.json');
  expect(await publish('1.5.0.json', '1.4.0')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/already published, with other facts[\s\S]*a published one never changes/),
  });
  expect(world.s3.read(bucket, 'snapshots/app/1.4.0.json')).toEqual(before);
  expect(pointer().current.version).toBe('1.5.0');
});
