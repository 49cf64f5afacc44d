import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { hashPassword, verifyPassword } from '../../local/application/passwords.ts';
import { addUser } from '../../local/application/users.ts';
import { startApplication } from '../../local/application.ts';
import { type Deployment, deployApplication } from '../../local/deployment.ts';
import { useDatabase } from '../support/postgres.ts';

const database = useDatabase();
let deployment: Deployment;

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(deployment.url + path, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
async function get(path: string, token?: string): Promise<{ status: number; text: string }> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(deployment.url + path, { headers });
  return { status: response.status, text: await response.text() };
}
const login = (password = 'correct horse') => post('/auth/login', { username: 'admin', password });

beforeAll(async () => {
  expect(await migrate(database.url, '1.4.0')).toEqual(['001-tenants-and-users', '002-policies', '003-enforcement']);
  expect(await migrate(database.url, '1.4.0')).toEqual([]);
  await addUser(database.url, { username: 'admin', password: 'correct horse', role: 'admin' });
});

describe('version 1.4.0 on its own schema', () => {
  beforeEach(async () => {
    deployment = await deployApplication({ version: '1.4.0', databaseUrl: database.url });
  });
  afterEach(() => deployment.takeDown());

  test('is healthy and says its version', async () => {
    const { status, text } = await get('/health');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: 'healthy', version: '1.4.0', checks: { database: 'up' } });
  });

  test('signs in, and knows who signed in', async () => {
    const { status, body } = await login();
    expect(status).toBe(200);
    const me = await get('/users/me', String(body.access_token));
    expect(JSON.parse(me.text)).toMatchObject({ username: 'admin', role: 'admin' });
    expect((await get('/users/me', 'made up')).status).toBe(401);
    expect((await get('/users/me')).status).toBe(401);
  });

  test.each([
    { what: 'a wrong password', body: { username: 'admin', password: 'wrong' }, status: 401 },
    { what: 'an unknown user', body: { username: `'; drop table users; --`, password: 'x' }, status: 401 },
    { what: 'no password', body: { username: 'admin' }, status: 422 },
    { what: 'no object', body: 'admin', status: 422 },
  ])('refuses $what', async ({ body, status }) => {
    expect((await post('/auth/login', body)).status).toBe(status);
  });

  test('has no success rate before the first login, and the true one after', async () => {
    expect((await get('/metrics')).text).not.toContain('login_success_rate');
    await login();
    await login('wrong');
    const { text } = await get('/metrics');
    expect(text).toContain('login_attempts_total{outcome="success"} 1\n');
    expect(text).toContain('login_success_rate 0.5\n');
  });

  test('is where it was after another release, and nowhere when taken down', async () => {
    await deployment.release('1.5.0');
    expect(JSON.parse((await get('/health')).text)).toMatchObject({ version: '1.5.0' });
    await deployment.takeDown();
    await expect(get('/health')).rejects.toThrow();
    await deployment.release('1.4.0');
    expect((await get('/health')).status).toBe(200);
  });
});

test('1.5.0 before its migration is healthy and cannot sign in, for the reason that PostgreSQL gives', async () => {
  deployment = await deployApplication({ version: '1.5.0', databaseUrl: database.url });
  expect((await get('/health')).status).toBe(200);
  expect(await login()).toEqual({ status: 500, body: { detail: 'Internal Server Error' } });
  expect(deployment.logs).toContain('ERROR POST /auth/login: column users.api_key_sandbox does not exist');
  expect((await get('/metrics')).text).toContain('login_success_rate 0\n');

  expect(await migrate(database.url, '1.5.0')).toEqual(['004-api-keys']);
  expect((await login()).status).toBe(200);
  await deployment.takeDown();
});

test('a database that is gone is unhealthy, not a crash', async () => {
  const app = await startApplication({ version: '1.4.0', databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
  const response = await fetch(`${app.url}/health`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ status: 'unhealthy', checks: { database: 'down' } });
  await app.close();
});

test('a migration that fails leaves nothing of itself', async () => {
  // An empty schema of its own, in which the second migration trips over a type that is already there.
  await database.query('create schema elsewhere; create type elsewhere.policy_status as enum ()');
  const url = `${database.url}?options=${encodeURIComponent('-c search_path=elsewhere')}`;
  await expect(migrate(url, '1.5.0')).rejects.toThrow('already exists');
  expect(await database.query('select name from elsewhere.schema_migrations')).toEqual([
    { name: '001-tenants-and-users' },
  ]);
  expect(await database.query(`select to_regclass('elsewhere.policies') as found`)).toEqual([{ found: null }]);
});

test('passwords are verified against what was stored of them', async () => {
  const hash = await hashPassword('päss');
  expect(await verifyPassword('päss', hash)).toBe(true);
  expect(await verifyPassword('pass', hash)).toBe(false);
  expect(await verifyPassword('päss', 'plain$päss')).toBe(false);
  expect(await hashPassword('päss')).not.toBe(hash);
});
