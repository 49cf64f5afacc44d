// Parts of a schema: the facts of some schemas, as a read of those alone would give them. Pure; knows no kind but
// `schema`, since what is in one says so itself, and routines, which an object of no schema (an event trigger) may call
// wherever they are.
import { type Fact, factKey } from './fact.ts';
import { type FactsByKey, factsByKey } from './facts-by-key.ts';
import { globPattern } from './glob.ts';
import { routineKinds } from './kinds/routines.ts';
import { unquoted } from './repair/identifier.ts';
import type { ReadOptions } from './snapshot.ts';

/** Of a read of every schema, what a read with these options would have given. */
export function withinSchemas(facts: readonly Fact[], { includeSchemas, excludeSchemas }: ReadOptions): Fact[] {
  if (includeSchemas === undefined && excludeSchemas === undefined) return [...facts];
  const included = (includeSchemas ?? ['*']).map(globPattern);
  const excluded = (excludeSchemas ?? []).map(globPattern);
  const counts = (name: string) =>
    included.some((each) => each.test(name)) && !excluded.some((each) => each.test(name));
  const byKey = factsByKey(facts);
  return facts.filter((fact) => {
    const schema = schemaOf(fact, byKey);
    if (schema !== undefined) return counts(unquoted(schema));
    return typesOf(fact, byKey).every((type) => counts(unquoted(schemaOf(type, byKey) ?? '')));
  });
}

/** The types that something outside of every schema is about, a cast for one: it is read when all of them are. */
function typesOf({ needs = [] }: Fact, byKey: Pick<FactsByKey, 'get'>): Fact[] {
  return needs.flatMap((key) => {
    const needed = byKey.get(key);
    return needed && !Object.hasOwn(routineKinds, needed.kind) && schemaOf(needed, byKey) !== undefined ? [needed] : [];
  });
}

const schemaPrefix = 'schema ';

/** Up to the schema it is in; what is in none belongs to the database. */
export function schemaOf(fact: Fact, byKey: Pick<FactsByKey, 'get'>): string | undefined {
  for (let at: Fact | undefined = fact; at; at = at.parent === undefined ? undefined : byKey.get(at.parent)) {
    const key = factKey(at);
    if (key.startsWith(schemaPrefix)) return key.slice(schemaPrefix.length);
    if (at.parent?.startsWith(schemaPrefix)) return at.parent.slice(schemaPrefix.length);
  }
  return undefined;
}
