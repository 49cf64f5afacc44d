// The sample application's migrations: SQL files applied in order, each once, each in a transaction, with a ledger of
// what was applied. Knows which of them each version of the application was written for.
import { readFile } from 'node:fs/promises';
import pg from 'pg';

const versions = ['1.4.0', '1.5.0'] as const;
export type ApplicationVersion = (typeof versions)[number];

const migrations: readonly { name: string; since: ApplicationVersion }[] = [
  { name: '001-tenants-and-users', since: '1.4.0' },
  { name: '002-policies', since: '1.4.0' },
  { name: '003-enforcement', since: '1.4.0' },
  { name: '004-api-keys', since: '1.5.0' },
];

/** Brings a database to what a version expects; gives the names of the migrations it applied. */
export async function migrate(databaseUrl: string, version: ApplicationVersion): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
    const done = new Set(rows.map((row) => row.name));
    const due = migrations.filter(
      ({ name, since }) => !done.has(name) && versions.indexOf(since) <= versions.indexOf(version),
    );
    for (const { name } of due) await apply(client, name);
    return due.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const sql = await readFile(new URL(`../migrations/${name}.sql`, import.meta.url), 'utf8');
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
