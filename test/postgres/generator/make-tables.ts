// Tables of all forms, with columns of all kinds.
import { builtInTypes, type ColumnType, wholeNumbers } from './types.ts';
import { type Made, type MadeColumn, type MadeTable, placed, type World } from './world.ts';

interface DraftColumn {
  column: MadeColumn;
  clause: string;
  settings: string[];
  needs: Made[];
}

interface ColumnWishes {
  type?: ColumnType;
  notNull?: boolean;
  /** No identity, nothing generated. @default false */
  simple?: boolean;
  /** Columns that a generated one can be computed from. */
  others?: readonly MadeColumn[];
}

export function draftColumn(world: World, table: string, wishes: ColumnWishes = {}): DraftColumn {
  const { random, major } = world;
  const name = world.name('c');
  const { type, needs } = wishes.type ? { type: wishes.type, needs: [] } : world.columnType();
  const column: MadeColumn = { name, id: `${table}.${name}`, type, nullable: true };
  const words = [name, type.sql];
  const source = wishes.simple ? undefined : random.pick((wishes.others ?? []).filter(canCompute));
  if (source?.type.expression && random.chance(12)) {
    const generated = major >= 18 && random.chance(40) ? 'virtual' : 'stored';
    const { of, type: sql } = source.type.expression;
    const made = { ...(builtInTypes.find((known) => known.sql === sql) as ColumnType) };
    return {
      column: { ...column, type: made, generated },
      clause: `${name} ${sql} GENERATED ALWAYS AS (${of(source.name)}) ${generated.toUpperCase()}`,
      settings: [],
      needs,
    };
  }
  if (type.collatable && random.chance(20)) {
    column.collated = true;
    words.push('COLLATE "C"');
  }
  if (!wishes.simple && wholeNumbers.includes(type) && random.chance(12)) {
    const options = random.chance(50)
      ? ` (START WITH ${random.between(5, 99)} INCREMENT BY ${random.between(1, 5)})`
      : '';
    words.push(`GENERATED ${random.pick(['ALWAYS', 'BY DEFAULT'])} AS IDENTITY${options}`);
    column.identity = true;
    column.nullable = false;
  } else {
    if (type.value && random.chance(35)) {
      column.default = type.value(random);
      words.push(`DEFAULT ${column.default}`);
    }
    if (wishes.notNull ?? random.chance(30)) {
      column.nullable = false;
      if (random.chance(20)) words.push(`CONSTRAINT ${world.name('nn')}`);
      words.push('NOT NULL');
    }
  }
  return { column, clause: words.join(' '), settings: settingsOf(world, column), needs };
}

function canCompute({ type, generated }: MadeColumn): boolean {
  return type.expression !== undefined && generated === undefined;
}

function settingsOf({ random, major }: World, { name, type }: MadeColumn): string[] {
  const settings: string[] = [];
  if (random.chance(8)) settings.push(`ALTER ${name} SET STATISTICS ${random.fresh()}`);
  if (random.chance(6)) settings.push(`ALTER ${name} SET (n_distinct = ${random.fresh()})`);
  if (type.variable && random.chance(8))
    settings.push(`ALTER ${name} SET STORAGE ${random.pick(['EXTERNAL', 'MAIN'])}`);
  if (type.variable && major >= 14 && random.chance(8)) settings.push(`ALTER ${name} SET COMPRESSION pglz`);
  return settings;
}

function draftColumns(world: World, table: string, count: number, wishes: ColumnWishes = {}): DraftColumn[] {
  const drafts: DraftColumn[] = [];
  while (drafts.length < count) {
    drafts.push(draftColumn(world, table, { ...wishes, others: drafts.map(({ column }) => column) }));
  }
  return drafts;
}

const alterations = (table: string, drafts: readonly DraftColumn[]): string[] =>
  drafts.flatMap(({ settings }) => settings.map((action) => `ALTER TABLE ${table} ${action}`));

export function makeTable(world: World): MadeTable {
  const { random } = world;
  const { home, ...place } = placed(world, 'table', 't');
  const unlogged = random.chance(8);
  const first = draftColumn(world, place.id, { type: random.pick(wholeNumbers), notNull: true });
  const rest = draftColumns(world, place.id, random.between(1, 7));
  const drafts = [first, ...rest];
  const options = [
    ...(random.chance(15) ? [`fillfactor = ${random.between(40, 90)}`] : []),
    ...(random.chance(8) ? ['autovacuum_enabled = false'] : []),
    ...(random.chance(8) && drafts.some(({ column }) => column.type.sql === 'text')
      ? ['toast.autovacuum_enabled = false']
      : []),
  ];
  const sql = [
    `CREATE ${unlogged ? 'UNLOGGED ' : ''}TABLE ${place.id} (${drafts.map(({ clause }) => clause).join(', ')})${
      options.length > 0 ? ` WITH (${options.join(', ')})` : ''
    }`,
    ...alterations(place.id, drafts),
    ...(random.chance(12) ? [`ALTER TABLE ${place.id} ENABLE ROW LEVEL SECURITY`] : []),
    ...(random.chance(6) ? [`ALTER TABLE ${place.id} FORCE ROW LEVEL SECURITY`] : []),
    ...(random.chance(8) ? [`ALTER TABLE ${place.id} REPLICA IDENTITY ${random.pick(['FULL', 'NOTHING'])}`] : []),
  ];
  return world.add<MadeTable>({
    ...place,
    form: unlogged ? 'unlogged' : 'plain',
    columns: drafts.map(({ column }) => column),
    sql,
    needs: [home, ...drafts.flatMap(({ needs }) => needs)],
  });
}

/** A table like another one, which could inherit from it. */
export function makeTwin(world: World): MadeTable | undefined {
  const others = world.tables('plain').filter(({ columns }) => columns.every(({ generated }) => !generated));
  const other = world.random.pick(others);
  if (!other) return undefined;
  const { home, ...place } = placed(world, 'table', 'tw');
  const columns = other.columns.map(({ name, type, nullable }) => ({
    name,
    id: `${place.id}.${name}`,
    type,
    nullable,
  }));
  const sql = [`CREATE TABLE ${place.id} (LIKE ${other.id})`];
  return world.add<MadeTable>({ ...place, form: 'plain', columns, sql, needs: [home, other] });
}

export function makeTypedTable(world: World): MadeTable | undefined {
  const types = world.types().filter(({ attributes }) => attributes);
  const type = types.length === 0 ? undefined : world.random.pick(types);
  if (!type?.attributes) return undefined;
  const { home, ...place } = placed(world, 'table', 'tt');
  return world.add<MadeTable>({
    ...place,
    form: 'typed',
    columns: [],
    above: [type],
    sql: [`CREATE TABLE ${place.id} OF ${type.id}`],
    needs: [home, type],
  });
}

/** Of one or two parents. Columns that come from both are merged. */
export function makeChild(world: World): MadeTable | undefined {
  const { random } = world;
  const parents = random.some(world.tables('plain', 'child'), random.chance(25) ? 2 : 1);
  if (parents.length === 0 || (parents[1] && relatives(parents[0] as MadeTable).includes(parents[1]))) return undefined;
  if (parents[1] && relatives(parents[1]).includes(parents[0] as MadeTable)) return undefined;
  const { home, ...place } = placed(world, 'table', 'ch');
  const drafts = draftColumns(world, place.id, random.between(0, 2));
  const inherited = [
    ...new Map(parents.flatMap(({ columns }) => columns.map((column) => [column.name, column]))).values(),
  ];
  const again = inherited.length > 0 && random.chance(20) ? [random.pick(inherited)] : [];
  const merged = again.filter(({ generated, identity }) => !generated && !identity);
  const clauses = [
    ...drafts.map(({ clause }) => clause),
    ...merged.map(({ name, type, collated }) => `${name} ${type.sql}${collated ? ' COLLATE "C"' : ''}`),
  ];
  const changed = inherited.filter(({ type, generated, identity }) => type.value && !generated && !identity);
  const own = changed.length > 0 && random.chance(40) ? random.pick(changed) : undefined;
  return world.add<MadeTable>({
    ...place,
    form: 'child',
    above: parents,
    columns: [
      ...inherited.map((column) => ({ ...column, id: `${place.id}.${column.name}` })),
      ...drafts.map(({ column }) => column),
    ],
    sql: [
      `CREATE TABLE ${place.id} (${clauses.join(', ')}) INHERITS (${parents.map(({ id }) => id).join(', ')})`,
      ...alterations(place.id, drafts),
      ...(own?.type.value ? [`ALTER TABLE ${place.id} ALTER ${own.name} SET DEFAULT ${own.type.value(random)}`] : []),
    ],
    needs: [home, ...parents, ...drafts.flatMap(({ needs }) => needs)],
  });
}

function relatives(table: MadeTable): Made[] {
  return [table, ...(table.above ?? []).flatMap((parent) => relatives(parent as MadeTable))];
}

export function makePartitioned(world: World): MadeTable {
  const { random } = world;
  const { home, ...place } = placed(world, 'table', 'pt');
  const strategy = random.pick(['range', 'list', 'hash'] as const);
  const key = draftColumn(world, place.id, { type: wholeNumbers[0] as ColumnType, notNull: true, simple: true });
  const rest = draftColumns(world, place.id, random.between(1, 5), { simple: true });
  const drafts = random.shuffled([key, ...rest]);
  return world.add<MadeTable>({
    ...place,
    form: 'partitioned',
    strategy,
    partitionColumns: [key.column],
    columns: drafts.map(({ column }) => column),
    sql: [
      `CREATE TABLE ${place.id} (${drafts.map(({ clause }) => clause).join(', ')}) PARTITION BY ${strategy.toUpperCase()} (${key.column.name})`,
      ...alterations(place.id, drafts),
    ],
    needs: [home, ...drafts.flatMap(({ needs }) => needs)],
  });
}

const taken = new WeakMap<MadeTable, number>();

/** One more partition, at times partitioned itself, at times with a default of its own, at times attached later. */
export function makePartition(world: World): MadeTable | undefined {
  const { random } = world;
  const roots = world.tables('partitioned');
  if (roots.length === 0) return undefined;
  const above = random.pick(roots);
  const [key] = above.partitionColumns as MadeColumn[];
  const place_ = taken.get(above) ?? 0;
  if (above.strategy === 'hash' && place_ >= 4) return undefined;
  taken.set(above, place_ + 1);
  const bound =
    above.strategy === 'hash'
      ? `FOR VALUES WITH (MODULUS 4, REMAINDER ${place_})`
      : place_ === 0 && random.chance(50)
        ? 'DEFAULT'
        : above.strategy === 'list'
          ? `FOR VALUES IN (${place_ * 10}, ${place_ * 10 + 1})`
          : `FOR VALUES FROM (${place_ * 10}) TO (${place_ * 10 + 10})`;
  const { home, ...place } = placed(world, 'table', 'pa');
  const below = random.chance(20) ? random.pick(['range', 'list', 'hash'] as const) : undefined;
  const by = below === undefined || !key ? '' : ` PARTITION BY ${below.toUpperCase()} (${key.name})`;
  const own = above.columns.find(({ type, identity, generated }) => type.value && !identity && !generated);
  const changed = own?.type.value && random.chance(25) ? ` (${own.name} DEFAULT ${own.type.value(random)})` : '';
  return world.add<MadeTable>({
    ...place,
    form: below === undefined ? 'partition' : 'partitioned',
    ...(below !== undefined && { strategy: below, partitionColumns: above.partitionColumns ?? [] }),
    above: [above],
    bound,
    columns: above.columns.map((column) => ({ ...column, id: `${place.id}.${column.name}` })),
    sql: [`CREATE TABLE ${place.id} PARTITION OF ${above.id}${changed} ${bound}${by}`],
    needs: [home, above],
  });
}

export function makeForeignTable(world: World): MadeTable {
  const { random } = world;
  const servers = world.of('server');
  const server = servers.length > 0 ? random.pick(servers) : makeServer(world);
  const { home, ...place } = placed(world, 'table', 'ft');
  const drafts = draftColumns(world, place.id, random.between(1, 4), { simple: true });
  const options = random.chance(50) ? ` OPTIONS (table_name 'it''s ${random.fresh()}')` : '';
  return world.add<MadeTable>({
    ...place,
    form: 'foreign',
    columns: drafts.map(({ column }) => column),
    sql: [
      `CREATE FOREIGN TABLE ${place.id} (${drafts.map(({ clause }) => clause).join(', ')}) SERVER ${server.name}${options}`,
    ],
    needs: [home, server, ...drafts.flatMap(({ needs }) => needs)],
  });
}

function makeServer(world: World): Made {
  const [wrapper, server] = [world.name('fdw'), world.name('srv')];
  return world.add({
    kind: 'server',
    id: server,
    schema: '',
    name: server,
    sql: [`CREATE FOREIGN DATA WRAPPER ${wrapper}`, `CREATE SERVER ${server} FOREIGN DATA WRAPPER ${wrapper}`],
    needs: [],
  });
}
