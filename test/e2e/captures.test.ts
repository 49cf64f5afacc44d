// A database on a private network that the monitor cannot reach: a command beside it captures its schema, and the schema
// check judges the newest capture. Each part goes on from where the one before it ended.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import { driftwatch, driftwatchSucceeds, type Ended } from './command.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

const folder = `s3://${bucket}/captures/internal-api/`;
const hour = 3_600_000;

let world: World;
let watched: Watched;
let production: string;

beforeAll(async () => {
  world = await startWorld();
  watched = await watch(world, {
    name: 'microbima',
    targets: {
      'internal-api': {
        environment: 'production',
        checks: { schema: { model: 'internal-api', capture: { maxAge: '2h' } } },
      },
    },
  });
  production = await world.postgres.createDatabase('production');
  await migrate(production, '1.4.0');
  await publishModel(world, 'internal-api', '1.4.0', production);
});
afterAll(async () => {
  await watched.monitor.stop();
  await world.stop();
});

const captureWith = (environment: Record<string, string>, ...args: string[]): Promise<Ended> =>
  driftwatch(['capture', '--to', folder, ...args], { environment: { ...world.environment, ...environment } });
const captures = () => world.s3.keys(bucket).filter((key) => key.startsWith('captures/'));

/** The newest capture, as if it had been written before. */
function backdate(hours: number): void {
  for (const key of captures()) {
    const body = Buffer.from(world.s3.read(bucket, key) ?? []);
    world.s3.put(bucket, key, body, { lastModified: new Date(Date.now() - hours * hour) });
  }
}

test('with no capture it cannot be verified, and that is told when it lasts', async () => {
  expect(subjects(await watched.run())).toEqual([]);
  expect(subjects(await watched.run())).toEqual([]);
  const told = await watched.run();
  expect(subjects(told)).toEqual(['[WARNING] internal-api production: schema cannot be verified']);
  expect(told.notices[0]?.message).toContain(`driftwatch capture --to ${folder}`);
});

test('what is captured says what it is in one line, and is judged', async () => {
  const { code, stdout, stderr } = await captureWith({ DATABASE_URL: production });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^\d+ objects of postgres:\/\/127\.0\.0\.1:\d+\/\w+ captured to s3:\/\/driftwatch\/captures\/internal-api\/[\dTZ-]+-[0-9a-f]{8}\.json\n$/,
  );
  expect(stdout).not.toContain(new URL(production).password);
  expect(subjects(await watched.run())).toEqual(['[RESOLVED] internal-api production: schema is verified again']);
  const { status, summary } = await watched.look('internal-api', 'schema');
  expect(summary).toMatch(/objects equal to internal-api@1\.4\.0, as captured \d+ s ago \(/);
  expect(status).toBe('pass');
});

test('a capture that is older than allowed is told, and a fresh one ends that', async () => {
  backdate(3);
  const told = await watched.run();
  expect(subjects(told)).toEqual(['[WARNING] internal-api production: schema is failing']);
  expect(told.notices[0]?.message).toMatch(/The newest capture of the schema is 3 h old .* at most 2 h are allowed/);
  expect((await captureWith({ DATABASE_URL: production.replace('postgres://', 'postgresql+psycopg2://') })).code).toBe(
    0,
  );
  expect(subjects(await watched.run())).toEqual(['[RESOLVED] internal-api production: schema is all right again']);
});

test('drift shows with the next capture, which libpq’s variables lead to', async () => {
  await withClient(production, (client) => client.query('alter table users drop column email'));
  expect(subjects(await watched.run())).toEqual([]);
  const { hostname, port, username, password, pathname } = new URL(production);
  const variables = {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: password,
    PGDATABASE: pathname.slice(1),
  };
  expect(await captureWith(variables)).toMatchObject({ code: 0, stderr: '' });
  const told = await watched.run();
  expect(subjects(told)).toEqual(['[CRITICAL] internal-api production: schema is failing']);
  expect(told.notices[0]?.message).toContain('ALTER TABLE public.users ADD COLUMN email');
});

test('a capture of another Driftwatch is not judged', async () => {
  const newest = captures().at(-1) ?? '';
  const text = Buffer.from(world.s3.read(bucket, newest) ?? []).toString();
  world.s3.put(bucket, newest, text.replace(/"formatVersion":\d+/, '"formatVersion":99'));
  expect(await watched.look('internal-api', 'schema')).toMatchObject({
    status: 'unknown',
    reason: expect.stringMatching(/^The newest capture cannot be judged\. .*format version 99/),
    remedy: expect.stringContaining('driftwatch capture'),
  });
});

test('what cannot be captured is said, without the password, and ends with 2', async () => {
  const before = captures();
  const [nobody, nowhere] = await Promise.all([
    captureWith({ DATABASE_URL: production.replace(/:[^:@]+@/, ':not-the-password@') }),
    driftwatchSucceeds(['capture', '--help']).then(() => captureWith({})),
  ]);
  expect(nobody).toMatchObject({ code: 2, stdout: '' });
  expect(nobody.stderr).not.toContain('not-the-password');
  expect(nowhere).toMatchObject({ code: 64, stderr: expect.stringContaining('DATABASE_URL') });
  expect(captures()).toEqual(before);
});
