// A model that holds no tables is hardly ever meant: a command that connected elsewhere, or migrated nothing. Pure.
import type { Snapshot } from '../../../lambda/postgres/snapshot.ts';

/** What migration tools create before they migrate. */
const ledgers: ReadonlySet<string> = new Set([
  'alembic_version',
  'ar_internal_metadata',
  'databasechangelog',
  'databasechangeloglock',
  'django_migrations',
  'flyway_schema_history',
  'goose_db_version',
  'knex_migrations',
  'knex_migrations_lock',
  'migrations',
  'pgmigrations',
  '_prisma_migrations',
  'schema_migrations',
  '__drizzle_migrations',
]);

/** What to say of it; `undefined` when there are tables. */
export function emptinessOf({ facts, source }: Snapshot): string | undefined {
  const tables = facts.filter(({ kind }) => kind === 'table').map(({ id }) => id);
  if (tables.some((id) => !ledgers.has(id.slice(id.lastIndexOf('.') + 1)))) return undefined;
  const what = tables.length === 0 ? 'no table' : `no table but ${tables.join(', ')}`;
  switch (source) {
    case 'command':
      return `the command succeeded and left ${what} in the database. Did it connect elsewhere? It has to use DATABASE_URL or the PG* variables.`;
    case 'sql-files':
      return `the files left ${what} in the database.`;
    case 'database':
      return `the database holds ${what}.`;
  }
}
