// What a server has: every column of every catalog. Nothing here knows what was decided about them.
import { withClient } from '../databases.ts';
import { decisionAbout, withoutDefinitions } from './catalogs.ts';

export interface ServerColumn {
  catalog: string;
  column: string;
}

export function readServerColumns(url: string): Promise<ServerColumn[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<ServerColumn>(`
      SELECT c.relname AS catalog, a.attname AS "column"
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r'
      ORDER BY 1, 2`);
    return rows;
  });
}

/** Columns that nobody has decided about: `pg_class.relcolour`. */
export function undecided(columns: readonly ServerColumn[]): string[] {
  return columns
    .filter(({ catalog, column }) => !(catalog in withoutDefinitions) && !decisionAbout(catalog, column))
    .map(({ catalog, column }) => `${catalog}.${column}`);
}
