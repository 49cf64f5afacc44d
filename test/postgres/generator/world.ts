// What the generator has made so far: objects with the SQL that makes each, and what has to be there before.
import { type Namer, namer } from './names.ts';
import { type Random, random } from './random.ts';
import { builtInTypes, type ColumnType, wholeNumbers } from './types.ts';

export interface Made {
  /** As facts have it. */
  kind: string;
  id: string;
  schema: string;
  /** Last part of the id. */
  name: string;
  sql: readonly string[];
  needs: readonly Made[];
  /** What it is a part of: it goes with that. */
  parent?: Made;
}

export interface MadeColumn {
  name: string;
  id: string;
  type: ColumnType;
  nullable: boolean;
  collated?: true;
  default?: string;
  generated?: 'stored' | 'virtual';
  identity?: true;
}

export interface MadeTable extends Made {
  kind: 'table';
  form: 'plain' | 'unlogged' | 'typed' | 'child' | 'partitioned' | 'partition' | 'foreign';
  columns: readonly MadeColumn[];
  /** Of a partitioned table; every key must hold them. */
  partitionColumns?: readonly MadeColumn[];
  strategy?: 'range' | 'list' | 'hash';
  /** Of a partition, child or typed table. */
  above?: readonly Made[];
  bound?: string;
}

export interface MadeConstraint extends Made {
  kind: 'constraint';
  type: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion';
  columns: readonly MadeColumn[];
  isNotValid?: boolean;
}

export interface MadeIndex extends Made {
  kind: 'index';
  on: Made;
  unique: boolean;
  expressions: number;
  method: string;
}

export interface MadeRelation extends Made {
  kind: 'view' | 'materialized view';
  query: string;
  columns: readonly { name: string; type: ColumnType }[];
  /** The one table whose columns it shows, so that it can be written through. */
  over?: MadeTable;
}

export interface MadeType extends Made {
  kind: 'enum' | 'domain' | 'composite type' | 'range type';
  labels?: readonly string[];
  attributes?: readonly string[];
  base?: ColumnType;
}

export interface MadeRoutine extends Made {
  kind: 'function' | 'procedure' | 'aggregate';
  /** Without its arguments. */
  qualified: string;
  returns?: 'trigger' | 'value' | 'rows';
}

export interface World {
  major: number;
  random: Random;
  name: Namer;
  all: Made[];
  add<Item extends Made>(item: Item): Item;
  schema(): Made;
  tables(...forms: MadeTable['form'][]): MadeTable[];
  constraints(): MadeConstraint[];
  indexes(): MadeIndex[];
  relations(): MadeRelation[];
  types(): MadeType[];
  routines(): MadeRoutine[];
  of(kind: string): Made[];
  /** One a column can have: built in, or made before. */
  columnType(): { type: ColumnType; needs: Made[] };
}

export function emptyWorld(seed: number, major: number): World {
  const choices = random(seed);
  const all: Made[] = [];
  const of = (...kinds: string[]): Made[] => all.filter(({ kind }) => kinds.includes(kind));
  const usable: { type: ColumnType; made: Made }[] = [];
  return {
    major,
    random: choices,
    name: namer(choices),
    all,
    add(item) {
      all.push(item);
      const type = 'base' in item ? (item as MadeType).base : undefined;
      if (type) usable.push({ type, made: item });
      return item;
    },
    schema: () => choices.pick(of('schema')),
    tables: (...forms) => (of('table') as MadeTable[]).filter(({ form }) => forms.length === 0 || forms.includes(form)),
    constraints: () => of('constraint') as MadeConstraint[],
    indexes: () => of('index') as MadeIndex[],
    relations: () => of('view', 'materialized view') as MadeRelation[],
    types: () => of('enum', 'domain', 'composite type', 'range type') as MadeType[],
    routines: () => of('function', 'procedure', 'aggregate') as MadeRoutine[],
    of,
    columnType() {
      const own = choices.chance(25) && usable.length > 0 ? choices.pick(usable) : undefined;
      if (own) return { type: own.type, needs: [own.made] };
      return { type: choices.chance(30) ? choices.pick(wholeNumbers) : choices.pick(builtInTypes), needs: [] };
    },
  };
}

/** What an object of a schema is made of, beside its SQL. */
export function placed<Kind extends string>(world: World, kind: Kind, prefix: string) {
  const home = world.schema();
  const name = world.name(prefix);
  return { kind, schema: home.id, name, id: `${home.id}.${name}`, home };
}
