// What no model speaks of is held to what somebody accepted: owners and grants of production, as they are there and
// nowhere else. Each part goes on from where the one before it ended.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import type { Ended } from './command.ts';
import { type Desk, openDesk } from './desk.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let desk: Desk;
let production: string;

const settings = {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: 'pap-api/database', tls: { mode: 'disable' as const } },
      checks: { schema: { model: 'pap-api', scope: ['owners' as const, 'grants' as const] } },
    },
  },
};

beforeAll(async () => {
  world = await startWorld();
  production = await world.postgres.createDatabase('production');
  world.secrets.put('pap-api/database', production);
  watched = await watch(world, settings);
  await migrate(production, '1.4.0');
  await publishModel(world, 'pap-api', '1.4.0', production);
  await query(
    'create role app; create role reporting; alter table users owner to app; grant select on users to reporting',
  );
  desk = await openDesk(world, settings);
});
afterAll(async () => {
  await watched.monitor.stop();
  await world.stop();
  await desk.leave();
});

const query = (sql: string) => withClient(production, (client) => client.query(sql));

const acceptWith = (...args: string[]): Promise<Ended> =>
  desk.run('accept', '--target', 'pap-api', '--by', 'ada', ...args);
const summary = async () => (await watched.look('pap-api', 'schema')).summary;

test('with nothing accepted, the structure is compared, and nothing more is claimed', async () => {
  expect(await watched.look('pap-api', 'schema')).toMatchObject({ status: 'pass' });
  expect(await summary()).toMatch(
    /^\d+ objects equal to pap-api@1\.4\.0; owners and grants not held: nothing was accepted$/,
  );
});

test('what would be accepted is shown first', async () => {
  const shown = await acceptWith('--dry-run');
  expect(shown).toMatchObject({ code: 1 });
  expect(shown.stdout).toMatch(/^owners: nothing was accepted yet; production has \d+ objects\ngrants: /);
  expect(shown.stdout).toMatch(/Nothing was written: --dry-run\.\n$/);
  expect(world.s3.keys(bucket, 'accepted/')).toEqual([]);
});

test('what is accepted is held', async () => {
  const accepted = await acceptWith('--reason', 'as terraform set it up');
  expect(accepted).toMatchObject({ code: 0 });
  expect(accepted.stdout).toContain(`Accepted for pap-api by ada: s3://${bucket}/accepted/pap-api.json`);
  expect(Buffer.from(world.s3.read(bucket, 'accepted/pap-api.json') ?? []).toString()).not.toContain(
    new URL(production).password,
  );
  expect(await summary()).toMatch(/objects equal to pap-api@1\.4\.0; owners and grants as accepted$/);
});

test('what has not changed is not read again by the schedule, and is when somebody asks', async () => {
  const readAt = (): string => {
    const state = Buffer.from(world.s3.read(bucket, 'state/pap-api.json') ?? []).toString();
    return /"readAt":"([^"]+)"/.exec(state)?.[1] ?? 'never';
  };
  await watched.run('schema');
  const first = readAt();
  expect(first).not.toBe('never');
  await watched.run('schema');
  expect(readAt()).toBe(first);
  await watched.ask({ target: 'pap-api', checks: ['schema'], notify: true });
  expect(readAt() > first).toBe(true);
});

test('a grant revoked in production is told, with what was accepted and both ways out', async () => {
  await query('revoke select on users from reporting');
  const told = await watched.run('schema');
  expect(subjects(told)).toHaveLength(1);
  const message = told.notices[0]?.message ?? '';
  expect(message).toContain('1 difference from the accepted state');
  expect(message).toMatch(/The accepted state is that of \d{4}-\d\d-\d\d, by ada: as terraform set it up/);
  expect(message).toContain('GRANT SELECT ON TABLE public.users TO "reporting";');
  expect(message).toContain('driftwatch accept --target pap-api --scope grants --reason');
  expect(message).toMatch(/\(difference [0-9a-f]{10}\)/);
});

test('an object that is newer than the accepted state is no drift of it', async () => {
  await query('grant select on users to reporting; create table extra (id int); grant select on extra to public');
  const { summary: said, status } = await watched.look('pap-api', 'schema');
  expect(said).toMatch(/^1 difference from pap-api@1\.4\.0/);
  expect(status).toBe('fail');
  await query('drop table extra');
  expect(subjects(await watched.run('schema'))).toEqual(['[RESOLVED] pap-api production: schema is all right again']);
});

test('what changed for good is accepted, one scope at a time', async () => {
  await query('alter table users owner to reporting');
  expect(await watched.look('pap-api', 'schema')).toMatchObject({ status: 'fail' });
  const shown = await acceptWith('--scope', 'grants', '--reason', 'no owners', '--dry-run');
  expect(shown.stdout).not.toContain('owners:');
  const accepted = await acceptWith('--scope', 'owners', '--reason', 'OPS-412');
  expect(accepted.stdout).toMatch(
    /^owners: [1-9]\d* differences? from what was accepted on .* by ada: as terraform set it up\n/,
  );
  const { findings } = await watched.look('pap-api', 'schema');
  expect(findings.filter(({ message }) => message.includes('owner of'))).toEqual([]);
});

test('wrong usage is told', async () => {
  expect(await acceptWith('--scope', 'grant', '--reason', 'x')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('There is no scope "grant"'),
  });
  expect(await acceptWith('--reason', ' ')).toMatchObject({ code: 64 });
  expect(await acceptWith()).toMatchObject({ code: 64, stderr: expect.stringContaining('--reason') });
});
