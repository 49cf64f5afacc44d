// Which schemas are compared: said for two databases, or by the snapshot; a slip in it never looks like "no drift".
import { beforeAll, expect, test } from 'vitest';
import { exitCode } from '../../cli/exit-code.ts';
import { program } from '../../cli/program.ts';
import { UsageError } from '../../cli/terminal.ts';
import { useDatabase } from '../support/postgres.ts';

const database = useDatabase();
beforeAll(() => database.query('create schema app; create table app.users (id int); create schema other'));

async function diff(...args: string[]): Promise<{ code: number; out: string[] }> {
  const out: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: () => {},
    environment: {},
    signal: AbortSignal.timeout(20_000),
  };
  return { code: await program(terminal).run(['diff', ...args]), out };
}

test('between two databases, a glob narrows both sides', async () => {
  const { code, out } = await diff(database.url, database.url, '--schema', 'app', '--format', 'json');
  expect(code).toBe(exitCode.ok);
  expect(JSON.parse(out.join(''))).toMatchObject({ drift: [] });
});

test('a glob that matches no schema is an error, since nothing would be compared', async () => {
  await expect(diff(database.url, database.url, '--schema', 'apq')).rejects.toMatchObject({
    reason: 'missing',
    message: expect.stringMatching(/^No schema of postgres:.* matches apq\.$/),
  });
});

test.each([
  ['as the model', ['model.json', 'postgres://localhost/app']],
  ['as production', ['postgres://localhost/app', 'production.json']],
])('a glob beside a snapshot %s is refused, not ignored', async (_where, sides) => {
  await expect(diff(...sides, '--schema', 'app')).rejects.toThrow(UsageError);
  await expect(diff(...sides, '--exclude-schema', 'app')).rejects.toThrow('A snapshot says itself which schemas');
});

test('schemas that one of the model stands for are held to it', async () => {
  await database.query(`
    create schema shop_1; create table shop_1.users (id int);
    create schema shop_2; create table shop_2.users (id bigint)`);
  const { code, out } = await diff(
    database.url,
    database.url,
    '--schema',
    'app',
    '--tenants',
    'shop_*=app',
    '--format',
    'json',
  );
  expect(code).toBe(exitCode.found);
  expect(JSON.parse(out.join('')).drift).toMatchObject([{ subject: 'app.users.id', tenants: ['shop_2'] }]);
  expect((await diff(database.url, database.url, '--tenants', 'shop_1=app')).code).toBe(exitCode.ok);
  expect((await diff(database.url, database.url, '--tenants', 'none_*=app')).code).toBe(exitCode.unverified);
});
