// A server whose table of locks is small beside its schema: views are read all the same, and what cannot be says why.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { connectClient, readUrl, withClient } from '../postgres/databases.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ settings: { max_locks_per_transaction: '10', max_connections: '20' } });
});
afterAll(() => server.stop());

/** In small transactions, since making them takes locks, too. */
async function make(count: number, ...statements: string[]): Promise<string> {
  const url = await server.createDatabase(`many_${count}`);
  const executed = statements.map((statement) => `EXECUTE replace($s$${statement}$s$, '#', n::text);`).join('\n');
  await withClient(url, async (client) => {
    await client.query(`CREATE PROCEDURE make() LANGUAGE plpgsql AS $$ BEGIN
      FOR n IN 1..${count} LOOP ${executed} IF n % 40 = 0 THEN COMMIT; END IF; END LOOP; END $$`);
    await client.query('CALL make()');
    await client.query('DROP PROCEDURE make()');
  });
  return url;
}

test('more views than the server has locks for are read in slices', async () => {
  const url = await make(3_000, 'CREATE TABLE t# (id integer)', 'CREATE VIEW v# AS SELECT id FROM t#');
  const client = await connectClient(url);
  const atOnce = client.query("SELECT count(pg_get_viewdef(oid)) FROM pg_class WHERE relname ~ '^v[0-9]+$'");
  await expect(atOnce).rejects.toMatchObject({ code: '53200' });
  await client.end();
  const { facts, notVerified } = await readUrl(url);
  expect(notVerified).toEqual([]);
  const views = facts.filter(({ kind }) => kind === 'view');
  expect(new Set(views.map(({ id }) => id)).size).toBe(3_000);
  expect(views[0]?.attributes.definition).toMatch(/^SELECT id\n {3}FROM public\.t/);
});

test('a table of locks that is too small all the same is told with the setting to raise', async () => {
  const url = await make(
    2_999,
    'CREATE TABLE t# (id integer)',
    'CREATE FUNCTION f#() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t#; END',
  );
  await expect(readUrl(url)).rejects.toMatchObject({
    reason: 'unavailable',
    remedy: expect.stringContaining('max_locks_per_transaction'),
  });
});
