// Views, materialized views, functions, procedures and aggregates.
import { builtInTypes, type ColumnType } from './types.ts';
import { type Made, type MadeRelation, type MadeRoutine, type MadeTable, placed, type World } from './world.ts';

type Source = { made: Made; columns: readonly { name: string; type: ColumnType }[]; table?: MadeTable };

function sources(world: World): Source[] {
  return [
    ...world
      .tables()
      .filter(({ columns }) => columns.length > 0)
      .map((table): Source => ({ made: table, columns: table.columns, table })),
    ...world.relations().map((view): Source => ({ made: view, columns: view.columns })),
  ];
}

/** `SELECT` over one relation or two. */
function query(world: World, known: readonly Source[]) {
  const { random } = world;
  const first = random.pick(known);
  if (!first) return undefined;
  const columns = random
    .some(first.columns, random.between(1, 4))
    .map(({ name, type }) => ({ name: world.name('v'), from: name, type }));
  const list = columns.map(({ name, from }) => `a.${from} AS ${name}`).join(', ');
  const second = random.chance(25) ? random.pick(known) : undefined;
  const computed = random.pick(first.columns);
  const condition =
    random.chance(50) && computed ? ` WHERE ${computed.type.condition(`a.${computed.name}`, random)}` : '';
  const from = second ? `${first.made.id} a CROSS JOIN ${second.made.id} b` : `${first.made.id} a`;
  return {
    sql: `SELECT ${list} FROM ${from}${condition}`,
    columns,
    needs: second ? [first.made, second.made] : [first.made],
    ...(first.table && !second && { over: first.table }),
  };
}

export function makeView(world: World): MadeRelation | undefined {
  const { random, major } = world;
  const made = query(world, sources(world));
  if (!made) return undefined;
  const { home, ...place } = placed(world, 'view', 'w');
  const options = [
    ...(random.chance(20) ? ['security_barrier'] : []),
    ...(major >= 15 && random.chance(15) ? ['security_invoker'] : []),
    ...(made.over && made.over.form !== 'foreign' && random.chance(15) ? ["check_option = 'local'"] : []),
  ];
  const withDefault = made.over && random.chance(15) ? made.columns.find(({ type }) => type.value) : undefined;
  return world.add({
    ...place,
    query: made.sql,
    columns: made.columns,
    ...(made.over && { over: made.over }),
    sql: [
      `CREATE VIEW ${place.id}${options.length > 0 ? ` WITH (${options.join(', ')})` : ''} AS ${made.sql}`,
      ...(withDefault?.type.value
        ? [`ALTER VIEW ${place.id} ALTER ${withDefault.name} SET DEFAULT ${withDefault.type.value(random)}`]
        : []),
    ],
    needs: [home, ...made.needs],
  });
}

export function makeMaterializedView(world: World): MadeRelation | undefined {
  const { random } = world;
  const local = sources(world).filter(({ table, made }) => table?.form !== 'foreign' && !readsForeign(made));
  const made = query(world, local);
  if (!made) return undefined;
  const { home, ...place } = placed(world, 'materialized view', 'm');
  const options = random.chance(20) ? ` WITH (fillfactor = ${random.between(40, 90)})` : '';
  return world.add({
    ...place,
    query: made.sql,
    columns: made.columns,
    sql: [`CREATE MATERIALIZED VIEW ${place.id}${options} AS ${made.sql}${random.chance(20) ? ' WITH NO DATA' : ''}`],
    // One that was never filled cannot be read by one that is being filled.
    needs: [home, ...made.needs],
  });
}

function readsForeign({ kind, needs, sql }: Made): boolean {
  return (
    sql.some((text) => text.includes('FOREIGN TABLE') || text.includes('WITH NO DATA')) ||
    (kind !== 'table' && needs.some(readsForeign))
  );
}

export function makeFunction(world: World): MadeRoutine {
  const { random, major } = world;
  const { home, ...place } = placed(world, 'function', 'f');
  const [argument, result] = [random.pick(builtInTypes), random.pick(builtInTypes)];
  const properties = [
    random.pick(['', '', 'IMMUTABLE', 'STABLE']),
    random.chance(20) ? 'STRICT' : '',
    random.chance(15) ? 'SECURITY DEFINER' : '',
    random.chance(10) ? 'LEAKPROOF' : '',
    random.chance(20) ? `PARALLEL ${random.pick(['SAFE', 'RESTRICTED'])}` : '',
    random.chance(15) ? `COST ${random.between(1, 900)}` : '',
    random.chance(15) ? `SET search_path TO ${home.id}, "Odd ""Name", ''` : '',
    random.chance(10) ? "SET work_mem TO '8MB' SET \"my.setting\" TO 'it''s'" : '',
  ].filter(Boolean);
  const name = world.name('arg');
  const value = argument.value && random.chance(30) ? ` DEFAULT ${argument.value(random)}` : '';
  const forms = ['trigger', 'trigger', 'plpgsql', 'sql', 'set', ...(major >= 14 ? ['atomic', 'return'] : [])] as const;
  const form = random.pick(forms);
  const nasty = random.pick(["-- $body$ it''s 🙂", '/* $$ */', '-- plain']).replaceAll("''", "'");
  const body =
    form === 'trigger' || form === 'plpgsql'
      ? `LANGUAGE plpgsql ${properties.join(' ')} AS $f$ BEGIN ${nasty}\n RETURN ${form === 'trigger' ? 'NEW' : 'NULL'}; END $f$`
      : form === 'atomic'
        ? `LANGUAGE sql ${properties.join(' ')} BEGIN ATOMIC SELECT NULL::${result.sql}; END`
        : form === 'return'
          ? `LANGUAGE sql ${properties.join(' ')} RETURN NULL::${result.sql}`
          : `LANGUAGE sql ${properties.join(' ')}${form === 'set' ? ` ROWS ${random.between(1, 500)}` : ''} AS $f$ SELECT NULL::${result.sql} ${nasty}\n $f$`;
  const returns = form === 'trigger' ? 'trigger' : form === 'set' ? `SETOF ${result.sql}` : result.sql;
  const listed = form === 'trigger' ? '' : `${name} ${argument.sql}${value}`;
  return world.add({
    ...place,
    id: `${place.id}(${form === 'trigger' ? '' : inputType(argument)})`,
    qualified: place.id,
    returns: form === 'trigger' ? 'trigger' : form === 'set' ? 'rows' : 'value',
    sql: [`CREATE FUNCTION ${place.id}(${listed}) RETURNS ${returns} ${body}`],
    needs: [home],
  });
}

/** Modifiers are no part of a signature. */
function inputType({ sql }: ColumnType): string {
  return sql.replace(/\(\d+(,\d+)?\)/, '').replace('interval day to second', 'interval');
}

export function makeProcedure(world: World): MadeRoutine {
  const { random } = world;
  const { home, ...place } = placed(world, 'procedure', 'p');
  const argument = random.pick(builtInTypes);
  const body = random.chance(50)
    ? 'LANGUAGE plpgsql AS $f$ BEGIN NULL; END $f$'
    : "LANGUAGE sql SET work_mem TO '4MB' AS 'SELECT 1'";
  return world.add({
    ...place,
    id: `${place.id}(${inputType(argument)})`,
    qualified: place.id,
    sql: [`CREATE PROCEDURE ${place.id}(${world.name('arg')} ${argument.sql}) ${body}`],
    needs: [home],
  });
}

export function makeAggregate(world: World): MadeRoutine {
  const { random } = world;
  const { home, ...place } = placed(world, 'aggregate', 'ag');
  const parallel = random.chance(40) ? ', PARALLEL = SAFE' : '';
  const [argument, clauses] = random.pick([
    ['integer', `SFUNC = int4pl, STYPE = integer, INITCOND = '${random.fresh()}'${parallel}`],
    ['integer', `SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer${parallel}`],
    [
      'double precision',
      `SFUNC = float8_accum, STYPE = double precision[], FINALFUNC = float8_avg, COMBINEFUNC = float8_combine, INITCOND = '{0,0,0}'${parallel}`,
    ],
  ] as const);
  return world.add({
    ...place,
    id: `${place.id}(${argument})`,
    qualified: place.id,
    sql: [`CREATE AGGREGATE ${place.id}(${argument}) (${clauses})`],
    needs: [home],
  });
}
