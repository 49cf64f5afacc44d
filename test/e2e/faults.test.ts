// What can be wrong with the things that are watched and with the model they are compared with: each said when asked,
// told when it lasts, never taken for right, and over when it is mended.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { scopeOf } from '../../lambda/postgres/kinds.ts';
import { decodeSnapshot } from '../../lambda/postgres/snapshot.ts';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type Network, startNetwork } from './network.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

type Target = MonitorInput['targets'][string];

interface Said {
  status: 'fail' | 'unknown';
  /** What happened, to what. */
  what: RegExp;
  /** What to do. */
  remedy: RegExp;
}

interface Scenario {
  /** The text of its database secret. */
  database: () => string;
  tls?: 'verify-full';
  /** Of each of its checks. @default the kind's own */
  limit?: '1s';
  /** @default app */
  model?: string;
  /** What the database check says. @default it passes */
  reach?: Said;
  /** What the schema check says. */
  schema: Said;
  /** How its subjects go on after `[...] <target> test: `, when it opens. */
  opens: { severity: 'CRITICAL' | 'WARNING'; said: string };
  /** How they go on when it is over; absent when the test does not mend it. */
  ends?: string;
  mend?: () => unknown;
}

let world: World;
let watched: Watched;
let network: Network;

const url = (user: string, password: string, database = 'production') =>
  `postgres://${user}:${password}@127.0.0.1:${world.postgres.port}/${database}`;
const good = () => url('watcher', 'right');

async function administrate(...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: world.postgres.url('production') });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

const published = (model: string) => `snapshots/${model}/1.5.0.json`;
const copyModel = (model: string, change: (text: string) => string = (text) => text) => {
  const text = Buffer.from(world.s3.read(bucket, published('app')) ?? []).toString();
  world.s3.put(bucket, published(model), change(text));
  world.s3.put(bucket, `snapshots/${model}/current.json`, world.s3.read(bucket, 'snapshots/app/current.json') ?? '');
};

const oneNotVerified = {
  opens: { severity: 'WARNING', said: 'schema cannot be verified' },
  ends: 'schema is verified again',
} as const;
/** The schema check cannot be verified because of what the database check says, which is told instead of it. */
const notVerified = {
  opens: { severity: 'WARNING', said: 'database cannot be verified' },
  ends: 'database is verified again',
} as const;
const failing = {
  opens: { severity: 'CRITICAL', said: 'database is failing' },
  ends: 'database is all right again',
} as const;

/** Of what both checks say alike. */
const both = (what: RegExp, remedy: RegExp, status: Said['status'] = 'unknown') => ({
  reach: { status, what, remedy },
  schema: { status: 'unknown', what, remedy } as const,
});

const scenarios: Record<string, Scenario> = {
  'wrong-password': {
    database: () => url('watcher', 'wrong'),
    ...both(/127\.0\.0\.1:\d+\/production refused the password of watcher/, /Bring the secret .*password.*together/),
    ...notVerified,
    mend: () => world.secrets.put('wrong-password', good()),
  },
  'no-such-database': {
    database: () => url('watcher', 'right', 'nowhere'),
    ...both(/the server has no database "nowhere"/, /Correct the name of the database/, 'fail'),
    ...failing,
    mend: async () => {
      await migrate(await world.postgres.createDatabase('nowhere'), '1.5.0');
    },
  },
  'no-tls': {
    database: good,
    tls: 'verify-full',
    ...both(/does not offer TLS, and without it nothing is sent/, /Turn ssl on .*"disable"/),
    // That is for the settings to say, and they are deployed.
    opens: notVerified.opens,
  },
  silent: {
    database: () => network.through(good()),
    limit: '1s',
    reach: {
      status: 'fail',
      what: /accepted the connection and did not answer in time/,
      remedy: /Check that PostgreSQL listens/,
    },
    schema: { status: 'unknown', what: /did not answer in time|did not finish within/, remedy: /./ },
    ...failing,
    mend: () => network.open(),
  },
  'no-connect': {
    database: () => url('stranger', 'right'),
    ...both(/denied it to stranger: permission denied for database/, /GRANT CONNECT ON DATABASE "production"/),
    ...notVerified,
    mend: () => administrate('grant connect on database production to stranger'),
  },
  truncated: {
    database: good,
    model: 'truncated',
    schema: {
      status: 'unknown',
      what: /s3:\/\/driftwatch\/snapshots\/truncated\/1\.5\.0\.json is cut off after 5000 characters/,
      remedy: /Take the snapshot again/,
    },
    ...oneNotVerified,
    mend: () => copyModel('truncated'),
  },
  'tampered-with': {
    database: good,
    model: 'tampered-with',
    schema: {
      status: 'unknown',
      what: /was altered: its content does not match its contentHash/,
      remedy: /Take the snapshot again/,
    },
    ...oneNotVerified,
    mend: () => copyModel('tampered-with'),
  },
  'of-the-future': {
    database: good,
    model: 'of-the-future',
    schema: {
      status: 'unknown',
      what: /has format version 3; this Driftwatch \([\d.]+\) reads version 2/,
      remedy: /Update Driftwatch/,
    },
    ...oneNotVerified,
    mend: () => copyModel('of-the-future'),
  },
  'something-else': {
    database: good,
    model: 'something-else',
    schema: { status: 'unknown', what: /is not a snapshot: it has no formatVersion/, remedy: /driftwatch snapshot/ },
    ...oneNotVerified,
    mend: () => copyModel('something-else'),
  },
  'no-pointer': {
    database: good,
    model: 'no-pointer',
    schema: {
      status: 'unknown',
      what: /current\.json is not a pointer to a snapshot/,
      remedy: /Publish the snapshot again/,
    },
    ...oneNotVerified,
    mend: () => copyModel('no-pointer'),
  },
  'never-published': {
    database: good,
    model: 'never-published',
    schema: {
      status: 'unknown',
      what: /no snapshot of model never-published is published/,
      remedy: /driftwatch snapshot publish/,
    },
    ...oneNotVerified,
    mend: () => copyModel('never-published'),
  },
};

function targets(): Record<string, Target> {
  const target = (name: string, { tls, model = 'app', limit }: Partial<Scenario>): Target => ({
    environment: 'test',
    database: { secret: name, tls: { mode: tls ?? 'disable' } },
    checks: {
      database: { failAfter: 1, ...(limit && { answerWithin: limit }) },
      schema: { model, ...(limit && { timeout: limit }) },
    },
  });
  const all = { ...scenarios, 'connect-only': {} };
  return Object.fromEntries(Object.entries(all).map(([name, scenario]) => [name, target(name, scenario)]));
}

beforeAll(async () => {
  world = await startWorld();
  network = await startNetwork(world.postgres.port);
  await network.hush();
  await migrate(await world.postgres.createDatabase('production'), '1.5.0');
  await administrate(
    'revoke connect on database production from public',
    'revoke all on schema public from public',
    "create role watcher login password 'right'",
    "create role stranger login password 'right'",
    'grant connect on database production to watcher',
  );
  for (const [name, { database }] of Object.entries(scenarios)) world.secrets.put(name, database());
  world.secrets.put('connect-only', good());
  watched = await watch(world, { name: 'faults', targets: targets() });
  await publishModel(world, 'app', '1.5.0', world.postgres.url('production'));
  copyModel('truncated', (text) => text.slice(0, 5_000));
  copyModel('tampered-with', (text) => text.replace('api_key_sandbox', 'api_key_sandbax'));
  copyModel('of-the-future', (text) => text.replace('"formatVersion":2', '"formatVersion":3'));
  copyModel('something-else', () => '{"users":[]}');
  copyModel('no-pointer');
  world.s3.put(bucket, 'snapshots/no-pointer/current.json', '{"formatVersion":1,"current":"1.5.0"}');
});
afterAll(async () => {
  await watched.monitor.stop();
  await network.close();
  await world.stop();
});

test('a role that may connect and nothing else sees all there is', async () => {
  const seen = new pg.Client({ connectionString: good() });
  await seen.connect();
  await expect(seen.query('select * from public.users')).rejects.toThrow('permission denied for schema public');
  await seen.end();
  const result = await watched.look('connect-only', 'schema');
  expect(result).toMatchObject({ status: 'pass', findings: [] });
  const { facts } = decodeSnapshot(Buffer.from(world.s3.read(bucket, published('app')) ?? []).toString(), 'app');
  const structure = facts.filter(({ kind }) => scopeOf(kind) === 'structure');
  expect(result.summary).toBe(
    `${structure.length} objects equal to app@1.5.0; owners, grants, roles, settings and publications not held: nothing was accepted`,
  );
});

describe.each(Object.entries(scenarios))('%s', (name, { reach, schema }) => {
  test('is said when asked, and passes for nothing', async () => {
    const { results, summary } = await watched.ask({ target: name });
    for (const [check, said] of [
      ['database', reach],
      ['schema', schema],
    ] as const) {
      const result = results.find((one) => one.check === check);
      if (!said) {
        expect(result?.status).toBe('pass');
        continue;
      }
      const { status, what, remedy } = said;
      expect(result).toMatchObject({ status, summary: expect.stringMatching(what) });
      const told = status === 'unknown' ? result : result?.findings[0];
      expect(told?.remedy).toMatch(remedy);
      expect(summary.join('\n')).toMatch(what);
    }
  });
});

test('each is told when it lasts, and over when it is mended: nothing twice, and nothing else', async () => {
  const told: (string | undefined)[] = [];
  // Every run waits for the silent one: it is told at once, so the last of them is enough.
  await network.open();
  for (let run = 1; run <= 3; run += 1) told.push(...subjects(await watched.run()));
  await network.hush();
  told.push(...subjects(await watched.run()));
  expect(told.sort()).toEqual(
    Object.entries(scenarios)
      .map(([name, { opens }]) => `[${opens.severity}] ${name} test: ${opens.said}`)
      .sort(),
  );

  for (const { mend } of Object.values(scenarios)) await mend?.();
  const over = [...subjects(await watched.run()), ...subjects(await watched.run())];
  expect(over.sort()).toEqual(
    Object.entries(scenarios)
      .flatMap(([name, { ends }]) => (ends === undefined ? [] : [`[RESOLVED] ${name} test: ${ends}`]))
      .sort(),
  );
});
