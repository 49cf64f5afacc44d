// The incident that the product exists for, told by the notices it brings: a deployment without its migration at one
// target, while a tenant copy of the same application, on the same model, stays as it was. Each part goes on from where
// the one before it ended; every run's notices are compared as a whole, so that none is missing and none too many.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { migrate } from '../../local/application/migrations.ts';
import { addUser } from '../../local/application/users.ts';
import type { Deployment } from '../../local/deployment.ts';
import type { ReceivedNotice } from '../../local/subscriber.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type Network, startNetwork } from './network.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

const day = 86_400_000;
/** The same through the whole story, also when midnight falls into it. */
const today = new Date();
const names = ['pap-api', 'pro-tenant'] as const;
type Name = (typeof names)[number];

interface Target {
  databaseUrl: string;
  application: Deployment;
  /** Between the monitor and the database. */
  network: Network;
}

let world: World;
let watched: Watched;
const targets = {} as Record<Name, Target>;

beforeAll(async () => {
  world = await startWorld();
  world.s3.createBucket('backups');
  for (const name of names) targets[name] = await deploy(name);
  watched = await watch(world, settingsFor(targets));
  await publishModel(world, 'pap-api', '1.4.0', targets['pap-api'].databaseUrl);
});
afterAll(async () => {
  await watched.monitor.stop();
  for (const { network } of Object.values(targets)) await network.close();
  await world.stop();
});

async function deploy(name: Name): Promise<Target> {
  const databaseUrl = await world.postgres.createDatabase(name);
  const network = await startNetwork(world.postgres.port);
  await migrate(databaseUrl, '1.4.0');
  const credentials = { username: 'monitor', password: `the password of ${name}` };
  await addUser(databaseUrl, credentials);
  world.secrets.put(`${name}/login`, JSON.stringify(credentials));
  world.secrets.put(`${name}/database`, network.through(databaseUrl));
  backUp(name, 0);
  // The tenant's application reaches its database the way the monitor does; the other one has a way of its own.
  const ownUrl = name === 'pro-tenant' ? network.through(databaseUrl) : databaseUrl;
  return { databaseUrl, network, application: await world.deploy({ version: '1.4.0', databaseUrl: ownUrl }) };
}

const backupKey = (name: Name, date: Date) =>
  `${name}/backup_prod_${date.toISOString().slice(0, 10).replaceAll('-', '')}.sql`;

function backUp(name: Name, daysAgo: number): void {
  const lastModified = new Date(today.getTime() - daysAgo * day);
  world.s3.put('backups', backupKey(name, lastModified), Buffer.alloc(2_000_000, '-- dump\n'), { lastModified });
}

function settingsFor(deployed: Record<Name, Target>): MonitorInput {
  const target = (name: Name): MonitorInput['targets'][string] => ({
    environment: 'production',
    runbook: `https://wiki.example.com/runbooks/${name}`,
    database: { secret: `${name}/database`, tls: { mode: 'disable' } },
    checks: {
      schema: { model: 'pap-api', version: 'probe:health' },
      'backup:nightly': { bucket: 'backups', key: `${name}/backup_prod_{YYYY}{MM}{DD}.sql`, minSize: '1MB' },
      'probe:health': {
        url: `${deployed[name].application.url}/health`,
        expect: { json: ["status == 'healthy'", "checks.database == 'up'"] },
        version: 'version',
      },
      'probe:login': {
        url: `${deployed[name].application.url}/auth/login`,
        login: {
          credentials: `${name}/login`,
          call: { url: `${deployed[name].application.url}/users/me`, expect: {} },
        },
      },
    },
  });
  return {
    name: 'control-core',
    targets: { 'pap-api': target('pap-api'), 'pro-tenant': target('pro-tenant') },
  };
}

const noticeAbout = (notices: readonly ReceivedNotice[], check: string): ReceivedNotice => {
  const found = notices.find(({ attributes }) => JSON.parse(attributes.check ?? '[]').includes(check));
  if (!found) throw new Error(`no notice about ${check}`);
  return found;
};

/** Runs until the given notices have come, one list a run, and once more: then nothing may come. */
async function expectRuns(...expected: readonly string[][]): Promise<ReceivedNotice[]> {
  const all: ReceivedNotice[] = [];
  for (const [index, wanted] of [...expected, []].entries()) {
    const ran = await watched.run();
    expect(subjects(ran), `run ${index + 1}`).toEqual(wanted);
    expect(ran).toMatchObject({ redelivered: 0, deadLetters: [] });
    all.push(...ran.notices);
  }
  return all;
}

describe('a deployment without its migration', () => {
  test('says nothing while all is well', async () => {
    await expectRuns([]);
    const { status, results } = await watched.ask();
    expect(results.filter((one) => one.status !== 'pass')).toEqual([]);
    expect(status).toBe('pass');
  });

  test('is told once, of the target it happened to, with what to do', async () => {
    const model = await world.postgres.createDatabase('build_1_5_0');
    await migrate(model, '1.5.0');
    await publishModel(world, 'pap-api', '1.5.0', model);
    await targets['pap-api'].application.release('1.5.0');
    world.s3.delete('backups', backupKey('pap-api', today));
    backUp('pap-api', 3);

    const notices = await expectRuns(
      ['[CRITICAL] pap-api production: backup nightly is failing', '[CRITICAL] pap-api production: schema is failing'],
      // A probe is believed the second time.
      ['[CRITICAL] pap-api production: login is failing'],
    );

    expect(targets['pap-api'].application.logs.join('\n')).toMatch(/column users\.api_key_sandbox does not exist/);
    expect(noticeAbout(notices, 'backup:nightly').message).toMatch(/The newest backup is 3 d old .*at most 26 h/);
    expect(noticeAbout(notices, 'probe:login').message).toMatch(/answered 500 instead of 200/);
    const { message, attributes } = noticeAbout(notices, 'schema');
    for (const column of ['api_key_sandbox', 'api_key_production']) {
      expect(message).toContain(`users.${column} is missing: every query that selects it fails`);
      expect(message).toMatch(new RegExp(`ALTER TABLE public\\.users ADD COLUMN ${column} character varying\\(64\\)`));
    }
    expect(message).toContain('2 differences from pap-api@1.5.0');
    expect(message).toContain('Runbook: https://wiki.example.com/runbooks/pap-api');
    expect(attributes).toMatchObject({
      target: 'pap-api',
      severity: 'critical',
      status: 'opened',
      check: '["schema"]',
    });
    // What the notice points to is there, and holds what it says.
    const evidence = new RegExp(`Evidence: s3://${bucket}/(\\S+)`).exec(message)?.[1] ?? '';
    expect(Buffer.from(world.s3.read(bucket, evidence) ?? []).toString()).toContain('api_key_sandbox');
  });

  test('is not told of the tenant that migrates before it deploys', async () => {
    const { databaseUrl, application } = targets['pro-tenant'];
    await migrate(databaseUrl, '1.5.0');
    await expectRuns([]);
    expect((await watched.look('pro-tenant', 'schema')).summary).toMatch(/^deployment pending: .*migrated already/);
    await application.release('1.5.0');
    await expectRuns([]);
    expect((await watched.ask({ target: 'pro-tenant' })).status).toBe('pass');
  });

  test('is over when it is over, and that is told of all that was told', async () => {
    await migrate(targets['pap-api'].databaseUrl, '1.5.0');
    backUp('pap-api', 0);
    const notices = await expectRuns(
      [
        '[RESOLVED] pap-api production: backup nightly is all right again',
        '[RESOLVED] pap-api production: schema is all right again',
      ],
      ['[RESOLVED] pap-api production: login is all right again'],
    );
    expect(noticeAbout(notices, 'schema').message).toContain('users.api_key_sandbox is missing');
    expect((await watched.ask()).status).toBe('pass');
  });
});

describe('a database that cannot be reached', () => {
  test('is one notice, and holds back what needs it', async () => {
    await targets['pap-api'].network.shut();
    const [notice] = await expectRuns([], ['[CRITICAL] pap-api production: database is failing'], [], []);
    expect(notice?.message).toMatch(/nothing listens on that port \(ECONNREFUSED\)/);
    expect(notice?.message).toMatch(/not told separately:\n- schema cannot be verified/);
    const schema = await watched.look('pap-api', 'schema');
    expect(schema).toMatchObject({ status: 'unknown', decision: { says: 'nothing' } });
    expect(schema.decision?.why).toContain('held back while database explains it');
  });

  test('is over when it answers again, and nothing else is told', async () => {
    await targets['pap-api'].network.open();
    await expectRuns(['[RESOLVED] pap-api production: database is all right again']);
  });

  test('takes the application with it: one notice of each', async () => {
    await targets['pro-tenant'].network.shut();
    await expectRuns(
      [],
      [
        '[CRITICAL] pro-tenant production: database is failing',
        '[CRITICAL] pro-tenant production: health and login are failing',
      ],
    );
    await targets['pro-tenant'].network.open();
    await expectRuns(
      ['[RESOLVED] pro-tenant production: database is all right again'],
      ['[RESOLVED] pro-tenant production: health and login are all right again'],
    );
  });
});

describe('what cannot be verified', () => {
  test('is told when it lasts, with the reason, and again when it can be', async () => {
    world.secrets.deny('pap-api/login');
    const [notice] = await expectRuns([], [], ['[WARNING] pap-api production: login cannot be verified']);
    expect(notice?.message).toContain('may not read the secret pap-api/login');
    expect(notice?.message).toContain('Allow secretsmanager:GetSecretValue');
    expect((await watched.look('pap-api', 'probe:login')).status).toBe('unknown');
    world.secrets.put('pap-api/login', JSON.stringify({ username: 'monitor', password: 'the password of pap-api' }));
    await expectRuns(['[RESOLVED] pap-api production: login is verified again']);
  });
});

test('what went wrong in the story is in no log as a fault of the monitor', () => {
  const faults = watched.monitor.log().filter((line) => /"level":"(ERROR|WARN)"/.test(line));
  expect(faults).toEqual([]);
});
