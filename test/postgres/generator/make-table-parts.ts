// Constraints, indexes, triggers, policies and rules of tables.
import type { Made, MadeColumn, MadeConstraint, MadeIndex, MadeTable, World } from './world.ts';

const own = ({ generated }: MadeColumn): boolean => generated !== 'virtual';
const orderable = (column: MadeColumn): boolean => own(column) && column.type.methods.includes('btree');

const rowed = ['plain', 'unlogged', 'child', 'partitioned'] as const;

function part<Kind extends string>(world: World, kind: Kind, table: Made, prefix: string) {
  const name = world.name(prefix);
  return { kind, schema: table.schema, name, id: `${table.id}.${name}`, parent: table };
}

/** What was made of the table before: made after, it would be another one. */
function madeFrom(world: World, table: Made): Made[] {
  const below = world.tables().filter(({ needs }) => needs.includes(table));
  return below.flatMap((one) => [one, ...madeFrom(world, one)]);
}

/** Columns that a key of this table can have: those of its partition key and some more. */
function keyColumns({ random }: World, table: MadeTable): MadeColumn[] {
  const fixed = table.partitionColumns ?? [];
  const others = table.columns.filter((column) => orderable(column) && !fixed.includes(column));
  const chosen = random.some(others, random.between(fixed.length > 0 ? 0 : 1, 2));
  return [...fixed, ...chosen];
}

function timing({ random }: World): string {
  return random.pick(['', '', '', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED']);
}

export function makeKey(world: World): MadeConstraint | undefined {
  const { random, major } = world;
  const keyless = (table: MadeTable): boolean =>
    !world.constraints().some(({ type, parent }) => type === 'primary key' && isSelfOrAbove(parent, table));
  const primary = random.chance(60);
  const isRoot = (table: MadeTable): boolean => table.form !== 'partitioned' || table.above === undefined;
  const tables = world.tables(...rowed).filter((table) => isRoot(table) && (!primary || keyless(table)));
  if (tables.length === 0) return undefined;
  const table = random.pick(tables);
  const columns = keyColumns(world, table).filter(({ generated }) => !primary || generated === undefined);
  if (columns.length === 0) return undefined;
  if (primary) for (const column of columns) column.nullable = false;
  const listed = `(${columns.map(({ name }) => name).join(', ')})`;
  const rest = table.columns.filter((column) => own(column) && !columns.includes(column));
  const include = random.chance(15) && rest.length > 0 ? ` INCLUDE (${random.pick(rest).name})` : '';
  const nulls = !primary && major >= 15 && random.chance(20) ? ' NULLS NOT DISTINCT' : '';
  const options = random.chance(10) ? ` WITH (fillfactor = ${random.between(40, 90)})` : '';
  const made = part(world, 'constraint', table, primary ? 'pk' : 'un');
  const clause = `${primary ? 'PRIMARY KEY' : `UNIQUE${nulls}`} ${listed}${include}${options}${timing(world)}`;
  return world.add<MadeConstraint>({
    ...made,
    type: primary ? 'primary key' : 'unique',
    columns,
    sql: [`ALTER TABLE ${table.id} ADD CONSTRAINT ${made.name} ${clause}`],
    needs: [table, ...madeFrom(world, table)],
  });
}

function isSelfOrAbove(candidate: Made | undefined, table: MadeTable): boolean {
  return candidate === table || (table.above ?? []).some((above) => isSelfOrAbove(candidate, above as MadeTable));
}

export function makeCheck(world: World): MadeConstraint | undefined {
  const { random, major } = world;
  const table = random.pick(world.tables(...rowed, 'foreign', 'partition'));
  const column = table && random.pick(table.columns);
  if (!table || !column) return undefined;
  const made = part(world, 'constraint', table, 'ck');
  const isNotValid = random.chance(15);
  const noInherit = table.form === 'plain' && random.chance(12) ? ' NO INHERIT' : '';
  const unenforced = !isNotValid && table.form !== 'foreign' && major >= 18 && random.chance(12) ? ' NOT ENFORCED' : '';
  const check = `CHECK (${column.type.condition(column.name, random)})${noInherit}${unenforced}`;
  return world.add<MadeConstraint>({
    ...made,
    type: 'check',
    columns: [column],
    isNotValid,
    sql: [`ALTER TABLE ${table.id} ADD CONSTRAINT ${made.name} ${check}${isNotValid ? ' NOT VALID' : ''}`],
    needs: [table, ...madeFrom(world, table)],
  });
}

export function makeForeignKey(world: World): MadeConstraint | undefined {
  const { random, major } = world;
  const simple = (column: MadeColumn): boolean => column.generated === undefined;
  const keys = world
    .constraints()
    .filter((key) => ['primary key', 'unique'].includes(key.type) && !/DEFERRABLE/.test(key.sql.join()));
  if (keys.length === 0) return undefined;
  const key = random.pick(keys);
  const target = key.parent as MadeTable;
  const unlogged = target.form === 'unlogged';
  const fits = (table: MadeTable): MadeColumn[] | undefined => {
    const columns: MadeColumn[] = [];
    for (const { type } of key.columns) {
      const found = table.columns.find((one) => simple(one) && one.type.sql === type.sql && !columns.includes(one));
      if (!found) return undefined;
      columns.push(found);
    }
    return columns;
  };
  const tables = world
    .tables(...(unlogged ? (['unlogged'] as const) : rowed))
    .filter((table) => fits(table) && (table.form !== 'partitioned' || table.above === undefined));
  if (tables.length === 0) return undefined;
  const table = random.pick(tables);
  const columns = fits(table) ?? [];
  const made = part(world, 'constraint', table, 'fk');
  const isNotValid = table.form !== 'partitioned' && random.chance(15);
  const clause = [
    `FOREIGN KEY (${columns.map(({ name }) => name).join(', ')})`,
    `REFERENCES ${target.id} (${key.columns.map(({ name }) => name).join(', ')})`,
    random.chance(10) ? 'MATCH FULL' : '',
    random.chance(30) ? `ON DELETE ${random.pick(['CASCADE', 'RESTRICT', 'SET NULL'])}` : '',
    random.chance(20) ? `ON UPDATE ${random.pick(['CASCADE', 'RESTRICT'])}` : '',
    timing(world),
    !isNotValid && table.form !== 'partitioned' && target.form !== 'partitioned' && major >= 18 && random.chance(10)
      ? 'NOT ENFORCED'
      : '',
    isNotValid ? 'NOT VALID' : '',
  ];
  return world.add<MadeConstraint>({
    ...made,
    type: 'foreign key',
    columns,
    isNotValid,
    sql: [`ALTER TABLE ${table.id} ADD CONSTRAINT ${made.name} ${clause.filter(Boolean).join(' ')}`],
    needs: [table, key],
  });
}

export function makeExclusion(world: World): MadeConstraint | undefined {
  const { random } = world;
  const candidates = world
    .tables('plain', 'unlogged')
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => ['int4range', 'tstzrange', 'inet', 'point'].includes(column.type.sql));
  if (candidates.length === 0) return undefined;
  const { table, column } = random.pick(candidates);
  const made = part(world, 'constraint', table, 'ex');
  const [operator, operatorClass] =
    column.type.sql === 'point' ? ['~=', ''] : column.type.sql === 'inet' ? ['&&', ' inet_ops'] : ['&&', ''];
  const where = random.chance(30) ? ` WHERE (${column.name} IS NOT NULL)` : '';
  return world.add<MadeConstraint>({
    ...made,
    type: 'exclusion',
    columns: [column],
    sql: [
      `ALTER TABLE ${table.id} ADD CONSTRAINT ${made.name} EXCLUDE USING gist (${column.name}${operatorClass} WITH ${operator})${where}${timing(world)}`,
    ],
    needs: [table],
  });
}

export function makeIndex(world: World): MadeIndex | undefined {
  const { random, major } = world;
  const relations = [
    ...world.tables(...rowed, 'partition').map((table) => ({ on: table as Made, columns: table.columns.filter(own) })),
    ...world
      .relations()
      .filter(({ kind }) => kind === 'materialized view')
      .map((view) => ({ on: view as Made, columns: view.columns })),
  ];
  const { on, columns } = random.pick(relations) ?? {};
  const first = columns && random.pick(columns.filter(({ type }) => type.methods.length > 0));
  if (!on || !columns || !first) return undefined;
  const name = world.name('i');
  const method = random.pick(first.type.methods);
  const ordered = method === 'btree';
  const key = (column: typeof first): string => {
    const [, opclass] =
      (random.chance(30) && random.pick((column.type.classes ?? []).filter(([on]) => on === method))) || [];
    const collation = column.type.collatable && random.chance(15) ? ' COLLATE "C"' : '';
    const order = ordered && random.chance(30) ? random.pick([' DESC', ' NULLS FIRST', ' DESC NULLS LAST']) : '';
    return `${column.name}${collation}${opclass ? ` ${opclass}` : ''}${order}`;
  };
  const byExpression = ordered && first.type.expression && random.chance(25) ? first.type.expression : undefined;
  const others = ordered
    ? random.some(
        columns.filter((column) => column !== first && column.type.methods.includes('btree')),
        2,
      )
    : [];
  const keys = byExpression
    ? [`(${byExpression.of(first.name)})`, ...others.slice(0, 1).map(key)]
    : [first, ...random.some(others, random.between(0, 2))].map(key);
  const isPartitioned = 'strategy' in on;
  const unique = ordered && !isPartitioned && random.chance(20);
  const rest = columns.filter((column) => column !== first && !others.includes(column));
  const predicate = random.chance(20) ? random.pick(columns) : undefined;
  const sql = [
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${on.id} USING ${method} (${keys.join(', ')})`,
    ordered && random.chance(12) && rest.length > 0 ? `INCLUDE (${random.pick(rest).name})` : '',
    unique && major >= 15 && random.chance(25) ? 'NULLS NOT DISTINCT' : '',
    ordered && random.chance(10) ? `WITH (fillfactor = ${random.between(40, 90)})` : '',
    predicate ? `WHERE ${predicate.type.condition(predicate.name, random)}` : '',
  ];
  const id = `${on.schema}.${name}`;
  return world.add<MadeIndex>({
    kind: 'index',
    schema: on.schema,
    name,
    id,
    parent: on,
    on,
    unique,
    method,
    expressions: byExpression ? 1 : 0,
    sql: [
      sql.filter(Boolean).join(' '),
      ...(byExpression && random.chance(20)
        ? [`ALTER INDEX ${id} ALTER COLUMN 1 SET STATISTICS ${random.fresh()}`]
        : []),
    ],
    needs: [on],
  });
}

export function makeTrigger(world: World): Made | undefined {
  const { random } = world;
  const functions = world.routines().filter(({ returns }) => returns === 'trigger');
  const table = random.pick(world.tables(...rowed, 'partition', 'foreign'));
  const run = random.pick(functions);
  if (!table || !run) return undefined;
  const made = part(world, 'trigger', table, 'tg');
  const columns = table.columns.filter(({ generated }) => generated === undefined);
  const column = random.pick(columns);
  const form = random.pick(['row', 'row', 'statement', 'transition', 'constraint'] as const);
  const call = `EXECUTE FUNCTION ${run.qualified}(${random.chance(30) ? `'it''s', '${random.fresh()}'` : ''})`;
  const of = column && random.chance(30) ? ` OF ${column.name}` : '';
  const on = `ON ${table.id}`;
  const condition = column && random.chance(25) ? `WHEN (${column.type.condition(`NEW.${column.name}`, random)})` : '';
  const withTransition = form === 'transition' && ['plain', 'unlogged', 'partitioned'].includes(table.form);
  const text = withTransition
    ? `AFTER UPDATE ${on} REFERENCING OLD TABLE AS old_rows NEW TABLE AS ${world.name('nr')} FOR EACH STATEMENT ${call}`
    : form === 'constraint' && table.form !== 'foreign'
      ? `AFTER INSERT OR UPDATE${of} ${on}${random.pick(['', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED'])} FOR EACH ROW ${condition} ${call}`
      : form === 'row'
        ? `${random.pick(['BEFORE', 'AFTER'])} INSERT OR UPDATE${of} ${on} FOR EACH ROW ${condition} ${call}`
        : `${random.pick(['BEFORE', 'AFTER'])} DELETE ${on} FOR EACH STATEMENT ${call}`;
  const state = random.chance(15) ? random.pick(['DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS']) : undefined;
  const isConstraint = !withTransition && form === 'constraint' && table.form !== 'foreign';
  return world.add({
    ...made,
    sql: [
      `CREATE ${isConstraint ? 'CONSTRAINT ' : ''}TRIGGER ${made.name} ${text}`,
      ...(state && table.form !== 'foreign' ? [`ALTER TABLE ${table.id} ${state} TRIGGER ${made.name}`] : []),
    ],
    needs: [table, run],
  });
}

export function makePolicy(world: World): Made | undefined {
  const { random } = world;
  const table = random.pick(world.tables('plain', 'partitioned'));
  const column = table && random.pick(table.columns);
  if (!table || !column) return undefined;
  const made = part(world, 'policy', table, 'po');
  const command = random.pick(['ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  const using = `USING (${column.type.condition(column.name, random)})`;
  const check = `WITH CHECK (${column.type.condition(column.name, random)})`;
  const clauses = [
    `AS ${random.pick(['PERMISSIVE', 'RESTRICTIVE'])} FOR ${command}`,
    `TO ${random.pick(['PUBLIC', 'pg_monitor', 'pg_monitor, pg_signal_backend'])}`,
    command === 'INSERT' ? '' : using,
    ['ALL', 'UPDATE', 'INSERT'].includes(command) && (command === 'INSERT' || random.chance(50)) ? check : '',
  ];
  return world.add({
    ...made,
    sql: [`CREATE POLICY ${made.name} ON ${table.id} ${clauses.filter(Boolean).join(' ')}`],
    needs: [table],
  });
}
