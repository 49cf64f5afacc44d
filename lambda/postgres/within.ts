// Parts of a schema: the facts of some schemas, as a read of those alone would give them. Pure; knows no kind but
// `schema`, since what is in one says so itself.
import { type Fact, type FactKey, factKey } from './fact.ts';
import { globPattern } from './glob.ts';
import { unquoted } from './repair/identifier.ts';
import type { ReadOptions } from './snapshot.ts';

/** Of a read of every schema, what a read with these options would have given. */
export function withinSchemas(facts: readonly Fact[], { includeSchemas, excludeSchemas }: ReadOptions): Fact[] {
  if (includeSchemas === undefined && excludeSchemas === undefined) return [...facts];
  const included = (includeSchemas ?? ['*']).map(globPattern);
  const excluded = (excludeSchemas ?? []).map(globPattern);
  const counts = (name: string) =>
    included.some((each) => each.test(name)) && !excluded.some((each) => each.test(name));
  const byKey = new Map(facts.map((fact) => [factKey(fact), fact]));
  return facts.filter((fact) => {
    const schema = schemaOf(fact, byKey);
    return schema === undefined || counts(unquoted(schema));
  });
}

const schemaPrefix = 'schema ';

/** Up to the schema it is in; what is in none belongs to the database. */
export function schemaOf(fact: Fact, byKey: ReadonlyMap<FactKey, Fact>): string | undefined {
  for (let at: Fact | undefined = fact; at; at = at.parent === undefined ? undefined : byKey.get(at.parent)) {
    const key = factKey(at);
    if (key.startsWith(schemaPrefix)) return key.slice(schemaPrefix.length);
    if (at.parent?.startsWith(schemaPrefix)) return at.parent.slice(schemaPrefix.length);
  }
  return undefined;
}
