// What the team of the first scenario did by hand before every deployment, done by `driftwatch gate`: over the embedded
// world, with no monitor deployed. Everything that was refused or accepted is the application's own answer.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gateDocument } from '../../cli/gate/json-document.ts';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { migrate } from '../../local/application/migrations.ts';
import { addUser } from '../../local/application/users.ts';
import type { Deployment } from '../../local/deployment.ts';
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import { driftwatch, driftwatchSucceeds, type Ended } from './command.ts';
import { bucket, publishModel } from './watched-world.ts';

const hour = 3_600_000;

let world: World;
let folder: string;
let production: string;
let application: Deployment;

const settingsFor = (url: string): MonitorInput => ({
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: 'pap-api/database', tls: { mode: 'disable' } },
      checks: {
        schema: { model: 'pap-api', version: 'probe:health' },
        'backup:nightly': { bucket: 'backups', key: 'backup_prod_*.sql', minSize: '1kB' },
        'probe:health': { url: `${url}/health`, version: 'version' },
        'probe:login': { url: `${url}/auth/login`, login: { credentials: 'pap-api/monitor' } },
      },
      gate: {
        environment: {
          required: ['DATABASE_URL', 'SECRET_KEY'],
          forbidden: { CC_DROP_TABLES: ['true', '1'] },
        },
        defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' },
        backup: { maxAge: '1h' },
      },
    },
  },
});

const goodVariables = 'DATABASE_URL=postgres://app:k4Fz-81@db/app\nSECRET_KEY="9f2c 77a1"\nCC_DROP_TABLES=false\n';

beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(join(tmpdir(), 'driftwatch-gate-'));
  world.s3.createBucket('backups');
  world.s3.createBucket(bucket);
  production = await world.postgres.createDatabase('production');
  await migrate(production, '1.4.0');
  await addUser(production, { username: 'admin', password: 'a password of their own', role: 'admin' });
  await addUser(production, { username: 'founder', password: 'admin123', role: 'admin' });
  world.secrets.put('pap-api/database', production);
  application = await world.deploy({ version: '1.4.0', databaseUrl: production });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settingsFor(application.url)));
  await publishModel(world, 'pap-api', '1.4.0', production);
  await modelWith('1.5.0.json', '1.5.0');
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await writeFile(join(folder, '.env.production'), goodVariables);
  backUp(0.5 * hour);
});

/** What a pipeline does with the new version: its migrations on an empty database, and a snapshot of that. */
async function modelWith(
  file: string,
  version: '1.4.0' | '1.5.0',
  more = 'select 1',
  called: string = version,
): Promise<void> {
  const url = await world.postgres.createDatabase(`build_${file.replaceAll(/\W/g, '_')}`);
  await migrate(url, version);
  await withClient(url, (client) => client.query(more));
  const args = ['snapshot', '--from', url, '--out', file, '--application-version', called];
  await driftwatchSucceeds(args, { folder, environment: world.environment });
}

function backUp(ageMs: number): void {
  const lastModified = new Date(Date.now() - ageMs);
  world.s3.put('backups', 'backup_prod_1.sql', Buffer.alloc(2_000, '-- dump\n'), { lastModified });
}

const refused = JSON.stringify({ username: 'admin', password: 'admin123' });
const accepted = JSON.stringify({ username: 'founder', password: 'admin123' });

interface Asked {
  model?: string;
  more?: readonly string[];
  environment?: Readonly<Record<string, string>>;
}

function gate({ model = '1.5.0.json', more = [], environment = {} }: Asked = {}): Promise<Ended> {
  const args = ['gate', '--target', 'pap-api', '--config', 'settings.json', '--model', model];
  const own = { ...world.environment, HOME: folder, DRIFTWATCH_BUCKET: bucket, DEFAULT_ADMIN: refused };
  // Each test is a day of its own: what was tried is not remembered.
  world.s3.delete(bucket, 'gate/pap-api.json');
  return driftwatch([...args, '--env-file', '.env.production', ...more], {
    folder,
    environment: { ...own, ...environment },
  });
}

test('a deployment as it should be: safe changes, and all the rest in order', async () => {
  const { code, stdout, stderr } = await gate();
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Looking at pap-api (production) ...\n' });
  expect(stdout).toMatch(/^MAY BE DEPLOYED: pap-api \(production\)\nof 6 rules 5 pass, 1 is off; /);
  expect(stdout).toContain('2 changes to production for pap-api@1.5.0 (2 safe)');
  expect(stdout).toContain(
    '- safe: add column users.api_key_sandbox. Adds a column without touching the rows that are there.',
  );
  expect(stdout).toContain('- note: held to version 1.4.0, which runs now');
});

test('nothing is written, sent or remembered but that credentials were tried', async () => {
  world.s3.delete(bucket, 'gate/pap-api.json');
  const before = new Set(world.s3.keys(bucket, ''));
  await gate();
  expect(world.s3.keys(bucket, '').filter((key) => !before.has(key))).toEqual(['gate/pap-api.json']);
});

describe('one thing is wrong', () => {
  test('the migration did not run before the code goes out', async () => {
    const { code, stdout } = await gate({ more: ['--allow', 'nothing'] });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /FAIL +schema\n +2 changes to production for pap-api@1\.5\.0 \(2 safe\): nothing may be left to change\n/,
    );
    expect(stdout).toContain('Next: Run the migrations of the new version, then the gate again.');
  });

  test('a change loses data', async () => {
    await modelWith('lossy.json', '1.5.0', 'alter table tenants drop column plan', '1.6.0');
    const { code, stdout } = await gate({ model: 'lossy.json' });
    expect(code).toBe(1);
    expect(stdout).toContain(
      '3 changes to production for pap-api@1.6.0 (1 destructive, 2 safe): one is worse than risky',
    );
    expect(stdout).toContain(
      '- destructive: remove column tenants.plan (with constraint tenants.tenants_plan_check). Loses',
    );
    expect((await gate({ model: 'lossy.json', more: ['--allow', 'destructive'] })).code).toBe(0);
  });

  test('tables would be dropped, and a secret is as in the example', async () => {
    await writeFile(
      join(folder, '.env.production'),
      'DATABASE_URL=x\nexport SECRET_KEY=changeme # really\nCC_DROP_TABLES="True"\n',
    );
    const { code, stdout } = await gate();
    expect(code).toBe(1);
    expect(stdout).toContain(
      '2 of 3 variables in .env.production are not as they have to be: CC_DROP_TABLES and SECRET_KEY',
    );
    expect(stdout).not.toMatch(/changeme/);
  });

  test('the administrator has the password that everybody knows', async () => {
    const { code, stdout } = await gate({ environment: { DEFAULT_ADMIN: accepted } });
    expect(code).toBe(1);
    expect(stdout).toContain(
      `the default credentials are accepted: POST ${application.url}/auth/login answered 200 with a token`,
    );
    expect(stdout).not.toContain('admin123');
  });

  test('the backup is from this morning', async () => {
    backUp(5 * hour);
    const { code, stdout } = await gate();
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL +backup\n +The newest backup is 5 h old .*; at most 1 h are allowed/);
    expect((await gate({ more: ['--require-backup', '6h'] })).code).toBe(0);
  });
});

test('what cannot be verified is neither: the file of variables, the model, the login', async () => {
  await rm(join(folder, '.env.production'));
  await writeFile(join(folder, 'cut-off.json'), '{"formatVersion":2,"facts":[');
  const { code, stdout } = await gate({ model: 'cut-off.json', environment: { DEFAULT_ADMIN: 'no JSON' } });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^NOT VERIFIED: pap-api \(production\)\nof 6 rules 3 not verified, 2 pass, 1 is off; /);
  expect(stdout).toContain('not verified: .env.production could not be read: it does not exist.');
  expect(stdout).toMatch(/not verified: The snapshot cut-off\.json is cut off after \d+ characters/);
});

test('all of it is told, whatever comes first, in every format at once', async () => {
  backUp(5 * hour);
  await writeFile(join(folder, '.env.production'), 'CC_DROP_TABLES=true\n');
  await modelWith('worst.json', '1.4.0', 'drop table audit_log', '"; rm -rf / #|`<b>');
  const files = ['text.txt', 'gate.md', 'gate.xml', 'gate.json'];
  const { code, stdout } = await gate({
    model: 'worst.json',
    more: ['--format', 'json', ...files.flatMap((file) => ['--out', file])],
    environment: { DEFAULT_ADMIN: accepted },
  });
  expect(code).toBe(1);
  const [text = '', markdown = '', xml = '', json = ''] = await Promise.all(
    files.map((file) => readFile(join(folder, file), 'utf8')),
  );
  expect(json).toBe(stdout);
  const { status, rules } = gateDocument.parse(JSON.parse(json));
  expect(status).toBe('fail');
  expect(rules.map(({ rule, status: one }) => `${rule} ${one}`)).toEqual([
    'schema fail',
    'environment fail',
    'database pass',
    'defaultCredentials fail',
    'backup fail',
    'changeWindow off',
  ]);
  expect(rules[0]?.details[0]).toMatchObject({ tag: 'destructive', sql: ['DROP TABLE public.audit_log;'] });
  expect(text).toContain('of 6 rules 4 fail, 1 passes, 1 is off');
  expect(markdown).toMatch(/^## ❌ `pap-api` \(`production`\) must not be deployed\n/);
  expect(markdown).toContain('``pap-api@"; rm -rf / #\\|`<b>``');
  expect(xml).toContain('<testsuites name="driftwatch gate" tests="6" failures="4" errors="0" skipped="1"');
  expect(xml).toContain('pap-api@&quot;; rm -rf / #|`&lt;b&gt;');
});

test('the version that runs was deployed without its migration: the next one does not hide it', async () => {
  await application.takeDown();
  const broken = await world.deploy({ version: '1.5.0', databaseUrl: production });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settingsFor(broken.url)));
  await driftwatchSucceeds(['snapshot', 'publish', '1.5.0.json', '--model', 'pap-api', '--bucket', bucket], {
    folder,
    environment: world.environment,
  });
  await modelWith('1.5.1.json', '1.5.0', 'select 1', '1.5.1');
  const { code, stdout } = await gate({ model: '1.5.1.json' });
  expect(code).toBe(1);
  expect(stdout).toContain('production is not what version 1.5.0 says, in 2 differences');
  expect(stdout).toContain(
    '- critical: already in production: users.api_key_sandbox is missing: every query that selects it fails',
  );
  // Nobody can log in there: nothing was refused.
  expect(stdout).toMatch(/NOT VERIFIED +default credentials\n.* answered 500/);
});

describe('wrong usage', () => {
  const say = (...args: string[]) =>
    driftwatch(['gate', '--config', 'settings.json', ...args], { folder, environment: world.environment });
  test.each<[string, string[], number, RegExp]>([
    ['no target', [], 64, /required option '--target <name>'/],
    ['a target that is not there', ['--target', 'pap-apo'], 2, /have no target "pap-apo"; did you mean "pap-api"\?/],
    ['a target with shell characters', ['--target', '$(id); "x"\n'], 2, /have no target "\$\(id\); \\"x\\"\\\\n"/],
    ['a duration that is none', ['--target', 'pap-api', '--require-backup', 'an hour'], 64, /Expected a duration/],
    ['a duration of zero', ['--target', 'pap-api', '--require-backup', '0h'], 64, /Expected a duration/],
    ['a class that is none', ['--target', 'pap-api', '--allow', 'all'], 64, /Allowed choices are nothing, safe/],
    [
      'a model that is a database',
      ['--target', 'pap-api', '--model', 'postgres://me:planted@h/d'],
      64,
      /--model is a snapshot/,
    ],
    ['two new versions', ['--target', 'pap-api', '--model', 'a.json', '--application-version', '1'], 64, /not by both/],
    ['a file of no format', ['--target', 'pap-api', '--out', 'gate.html'], 64, /the ending says the format/],
  ])('%s', async (_name, args, code, says) => {
    const ended = await say(...args);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) });
    expect(ended.stderr).not.toContain('planted');
  });
});
