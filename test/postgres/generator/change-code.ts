// Changes of types, sequences, views, routines and schemas.
import type { ChangeClass } from './change.ts';
import { creating } from './change-parts.ts';
import { makeAggregate, makeFunction, makeMaterializedView, makeProcedure, makeView } from './make-code.ts';
import { makeComposite, makeDomain, makeEnum, makeRange, makeSchema, makeSequence } from './make-types.ts';
import type { Made, MadeRelation, MadeRoutine, MadeType } from './world.ts';

/** `ALTER ... RENAME TO`, `SET SCHEMA` and `DROP ... CASCADE`, which every object of a schema knows. */
function common<Item extends Made>(
  word: string,
  subject: (item: Item) => string = ({ id }) => id,
): ChangeClass<Item>[] {
  return [
    { name: `DROP ${word}`, make: (item) => `DROP ${word} ${subject(item)} CASCADE` },
    {
      name: `ALTER ${word} RENAME TO`,
      make: (item, { name }) => `ALTER ${word} ${subject(item)} RENAME TO ${name('renamed')}`,
    },
    {
      name: `ALTER ${word} SET SCHEMA`,
      make: (item, world) => {
        const others = world.of('schema').filter(({ id }) => id !== item.schema);
        return others.length === 0
          ? undefined
          : `ALTER ${word} ${subject(item)} SET SCHEMA ${world.random.pick(others).id}`;
      },
    },
  ];
}

export const schemaChanges: readonly ChangeClass[] = [
  { name: 'DROP SCHEMA', make: ({ id }) => (id === 'public' ? undefined : `DROP SCHEMA ${id} CASCADE`) },
  {
    name: 'ALTER SCHEMA RENAME TO',
    make: ({ id }, { name }) => (id === 'public' ? undefined : `ALTER SCHEMA ${id} RENAME TO ${name('renamed')}`),
  },
  creating('CREATE SCHEMA', makeSchema),
];

export const enumChanges: readonly ChangeClass<MadeType>[] = [
  ...common<MadeType>('TYPE'),
  {
    name: 'ALTER TYPE ADD VALUE',
    make: ({ id, labels = [] }, { random }) =>
      `ALTER TYPE ${id} ADD VALUE 'added ${random.fresh()}' BEFORE '${random.pick(labels)}'`,
  },
  {
    name: 'ALTER TYPE RENAME VALUE',
    make: ({ id, labels = [] }, { random }) =>
      `ALTER TYPE ${id} RENAME VALUE '${random.pick(labels)}' TO 'renamed ${random.fresh()}'`,
  },
  creating('CREATE TYPE AS ENUM', makeEnum),
];

export const domainChanges: readonly ChangeClass<MadeType>[] = [
  ...common<MadeType>('DOMAIN'),
  {
    name: 'ALTER DOMAIN SET NOT NULL',
    make: (item) =>
      /(?<!IS) NOT NULL/.test(item.sql.join())
        ? `ALTER DOMAIN ${item.id} DROP NOT NULL`
        : `ALTER DOMAIN ${item.id} SET NOT NULL`,
  },
  {
    name: 'ALTER DOMAIN ADD CONSTRAINT',
    make: ({ id }, { name, random }) => {
      const made = name('dc');
      return {
        sql: `ALTER DOMAIN ${id} ADD CONSTRAINT ${made} CHECK (VALUE IS NOT NULL OR ${random.fresh()} > 1)`,
        also: [`constraint ${id}.${made}`],
      };
    },
  },
  {
    name: 'ALTER DOMAIN SET DEFAULT',
    make: ({ id, sql }, { random }) =>
      / AS (text|integer|bigint|numeric)\b/.test(sql.join())
        ? `ALTER DOMAIN ${id} SET DEFAULT '${random.fresh()}'`
        : undefined,
  },
  creating('CREATE DOMAIN', makeDomain),
];

export const compositeChanges: readonly ChangeClass<MadeType>[] = [
  ...common<MadeType>('TYPE'),
  {
    name: 'ALTER TYPE ADD ATTRIBUTE',
    make: ({ id }, { name }) => {
      const made = name('f');
      return {
        sql: `ALTER TYPE ${id} ADD ATTRIBUTE ${made} text COLLATE "C" CASCADE`,
        also: [`attribute ${id}.${made}`],
      };
    },
  },
  {
    name: 'ALTER TYPE DROP ATTRIBUTE',
    make: ({ id, attributes = [] }, { random }) => {
      const gone = random.pick(attributes);
      return { sql: `ALTER TYPE ${id} DROP ATTRIBUTE ${gone} CASCADE`, also: [`attribute ${id}.${gone}`] };
    },
  },
  {
    name: 'ALTER TYPE RENAME ATTRIBUTE',
    make: ({ id, attributes = [] }, { random, name }) => {
      const [gone, made] = [random.pick(attributes), name('renamed')];
      return {
        sql: `ALTER TYPE ${id} RENAME ATTRIBUTE ${gone} TO ${made} CASCADE`,
        also: [`attribute ${id}.${gone}`, `attribute ${id}.${made}`],
      };
    },
  },
  {
    name: 'ALTER TYPE ALTER ATTRIBUTE TYPE',
    make: ({ id, attributes = [] }, { random }) => {
      const changed = random.pick(attributes);
      return {
        sql: `ALTER TYPE ${id} ALTER ATTRIBUTE ${changed} TYPE bit(${random.between(40, 99)}) CASCADE`,
        also: [`attribute ${id}.${changed}`],
      };
    },
  },
  creating('CREATE TYPE AS', makeComposite),
];

export const rangeChanges: readonly ChangeClass<MadeType>[] = [
  // The functions that make values of it keep their old name.
  ...common<MadeType>('TYPE').map((change) => ({ ...change, leavesTraces: true as const })),
  creating('CREATE TYPE AS RANGE', makeRange),
];

export const sequenceChanges: readonly ChangeClass[] = [
  ...common('SEQUENCE'),
  {
    name: 'ALTER SEQUENCE options',
    make: ({ id }, { random }) =>
      `ALTER SEQUENCE ${id} CACHE ${random.fresh()} ${random.pick(['INCREMENT BY 13', 'CYCLE', 'NO MAXVALUE', 'NO MINVALUE'])}`,
  },
  {
    name: 'ALTER SEQUENCE OWNED BY',
    make: (item, { random, tables }) => {
      if (item.sql.length > 1) return `ALTER SEQUENCE ${item.id} OWNED BY NONE`;
      const table = random.pick(tables('plain').filter(({ schema }) => schema === item.schema));
      return table && `ALTER SEQUENCE ${item.id} OWNED BY ${random.pick(table.columns).id}`;
    },
  },
  creating('CREATE SEQUENCE', makeSequence),
];

export const viewChanges: readonly ChangeClass<MadeRelation>[] = [
  ...common<MadeRelation>('VIEW'),
  {
    name: 'CREATE OR REPLACE VIEW',
    make: ({ id, query }, { name, random }) => {
      const options = random.chance(50) ? ' WITH (security_barrier = false)' : '';
      return `CREATE OR REPLACE VIEW ${id}${options} AS ${query.replace(' FROM ', `, ${random.fresh()} AS ${name('more')} FROM `)}`;
    },
  },
  {
    name: 'ALTER VIEW RESET or SET',
    make: (item) =>
      item.sql.join().includes('security_barrier')
        ? `ALTER VIEW ${item.id} RESET (security_barrier)`
        : `ALTER VIEW ${item.id} SET (security_barrier)`,
  },
  {
    name: 'ALTER VIEW ALTER COLUMN SET DEFAULT',
    make: ({ id, columns }, { random }) => {
      const column = random.pick(columns.filter(({ type }) => ['integer', 'text', 'bigint'].includes(type.sql)));
      return (
        column && {
          sql: `ALTER VIEW ${id} ALTER ${column.name} SET DEFAULT '${random.fresh()}'`,
          also: [`column ${id}.${column.name}`],
        }
      );
    },
  },
  {
    name: 'ALTER VIEW RENAME COLUMN',
    make: ({ id, columns }, { random, name }) => {
      const [column, made] = [random.pick(columns), name('renamed')];
      return {
        sql: `ALTER VIEW ${id} RENAME COLUMN ${column.name} TO ${made}`,
        also: [`column ${id}.${column.name}`, `column ${id}.${made}`],
      };
    },
  },
  creating('CREATE VIEW', makeView),
];

export const materializedViewChanges: readonly ChangeClass<MadeRelation>[] = [
  ...common<MadeRelation>('MATERIALIZED VIEW'),
  {
    name: 'REFRESH MATERIALIZED VIEW WITH NO DATA',
    make: (item) =>
      item.sql.join().includes('WITH NO DATA') ? undefined : `REFRESH MATERIALIZED VIEW ${item.id} WITH NO DATA`,
  },
  {
    name: 'ALTER MATERIALIZED VIEW SET',
    make: ({ id }, { random }) => `ALTER MATERIALIZED VIEW ${id} SET (autovacuum_vacuum_threshold = ${random.fresh()})`,
  },
  {
    name: 'ALTER MATERIALIZED VIEW RENAME COLUMN',
    make: ({ id, columns }, { random, name }) => {
      const [column, made] = [random.pick(columns), name('renamed')];
      return {
        sql: `ALTER MATERIALIZED VIEW ${id} RENAME COLUMN ${column.name} TO ${made}`,
        also: [`column ${id}.${column.name}`, `column ${id}.${made}`],
      };
    },
  },
  creating('CREATE MATERIALIZED VIEW', makeMaterializedView),
];

const has = (item: Made, text: string): boolean => item.sql.join().includes(text);

export const functionChanges: readonly ChangeClass<MadeRoutine>[] = [
  ...common<MadeRoutine>('FUNCTION'),
  {
    name: 'ALTER FUNCTION volatility',
    make: (item) => `ALTER FUNCTION ${item.id} ${has(item, 'STABLE') ? 'VOLATILE' : 'STABLE'}`,
  },
  {
    name: 'ALTER FUNCTION STRICT',
    make: (item) =>
      `ALTER FUNCTION ${item.id} ${/\bSTRICT\b/.test(item.sql.join()) ? 'CALLED ON NULL INPUT' : 'STRICT'}`,
  },
  {
    name: 'ALTER FUNCTION SECURITY',
    make: (item) => `ALTER FUNCTION ${item.id} SECURITY ${has(item, 'SECURITY DEFINER') ? 'INVOKER' : 'DEFINER'}`,
  },
  {
    name: 'ALTER FUNCTION LEAKPROOF',
    make: (item) => `ALTER FUNCTION ${item.id} ${has(item, 'LEAKPROOF') ? 'NOT LEAKPROOF' : 'LEAKPROOF'}`,
  },
  {
    name: 'ALTER FUNCTION PARALLEL',
    make: (item) => `ALTER FUNCTION ${item.id} PARALLEL ${has(item, 'PARALLEL SAFE') ? 'UNSAFE' : 'SAFE'}`,
  },
  { name: 'ALTER FUNCTION COST', make: (item, { random }) => `ALTER FUNCTION ${item.id} COST ${random.fresh()}` },
  {
    name: 'ALTER FUNCTION ROWS',
    make: (item, { random }) =>
      item.returns === 'rows' ? `ALTER FUNCTION ${item.id} ROWS ${random.fresh() + 7}` : undefined,
  },
  {
    name: 'ALTER FUNCTION SET',
    make: (item, { random }) => `ALTER FUNCTION ${item.id} SET "other.setting" TO '${random.fresh()}'`,
  },
  {
    name: 'CREATE OR REPLACE FUNCTION',
    make: (item, { random }) =>
      item.sql[0]?.includes('$f$')
        ? item.sql[0].replace('CREATE', 'CREATE OR REPLACE').replace(/\$f\$$/, `-- ${random.fresh()}\n $f$`)
        : undefined,
  },
  creating('CREATE FUNCTION', makeFunction),
];

export const procedureChanges: readonly ChangeClass<MadeRoutine>[] = [
  ...common<MadeRoutine>('PROCEDURE'),
  { name: 'ALTER PROCEDURE SECURITY', make: ({ id }) => `ALTER PROCEDURE ${id} SECURITY DEFINER` },
  {
    name: 'ALTER PROCEDURE SET',
    make: ({ id }, { random }) => `ALTER PROCEDURE ${id} SET "other.setting" TO '${random.fresh()}'`,
  },
  creating('CREATE PROCEDURE', makeProcedure),
];

export const aggregateChanges: readonly ChangeClass<MadeRoutine>[] = [
  ...common<MadeRoutine>('AGGREGATE'),
  {
    name: 'CREATE OR REPLACE AGGREGATE',
    make: (item, { random }) =>
      item.sql[0]?.replace('CREATE', 'CREATE OR REPLACE').replace(/\)$/, `, SSPACE = ${random.fresh()})`),
  },
  creating('CREATE AGGREGATE', makeAggregate),
];
