// Changes of tables and their columns.
import type { ChangeClass } from './change.ts';
import { draftColumn } from './make-tables.ts';
import { builtInTypes } from './types.ts';
import type { MadeColumn, MadeTable, World } from './world.ts';

const word = ({ form }: MadeTable): string => (form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE');
const alter = (table: MadeTable): string => `ALTER ${word(table)} ${table.id}`;
const isRoot = ({ form, above }: MadeTable): boolean => form !== 'partition' && above === undefined;
const hasRows = ({ form }: MadeTable): boolean => !['partitioned', 'foreign'].includes(form);
const own = (table: MadeTable): readonly MadeColumn[] => (isRoot(table) || table.form === 'typed' ? table.columns : []);

/** Enough for the table to have a TOAST table. */
const isLong = ({ type, generated }: MadeColumn): boolean =>
  generated !== 'virtual' && /^(text|jsonb?|bytea|character varying|tsvector)$/.test(type.sql);

type TableChange = ChangeClass<MadeTable>;

/** A change of one random column. */
function ofColumn(
  name: string,
  sql: (column: MadeColumn, table: MadeTable, world: World) => string | undefined,
  { since, any }: { since?: number; any?: boolean } = {},
): TableChange {
  return {
    name,
    ...(since !== undefined && { since }),
    make(table, world) {
      const columns = any ? table.columns : own(table);
      const usable = columns.filter((column) => sql(column, table, world) !== undefined);
      if (usable.length === 0) return undefined;
      const column = world.random.pick(usable);
      const action = sql(column, table, world);
      return action === undefined ? undefined : { sql: `${alter(table)} ${action}`, also: [`column ${column.id}`] };
    },
  };
}

const plainValue = ({ identity, generated, type }: MadeColumn): boolean =>
  !identity && !generated && type.value !== undefined;

export const tableChanges: readonly TableChange[] = [
  { name: 'ALTER TABLE RENAME TO', make: (table, { name }) => `${alter(table)} RENAME TO ${name('renamed')}` },
  {
    name: 'ALTER TABLE SET SCHEMA',
    make: (table, world) => {
      const others = world.of('schema').filter(({ id }) => id !== table.schema);
      return others.length === 0 ? undefined : `${alter(table)} SET SCHEMA ${world.random.pick(others).id}`;
    },
  },
  { name: 'DROP TABLE', make: (table) => `DROP ${word(table)} ${table.id} CASCADE` },
  {
    name: 'ALTER TABLE SET (fillfactor)',
    make: (table, { random }) =>
      hasRows(table) ? `${alter(table)} SET (fillfactor = ${random.between(10, 39)})` : undefined,
  },
  {
    name: 'ALTER TABLE SET (toast...)',
    make: (table, { random }) =>
      hasRows(table) && table.columns.some(isLong)
        ? `${alter(table)} SET (toast.autovacuum_vacuum_threshold = ${random.fresh()})`
        : undefined,
  },
  {
    name: 'ALTER TABLE SET UNLOGGED',
    make: (table) => (table.form === 'plain' ? `${alter(table)} SET UNLOGGED` : undefined),
  },
  {
    name: 'ALTER TABLE SET LOGGED',
    make: (table) => (table.form === 'unlogged' ? `${alter(table)} SET LOGGED` : undefined),
  },
  {
    name: 'ALTER TABLE ROW LEVEL SECURITY',
    make: (table) => {
      if (table.form === 'foreign') return undefined;
      const enabled = table.sql.some((sql) => sql.includes('ENABLE ROW LEVEL'));
      return `${alter(table)} ${enabled ? 'DISABLE' : 'ENABLE'} ROW LEVEL SECURITY`;
    },
  },
  {
    name: 'ALTER TABLE FORCE ROW LEVEL SECURITY',
    make: (table) =>
      table.form === 'foreign' || table.sql.some((sql) => sql.includes('FORCE ROW'))
        ? undefined
        : `${alter(table)} FORCE ROW LEVEL SECURITY`,
  },
  {
    name: 'ALTER TABLE REPLICA IDENTITY',
    make: (table) =>
      hasRows(table)
        ? `${alter(table)} REPLICA IDENTITY ${table.sql.some((sql) => sql.includes('IDENTITY FULL')) ? 'NOTHING' : 'FULL'}`
        : undefined,
  },
  {
    name: 'ALTER TABLE INHERIT',
    make: (table, world) => {
      if (table.form !== 'plain' || !table.sql[0]?.includes('(LIKE ')) return undefined;
      const parents = table.needs.filter((other) => other.kind === 'table');
      return parents.length === 0 ? undefined : `${alter(table)} INHERIT ${world.random.pick(parents).id}`;
    },
  },
  {
    name: 'ALTER TABLE NO INHERIT',
    make: (table, { random }) =>
      table.form === 'child' && table.above ? `${alter(table)} NO INHERIT ${random.pick(table.above).id}` : undefined,
  },
  {
    name: 'ALTER TABLE NOT OF',
    make: (table) => (table.form === 'typed' ? `${alter(table)} NOT OF` : undefined),
  },
  {
    name: 'ALTER TABLE DETACH PARTITION',
    make: (table) =>
      table.bound !== undefined && table.above?.[0]
        ? `ALTER TABLE ${table.above[0].id} DETACH PARTITION ${table.id}`
        : undefined,
  },
  {
    name: 'CREATE TABLE PARTITION OF',
    make: (table, { name, random }) => {
      if (table.form !== 'partitioned' || table.strategy === 'hash') return undefined;
      const from = random.fresh() * 100;
      const made = `${table.schema}.${name('added')}`;
      const bound = table.strategy === 'list' ? `IN (${from})` : `FROM (${from}) TO (${from + 10})`;
      return { sql: `CREATE TABLE ${made} PARTITION OF ${table.id} FOR VALUES ${bound}`, also: [`table ${made}`] };
    },
  },
  {
    name: 'ALTER TABLE ADD COLUMN',
    make: (table, world) => {
      if (!isRoot(table)) return undefined;
      const { column, clause } = draftColumn(world, table.id, {
        ...(['partitioned', 'foreign'].includes(table.form) && { simple: true }),
        others: table.columns,
      });
      return { sql: `${alter(table)} ADD COLUMN ${clause}`, also: [`column ${column.id}`] };
    },
  },
  ofColumn('ALTER TABLE DROP COLUMN', ({ name }) => `DROP COLUMN ${name} CASCADE`),
  {
    name: 'ALTER TABLE RENAME COLUMN',
    make: (table, { random, name }) => {
      const columns = own(table);
      if (columns.length === 0 || table.form === 'typed') return undefined;
      const column = random.pick(columns);
      const renamed = name('renamed');
      return {
        sql: `${alter(table)} RENAME COLUMN ${column.name} TO ${renamed}`,
        also: [`column ${column.id}`, `column ${table.id}.${renamed}`],
      };
    },
  },
  ofColumn('ALTER COLUMN TYPE', ({ name, type, generated }, { form, partitionColumns }, { random }) => {
    if (generated || form === 'typed' || partitionColumns?.some((column) => column.name === name)) return undefined;
    const wider: Readonly<Record<string, string>> = {
      smallint: 'integer',
      integer: 'bigint',
      'numeric(12,2)': 'numeric(14,3)',
      'character varying(4000)': 'text',
      text: 'character varying(9)',
      'bit(4)': 'bit(5)',
      real: 'double precision',
      date: 'timestamp with time zone',
      'time without time zone': 'text',
      uuid: 'text',
      boolean: 'integer',
    };
    const to = wider[type.sql];
    if (to === undefined) return undefined;
    const using = ['uuid', 'boolean', 'time without time zone'].includes(type.sql) ? ` USING ${name}::${to}` : '';
    return random.chance(100) ? `ALTER COLUMN ${name} TYPE ${to}${using}` : undefined;
  }),
  ofColumn('ALTER COLUMN TYPE COLLATE', ({ name, type, generated }, { form, partitionColumns }) =>
    type.collatable && !generated && form !== 'typed' && !partitionColumns?.some((column) => column.name === name)
      ? `ALTER COLUMN ${name} TYPE ${type.sql} COLLATE "POSIX"`
      : undefined,
  ),
  ofColumn(
    'ALTER COLUMN SET DEFAULT',
    (column, _table, { random }) =>
      plainValue(column) && /^(small|big)?int|^numeric|^real|^double|^text$|^character|^jsonb/.test(column.type.sql)
        ? `ALTER COLUMN ${column.name} SET DEFAULT ${column.type.sql === 'jsonb' ? `'[${random.fresh()}]'` : `'${random.fresh()}'`}`
        : undefined,
    { any: true },
  ),
  ofColumn('ALTER COLUMN DROP DEFAULT', ({ name, default: value }) =>
    value === undefined ? undefined : `ALTER COLUMN ${name} DROP DEFAULT`,
  ),
  ofColumn('ALTER COLUMN SET NOT NULL', ({ name, nullable, generated }) =>
    nullable && generated !== 'virtual' ? `ALTER COLUMN ${name} SET NOT NULL` : undefined,
  ),
  ofColumn('ALTER COLUMN DROP NOT NULL', ({ name, nullable, identity }) =>
    nullable || identity ? undefined : `ALTER COLUMN ${name} DROP NOT NULL`,
  ),
  {
    name: 'ALTER TABLE ADD NOT NULL NOT VALID',
    since: 18,
    make: (table, { random, name }) => {
      const column = random.pick(own(table).filter(({ nullable, generated }) => nullable && !generated));
      if (!column || table.form === 'foreign') return undefined;
      return {
        sql: `${alter(table)} ADD CONSTRAINT ${name('nn')} NOT NULL ${column.name} NOT VALID`,
        also: [`column ${column.id}`],
      };
    },
  },
  ofColumn('ALTER COLUMN ADD IDENTITY', ({ name, type, identity, nullable, default: value, generated }, table) =>
    ['integer', 'bigint', 'smallint'].includes(type.sql) &&
    !identity &&
    !nullable &&
    !generated &&
    value === undefined &&
    ['plain', 'unlogged'].includes(table.form)
      ? `ALTER COLUMN ${name} ADD GENERATED ALWAYS AS IDENTITY (START WITH 77 CACHE 3)`
      : undefined,
  ),
  ofColumn('ALTER COLUMN DROP IDENTITY', ({ name, identity }) =>
    identity ? `ALTER COLUMN ${name} DROP IDENTITY` : undefined,
  ),
  ofColumn('ALTER COLUMN SET identity options', ({ name, identity }, _table, { random }) =>
    identity
      ? `ALTER COLUMN ${name} SET START WITH ${random.fresh()} SET CACHE ${random.fresh()} SET CYCLE`
      : undefined,
  ),
  ofColumn('ALTER COLUMN DROP EXPRESSION', ({ name, generated }) =>
    generated === 'stored' ? `ALTER COLUMN ${name} DROP EXPRESSION` : undefined,
  ),
  ofColumn(
    'ALTER COLUMN SET EXPRESSION',
    ({ name, generated, type }) =>
      generated ? `ALTER COLUMN ${name} SET EXPRESSION AS (NULL::${type.sql})` : undefined,
    { since: 17 },
  ),
  ofColumn(
    'ALTER COLUMN SET STATISTICS',
    ({ name, generated }, _table, { random }) =>
      generated === 'virtual' ? undefined : `ALTER COLUMN ${name} SET STATISTICS ${random.fresh()}`,
    { any: true },
  ),
  ofColumn(
    'ALTER COLUMN SET (n_distinct)',
    ({ name, generated }, _table, { random }) =>
      generated === 'virtual' ? undefined : `ALTER COLUMN ${name} SET (n_distinct = ${random.fresh()})`,
    { any: true },
  ),
  ofColumn(
    'ALTER COLUMN SET STORAGE',
    ({ name, type, generated }) =>
      type.variable && generated !== 'virtual' && type.sql !== 'numeric' && !type.sql.startsWith('numeric(')
        ? `ALTER COLUMN ${name} SET STORAGE PLAIN`
        : undefined,
    { any: true },
  ),
  ofColumn(
    'ALTER COLUMN SET COMPRESSION',
    ({ name, type, generated }, table) =>
      type.variable &&
      generated !== 'virtual' &&
      table.form !== 'foreign' &&
      !table.sql.some((sql) => sql.includes(`${name} SET COMPRESSION`))
        ? `ALTER COLUMN ${name} SET COMPRESSION pglz`
        : undefined,
    { since: 14 },
  ),
  {
    name: 'ALTER FOREIGN TABLE OPTIONS',
    make: (table, { random }) =>
      table.form === 'foreign' ? `${alter(table)} OPTIONS (ADD schema_name 's${random.fresh()}')` : undefined,
  },
  {
    name: 'CREATE TABLE',
    make: (table, world) => {
      const id = `${table.schema}.${world.name('new')}`;
      const columns = [1, 2].map(() => draftColumn(world, id, { type: world.random.pick(builtInTypes) }).clause);
      return { sql: `CREATE TABLE ${id} (${columns.join(', ')})`, also: [`table ${id}`] };
    },
  },
];
