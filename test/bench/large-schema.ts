// SQL of a schema as large as a real one: the counts are those of MusicBrainz (500 tables, 3,000 columns, 1,100
// indexes, 450 triggers). The same seed gives the same SQL.
import { withClient } from '../postgres/databases.ts';
import { seededRandom } from '../support/seeded-random.ts';

export interface SchemaSize {
  tables: number;
  columns: number;
  indexes: number;
  triggers: number;
}

export const musicBrainzSize: SchemaSize = { tables: 500, columns: 3_000, indexes: 1_100, triggers: 450 };

/** 100,000 objects. */
export const hugeSize: SchemaSize = { tables: 7_500, columns: 45_000, indexes: 16_500, triggers: 6_750 };

/** Statements that are sent at once: each of them locks something until all are done. */
const together = 1_000;

export async function makeLargeSchema(url: string, size: SchemaSize): Promise<void> {
  const statements = statementsOf(size, 1);
  await withClient(url, async (client) => {
    await client.query('SET synchronous_commit = off');
    for (let at = 0; at < statements.length; at += together) {
      await client.query(statements.slice(at, at + together).join('\n'));
    }
  });
}

const types = [
  'integer',
  'bigint',
  'text',
  'character varying(255)',
  'boolean DEFAULT false',
  'timestamp with time zone DEFAULT now()',
  'uuid',
  'numeric(12,2)',
  "jsonb DEFAULT '{}'",
  'smallint DEFAULT 0 NOT NULL',
  'mood',
  'text[]',
];

export function largeSchema(size: SchemaSize, seed: number): string {
  return statementsOf(size, seed).join('\n');
}

function statementsOf(size: SchemaSize, seed: number): string[] {
  const random = seededRandom(seed);
  const lines = [
    "CREATE TYPE mood AS ENUM ('low', 'middle', 'high');",
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed_at = now(); RETURN NEW; END';",
  ];
  for (let n = 0; n < size.tables / 10; n += 1) {
    lines.push(
      `CREATE FUNCTION add_${n}(a integer, b integer DEFAULT ${n}) RETURNS integer LANGUAGE sql AS 'SELECT a + b';`,
    );
  }
  const columnsOf: string[][] = Array.from({ length: size.tables }, () => []);
  for (let left = size.columns - 3 * size.tables; left > 0; left -= 1) {
    const columns = random.pick(columnsOf);
    columns.push(`column_${columns.length} ${random.pick(types)}`);
  }
  columnsOf.forEach((columns, table) => {
    const check = table % 3 === 0 ? [`CONSTRAINT positive_${table} CHECK (parent_id > 0)`] : [];
    const all = ['id serial PRIMARY KEY', 'parent_id integer NOT NULL', 'changed_at timestamptz', ...columns, ...check];
    lines.push(`CREATE TABLE table_${table} (\n  ${all.join(',\n  ')}\n);`);
    if (table > 0) {
      const target = random.below(table);
      lines.push(
        `ALTER TABLE table_${table} ADD FOREIGN KEY (parent_id) REFERENCES table_${target} (id) ON DELETE CASCADE;`,
      );
    }
  });
  for (let n = 0; n < size.indexes - size.tables; n += 1) {
    const table = n % size.tables;
    const where = n % 7 === 0 ? ' WHERE parent_id IS NOT NULL' : '';
    const keys = random.pick(['parent_id', 'changed_at, parent_id DESC', '(parent_id % 10)']);
    lines.push(`CREATE INDEX index_${n} ON table_${table} (${keys})${where};`);
  }
  for (let n = 0; n < size.triggers; n += 1) {
    lines.push(
      `CREATE TRIGGER trigger_${n} BEFORE UPDATE ON table_${n % size.tables} FOR EACH ROW EXECUTE FUNCTION touch();`,
    );
  }
  for (let n = 0; n < size.tables / 20; n += 1) {
    lines.push(
      `CREATE VIEW view_${n} AS SELECT a.id, a.parent_id, b.changed_at FROM table_${n} a JOIN table_${n + 1} b ON b.id = a.parent_id;`,
    );
  }
  return lines;
}
