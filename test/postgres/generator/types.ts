// Types that columns can have, with what can be said of a column of each.
import type { Random } from './random.ts';

export interface ColumnType {
  sql: string;
  /** A default expression; `undefined` when there is none that is safe for it. */
  value?: (random: Random) => string;
  /** A condition on a column of this type, of immutable functions only. */
  condition: (column: string, random: Random) => string;
  /** An immutable expression and its type, for indexes and generated columns. */
  expression?: { of: (column: string) => string; type: string };
  /** Index methods whose default operator class takes it. */
  methods: readonly string[];
  collatable?: true;
  /** Has a TOAST table: storage and compression can be set. */
  variable?: true;
  /** Further operator classes, by method. */
  classes?: readonly (readonly [method: string, name: string])[];
}

const present = (column: string): string => `${column} IS NOT NULL`;
const above = (column: string, random: Random): string => `${column} > ${random.fresh()}`;
const text = {
  value: (random: Random) => random.pick(["''", `'it''s ${random.fresh()}'`, `'a' || '\\b${random.fresh()}'`]),
  condition: (column: string, random: Random) =>
    random.pick([`length(${column}) > ${random.fresh()}`, `${column} <> 'x${random.fresh()}'`]),
  expression: { of: (column: string) => `upper(${column})`, type: 'text' },
  methods: ['btree', 'hash', 'brin'],
  collatable: true,
  variable: true,
} as const;
const number = {
  value: (random: Random) => random.pick([`${random.fresh()}`, '-1', `(1 + ${random.fresh()})`]),
  condition: above,
  expression: { of: (column: string) => `abs(${column})`, type: 'numeric' },
  methods: ['btree', 'hash', 'brin'],
} as const;
const moment = (constant: string) => ({
  value: (random: Random) => random.pick([`'${constant}'`, 'CURRENT_TIMESTAMP']),
  condition: (column: string) => `${column} > '${constant}'`,
  methods: ['btree', 'hash', 'brin'],
});
const literal = (value: string, methods: readonly string[] = ['btree', 'hash']): Omit<ColumnType, 'sql'> => ({
  value: () => value,
  condition: present,
  methods,
});

/** Whole numbers come first: keys, sequences and partitions want those. */
export const wholeNumbers: readonly ColumnType[] = ['integer', 'bigint', 'smallint'].map((sql) => ({
  sql,
  ...number,
  value: (random) => `${random.fresh()}`,
  expression: { of: (column) => `abs(${column})`, type: sql },
}));

export const builtInTypes: readonly ColumnType[] = [
  ...wholeNumbers,
  { sql: 'numeric(12,2)', ...number, variable: true },
  { sql: 'numeric', ...number, variable: true },
  { sql: 'double precision', ...number, expression: { of: (column) => `abs(${column})`, type: 'double precision' } },
  { sql: 'real', ...number, expression: { of: (column) => `abs(${column})`, type: 'real' } },
  {
    sql: 'text',
    ...text,
    classes: [
      ['btree', 'text_pattern_ops'],
      ['spgist', 'text_ops'],
    ],
  },
  { sql: 'character varying(4000)', ...text, classes: [['btree', 'varchar_pattern_ops']] },
  { sql: 'character varying', ...text },
  { sql: 'character(30)', ...text, value: (random) => `'${random.fresh()}'` },
  {
    sql: 'boolean',
    value: (random) => random.pick(['true', 'false']),
    condition: (column) => `NOT ${column}`,
    methods: ['btree', 'hash'],
  },
  { sql: 'date', ...moment('2020-01-01') },
  { sql: 'timestamp with time zone', ...moment('2020-01-01 00:00:00+00') },
  { sql: 'timestamp(3) without time zone', ...moment('2020-01-01 00:00:00') },
  { sql: 'time without time zone', ...literal("'10:00:00'") },
  { sql: 'interval', ...literal("'1 day'") },
  { sql: 'interval day to second', ...literal("'1 day'") },
  { sql: 'uuid', ...literal('gen_random_uuid()') },
  { sql: 'jsonb', ...literal(`'{"a": "it''s"}'`, ['gin']), variable: true, classes: [['gin', 'jsonb_path_ops']] },
  { sql: 'json', ...literal("'{}'", []), variable: true },
  { sql: 'bytea', ...literal("'\\x00ff'"), variable: true },
  {
    sql: 'inet',
    ...literal("'::1'"),
    classes: [
      ['gist', 'inet_ops'],
      ['spgist', 'inet_ops'],
    ],
  },
  { sql: 'point', ...literal("'(1,2)'", ['gist', 'spgist']) },
  { sql: 'int4range', ...literal("'[1,2)'", ['btree', 'gist', 'spgist']) },
  { sql: 'tstzrange', ...literal("'empty'", ['gist']) },
  { sql: 'tsvector', ...literal("''", ['gin', 'gist']), variable: true },
  { sql: 'text[]', ...literal("'{}'", ['gin', 'btree']), variable: true },
  { sql: 'integer[]', ...literal('ARRAY[1, 2]', ['gin']), variable: true },
  { sql: 'bit(4)', ...literal("B'0101'", ['btree']) },
  { sql: 'bit varying(8)', ...literal("B'01'", ['btree']) },
  { sql: 'money', ...literal('1.5', ['btree']) },
  { sql: 'macaddr', ...literal("'08:00:2b:01:02:03'") },
  { sql: 'name', ...literal("'n'") },
  { sql: 'oid', ...literal('1') },
  { sql: '"char"', ...literal("'a'") },
];

/** A type that somebody made, as a column has it. */
export const userType = (sql: string, value?: string): ColumnType => ({
  sql,
  ...(value !== undefined && { value: () => value }),
  condition: present,
  methods: [],
});
