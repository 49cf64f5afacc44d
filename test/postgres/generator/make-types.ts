// Schemas, types and sequences.
import { userType } from './types.ts';
import { type Made, type MadeType, placed, type World } from './world.ts';

/** `public` is there from the start: making it is nothing. */
export const publicSchema: Made = {
  kind: 'schema',
  id: 'public',
  schema: 'public',
  name: 'public',
  sql: [],
  needs: [],
};

export function makeSchema(world: World): Made {
  const name = world.name('s');
  return world.add({ kind: 'schema', id: name, schema: name, name, sql: [`CREATE SCHEMA ${name}`], needs: [] });
}

export function makeEnum(world: World): MadeType {
  const { home, ...place } = placed(world, 'enum', 'e');
  const labels = world.random.some(
    ['new', "it''s", 'a b', '🙂', 'X', 'y"z', 'back\\slash'],
    world.random.between(1, 5),
  );
  const sql = `CREATE TYPE ${place.id} AS ENUM (${labels.map((label) => `'${label}'`).join(', ')})`;
  const base = userType(place.id, `'${labels[0]}'`);
  return world.add({ ...place, sql: [sql], needs: [home], labels, base });
}

export function makeDomain(world: World): MadeType {
  const { random } = world;
  const { home, ...place } = placed(world, 'domain', 'd');
  const { type, needs } = world.columnType();
  const checks = Array.from({ length: random.between(0, 2) }, () => {
    const condition = type.condition('VALUE', random);
    return `CONSTRAINT ${world.name('dc')} CHECK (${condition})`;
  });
  const sql = [
    `CREATE DOMAIN ${place.id} AS ${type.sql}`,
    type.collatable && random.chance(40) ? 'COLLATE "C"' : '',
    type.value && random.chance(40) ? `DEFAULT ${type.value(random)}` : '',
    random.chance(15) ? 'NOT NULL' : '',
    ...checks,
  ];
  const base = { ...userType(place.id), methods: type.methods.filter((method) => method === 'btree') };
  return world.add({ ...place, sql: [sql.filter(Boolean).join(' ')], needs: [home, ...needs], base });
}

export function makeComposite(world: World): MadeType {
  const { random } = world;
  const { home, ...place } = placed(world, 'composite type', 'ct');
  const attributes = Array.from({ length: random.between(1, 4) }, () => ({
    name: world.name('f'),
    ...world.columnType(),
  }));
  const list = attributes.map(
    ({ name, type }) => `${name} ${type.sql}${type.collatable && random.chance(30) ? ' COLLATE "C"' : ''}`,
  );
  return world.add({
    ...place,
    sql: [`CREATE TYPE ${place.id} AS (${list.join(', ')})`],
    needs: [home, ...attributes.flatMap(({ needs }) => needs)],
    attributes: attributes.map(({ name }) => name),
    base: userType(place.id),
  });
}

export function makeRange(world: World): MadeType {
  const { random } = world;
  const { home, ...place } = placed(world, 'range type', 'rt');
  const [subtype, difference, collation] = random.pick([
    ['integer', undefined, false],
    ['double precision', 'float8mi', false],
    ['text', undefined, true],
    ['date', undefined, false],
  ] as const);
  const clauses = [
    `SUBTYPE = ${subtype}`,
    ...(difference !== undefined && random.chance(60) ? [`SUBTYPE_DIFF = ${difference}`] : []),
    ...(collation && random.chance(50) ? ['COLLATION = "C"'] : []),
    ...(subtype === 'text' && random.chance(30) ? ['SUBTYPE_OPCLASS = text_pattern_ops'] : []),
    // By itself, PostgreSQL derives the name of the multirange type, and no two can share it.
    ...(world.major >= 14 ? [`MULTIRANGE_TYPE_NAME = ${home.id}.${world.name('mr')}`] : []),
  ];
  const base = userType(place.id, "'empty'");
  return world.add({
    ...place,
    sql: [`CREATE TYPE ${place.id} AS RANGE (${clauses.join(', ')})`],
    needs: [home],
    base,
  });
}

export function makeSequence(world: World): Made {
  const { random } = world;
  const { home, ...place } = placed(world, 'sequence', 'sq');
  const down = random.chance(25);
  const options = [
    random.chance(40) ? `AS ${random.pick(['smallint', 'integer', 'bigint'])}` : '',
    down ? `INCREMENT BY -${random.between(1, 9)}` : random.chance(40) ? `INCREMENT BY ${random.between(2, 9)}` : '',
    !down && random.chance(30) ? 'MINVALUE -50 START WITH 7' : '',
    random.chance(30) ? `MAXVALUE ${random.between(100, 9999)}` : '',
    random.chance(30) ? `CACHE ${random.between(2, 50)}` : '',
    random.chance(25) ? 'CYCLE' : '',
  ];
  const unlogged = world.major >= 15 && random.chance(15) ? 'UNLOGGED ' : '';
  const owner = random.chance(35) ? random.pick([...world.tables('plain'), undefined]) : undefined;
  const column = owner && random.pick(owner.columns.filter(({ identity }) => !identity));
  return world.add({
    ...place,
    ...(owner && column && { schema: owner.schema, id: `${owner.schema}.${place.name}` }),
    sql: [
      `CREATE ${unlogged}SEQUENCE ${owner && column ? owner.schema : place.schema}.${place.name} ${options.filter(Boolean).join(' ')}`,
      ...(owner && column ? [`ALTER SEQUENCE ${owner.schema}.${place.name} OWNED BY ${column.id}`] : []),
    ],
    needs: owner && column ? [owner] : [home],
  });
}
