// Comments, owners and grants of whatever was made, and changes of them. Roles are those that every server has.
import type { ChangeClass } from './change.ts';
import type { Made, MadeTable, World } from './world.ts';

const words: Readonly<Record<string, string>> = {
  schema: 'SCHEMA',
  index: 'INDEX',
  enum: 'TYPE',
  domain: 'DOMAIN',
  'composite type': 'TYPE',
  'range type': 'TYPE',
  sequence: 'SEQUENCE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  aggregate: 'AGGREGATE',
};

function referenceTo(item: Made): string | undefined {
  if (item.kind === 'table') return `${(item as MadeTable).form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE'} ${item.id}`;
  if (['constraint', 'trigger', 'policy'].includes(item.kind)) {
    return `${item.kind.toUpperCase()} ${item.name} ON ${item.parent?.id}`;
  }
  return words[item.kind] === undefined ? undefined : `${words[item.kind]} ${item.id}`;
}

const roles = ['pg_monitor', 'pg_signal_backend', 'PUBLIC'];

/** What can be granted, as GRANT names it; privileges that nobody has by default. */
function grantOn(item: Made, { random }: World): string | undefined {
  const option = random.chance(30) ? ' WITH GRANT OPTION' : '';
  const role = random.pick(option === '' ? roles : roles.slice(0, 2));
  const to = ` TO ${role}${option}`;
  switch (item.kind) {
    case 'table':
    case 'view':
    case 'materialized view': {
      const { columns = [] } = item as Partial<MadeTable>;
      const column = random.chance(30) ? random.pick(columns) : undefined;
      const privileges = random.some(['SELECT', 'INSERT', 'UPDATE'], 2);
      return `GRANT ${privileges.map((name) => (column ? `${name} (${column.name})` : name)).join(', ')} ON TABLE ${item.id}${to}`;
    }
    case 'sequence':
      return `GRANT USAGE, SELECT ON SEQUENCE ${item.id}${to}`;
    case 'schema':
      return item.id === 'public' ? undefined : `GRANT USAGE, CREATE ON SCHEMA ${item.id}${to}`;
    case 'function':
    case 'procedure':
      return `GRANT EXECUTE ON ${item.kind.toUpperCase()} ${item.id} TO ${roles[0]}${option}`;
    case 'enum':
    case 'composite type':
    case 'range type':
      return `GRANT USAGE ON TYPE ${item.id} TO ${roles[0]}${option}`;
    case 'domain':
      return `GRANT USAGE ON DOMAIN ${item.id} TO ${roles[0]}${option}`;
    default:
      return undefined;
  }
}

function commentOn(item: Made, { random }: World): string | undefined {
  const reference = item.kind === 'schema' ? undefined : referenceTo(item);
  const { columns = [] } = item as Partial<MadeTable>;
  const column = item.kind === 'table' && random.chance(40) ? random.pick(columns) : undefined;
  const text = `'it''s \\ 🙂 ${random.fresh()}'`;
  return reference && `COMMENT ON ${column ? `COLUMN ${item.id}.${column.name}` : reference} IS ${text}`;
}

/** Not views: their owner needs the right to read what they read. */
const owned = ['table', 'function', 'procedure', 'aggregate', 'enum', 'domain'];

function ownerOf(item: Made): string | undefined {
  return owned.includes(item.kind) ? `ALTER ${referenceTo(item)} OWNER TO pg_signal_backend` : undefined;
}

/** Some of what was made belongs to somebody, may be used by somebody, or is spoken of. */
export function makeAccess(world: World): void {
  for (const item of [...world.all]) {
    const { random } = world;
    const sql = [
      random.chance(15) ? commentOn(item, world) : undefined,
      random.chance(10) ? grantOn(item, world) : undefined,
      random.chance(8) ? ownerOf(item) : undefined,
    ].filter((statement) => statement !== undefined);
    if (sql.length === 0) continue;
    world.add({ kind: 'access', id: item.id, schema: item.schema, name: item.name, sql, needs: [item] });
  }
}

const columnsOf = (item: Made): string[] =>
  ((item as Partial<MadeTable>).columns ?? []).map(({ name }) => `column ${item.id}.${name}`);

const told = (sql: string | undefined, item: Made) => (sql === undefined ? undefined : { sql, also: columnsOf(item) });

export const accessChanges: readonly ChangeClass[] = [
  { name: 'COMMENT ON', make: (item, world) => told(commentOn(item, world), item) },
  {
    name: 'GRANT',
    // Somebody whom nothing was granted before.
    make: (item, world) => told(grantOn(item, world)?.replace(/ TO \S+/, ' TO pg_read_all_stats'), item),
  },
  {
    name: 'REVOKE',
    make: (item) => (item.kind === 'function' ? `REVOKE ALL ON FUNCTION ${item.id} FROM PUBLIC` : undefined),
  },
  { name: 'ALTER ... OWNER TO', make: (item) => ownerOf(item)?.replace('pg_signal_backend', 'pg_read_all_settings') },
];
