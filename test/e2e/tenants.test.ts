// A service with a schema for each tenant, as django-tenants lays them out: all of them are held to the one that the model
// has, read from the database and from a capture. Each part goes on from where the one before it ended.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import { driftwatchSucceeds } from './command.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

const tenants = [{ schemas: 'tenant_*', as: 'tenant', except: ['tenant_template'] }];
const count = 40;
const tenant = (place: number) => `tenant_${String(place).padStart(4, '0')}`;
const everywhere = Array.from({ length: count }, (_, index) => tenant(index + 1));

const tablesOf = (schema: string) => `
  create schema ${schema};
  create table ${schema}.customers (id int primary key, email text not null);
  create table ${schema}.bookings (id int primary key, customer int references ${schema}.customers, at timestamptz);
  create index on ${schema}.bookings (at);`;
const shared = 'create table public.plans (id int primary key, name text);';

let world: World;
let watched: Watched;
let production: string;

beforeAll(async () => {
  world = await startWorld();
  watched = await watch(world, {
    name: 'render',
    targets: {
      booking: {
        environment: 'production',
        database: { secret: 'booking/database', tls: { mode: 'disable' } },
        checks: { schema: { model: 'booking', tenants, scope: ['grants'] } },
      },
      'booking-captured': {
        environment: 'production',
        checks: { schema: { model: 'booking', tenants, scope: [], capture: {} } },
      },
    },
  });
  const model = await world.postgres.createDatabase('model');
  await withClient(model, (client) => client.query(`${shared} ${tablesOf('tenant')}`));
  await publishModel(world, 'booking', '1.0.0', model);
  production = await world.postgres.createDatabase('production');
  world.secrets.put('booking/database', production);
  await withClient(production, (client) =>
    client.query(`${shared} ${everywhere.map(tablesOf).join('')} create schema tenant_template`),
  );
  await capture();
});
afterAll(async () => {
  await watched.monitor.stop();
  await world.stop();
});

const query = (sql: string) => withClient(production, (client) => client.query(sql));
const capture = () =>
  driftwatchSucceeds(['capture', '--to', `s3://${bucket}/captures/booking-captured/`, '--from', production], {
    environment: world.environment,
  });

test('what is in no tenant is held to the model as ever', async () => {
  const { status, findings } = await watched.look('booking', 'schema');
  expect(findings.map(({ subject }) => subject)).toEqual(['tenant_template']);
  expect(status).toBe('fail');
  await query('drop schema tenant_template');
  await capture();
});

test('tenants that are all alike pass', async () => {
  const { summary } = await watched.look('booking', 'schema');
  expect(summary).toMatch(/^\d+ objects equal to booking@1\.0\.0, in 40 tenants and outside them; grants not held/);
  expect(await watched.look('booking-captured', 'schema')).toMatchObject({
    status: 'pass',
    summary: expect.stringMatching(
      /^\d+ objects equal to booking@1\.0\.0, in 40 tenants and outside them, as captured/,
    ),
  });
  expect(subjects(await watched.run('schema'))).toEqual([]);
});

test('those that differ are told in groups that differ in the same way, by name', async () => {
  for (const place of [3, 7, 9]) await query(`alter table ${tenant(place)}.customers drop column email`);
  await query(`alter table ${tenant(9)}.bookings alter column at type text`);
  await query(`alter table ${tenant(11)}.bookings alter column at type date`);
  await capture();
  const told = await watched.run('schema');
  expect(subjects(told)).toEqual([
    '[CRITICAL] booking production: schema is failing',
    '[CRITICAL] booking-captured production: schema is failing',
  ]);
  for (const { message } of told.notices) {
    expect(message).toContain('3 differences from booking@1.0.0');
    expect(message).toContain(
      'in 3 of 40 tenants (tenant_0003, tenant_0007 and 1 more): tenant.customers.email is missing',
    );
    // The same column, in two ways.
    expect(message).toMatch(/in 1 of 40 tenants \(tenant_0009\): type of tenant\.bookings\.at is text/);
    expect(message).toMatch(/in 1 of 40 tenants \(tenant_0011\): type of tenant\.bookings\.at is date/);
  }
  const { findings } = await watched.look('booking', 'schema');
  expect(findings.find(({ subject }) => subject.startsWith('tenant.customers.email'))).toMatchObject({
    details: { tenants: [tenant(3), tenant(7), tenant(9)] },
  });
});

test('tenants that join a difference that was told are news', async () => {
  await query(`alter table ${tenant(12)}.customers drop column email`);
  await capture();
  const told = await watched.run('schema');
  expect(subjects(told)).toEqual([
    '[CRITICAL] booking production: schema is failing (1 in more places)',
    '[CRITICAL] booking-captured production: schema is failing (1 in more places)',
  ]);
  expect(told.notices[0]?.message).toMatch(/\(IN MORE PLACES\) in 4 of 40 tenants/);
});

test('it is over when all are alike again', async () => {
  for (const place of [3, 7, 9, 12]) {
    await query(`alter table ${tenant(place)}.customers add column email text not null`);
  }
  for (const place of [9, 11]) {
    await query(`alter table ${tenant(place)}.bookings alter column at type timestamptz using null`);
  }
  await capture();
  expect(subjects(await watched.run('schema'))).toEqual([
    '[RESOLVED] booking production: schema is all right again',
    '[RESOLVED] booking-captured production: schema is all right again',
  ]);
});
