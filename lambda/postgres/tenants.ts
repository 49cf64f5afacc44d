// Many schemas of production that one schema of the model stands for. Which those are, their facts under the model's
// name, and the comparisons of all of them as one. Pure; knows no kind of object but `schema`.
import { EdgeError } from '../errors.ts';
import { byCodeUnit, canonicalJson, type JsonObject, type JsonValue } from '../json.ts';
import type { ComparedSide } from './diff.ts';
import type { Comparison, DriftEntry, NotVerified } from './drift.ts';
import { type Fact, sortFacts } from './fact.ts';
import { factsByKey } from './facts-by-key.ts';
import { globPattern } from './glob.ts';
import { unquoted } from './repair/identifier.ts';
import { schemaOf } from './within.ts';

export interface TenantRule {
  /** Glob over the names of production's schemas: `tenant_*`. */
  schemas: string;
  /** Name of the schema of the model that they are held to. */
  model: string;
  /** Globs of those that are not. @default none */
  except?: readonly string[];
}

/** The rule that counts for a schema of this name (not quoted): the first that matches. */
export function ruleFor(name: string, rules: readonly TenantRule[]): TenantRule | undefined {
  return rules.find(
    ({ schemas, except = [] }) =>
      globPattern(schemas).test(name) && !except.some((glob) => globPattern(glob).test(name)),
  );
}

/** Schemas of these facts that are tenants', as names in facts are. */
export function tenantsIn(facts: readonly Fact[], rules: readonly TenantRule[]): Set<string> {
  const schemas = facts.flatMap(({ kind, id }) => (kind === 'schema' ? [id] : []));
  return new Set(schemas.filter((schema) => ruleFor(unquoted(schema), rules)));
}

/** Facts by the schema they are in, as names in facts are; `undefined`: in none. */
export function factsBySchema(facts: readonly Fact[]): Map<string | undefined, Fact[]> {
  const byKey = factsByKey(facts);
  return Map.groupBy(facts, (fact) => schemaOf(fact, byKey));
}

export interface ModelOfTenants {
  /** The schema's name, as names in facts are. */
  schema: string;
  facts: readonly Fact[];
  /** All that the facts say, to look names up in. */
  text: string;
}

/** @throws EdgeError `invalid` when the model has no such schema */
export function modelOf({ model }: TenantRule, bySchema: ReadonlyMap<string | undefined, Fact[]>): ModelOfTenants {
  for (const [schema, facts] of bySchema) {
    if (schema === undefined || unquoted(schema) !== model) continue;
    return { schema, facts, text: canonicalJson(facts as unknown as JsonValue) };
  }
  throw new EdgeError('invalid', `The model has no schema ${model} to hold tenants to.`, {
    remedy: 'Name the schema that the model has for them, and take the model with it.',
  });
}

/**
 * Whether the schema may stand for others that the server found to be the same. Where its own name is in the model, to
 * leave it out of both sides could hide that another tenant needs another name there.
 */
export function standsForOthers(schema: string, { text }: ModelOfTenants): boolean {
  const name = unquoted(schema);
  return !text.includes(name) && !text.includes(JSON.stringify(name).slice(1, -1));
}

/** A tenant's facts as the model has them: in the model's schema. */
export function underModelName(facts: readonly Fact[], schema: string, model: string): Fact[] {
  const rename = renaming(schema, model, ownColumns(facts, schema));
  return sortFacts(
    facts.map(({ kind, id, parent, needs, attributes }) => ({
      kind,
      id: rename.id(id),
      ...(parent !== undefined && { parent: rename.key(parent) }),
      ...(needs && { needs: needs.map(rename.key) }),
      attributes: rename.attributes(attributes),
    })),
  );
}

/** Columns of a relation that is named like its schema: `acme.id` is one of them, and no object of the schema. */
function ownColumns(facts: readonly Fact[], schema: string): ReadonlySet<string> {
  const prefix = `${schema}.${schema}.`;
  const columns = facts.flatMap(({ id }) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []));
  if (columns.length === 0) return new Set();
  const objects = new Set(facts.map(({ id }) => id));
  return new Set(columns.filter((column) => !objects.has(`${schema}.${column}`)));
}

export function notVerifiedUnderModelName(named: readonly NotVerified[], schema: string, model: string): NotVerified[] {
  const rename = renaming(schema, model);
  return named
    .filter(({ subject }) => isIn(subject, schema))
    .map((entry) => ({ ...entry, subject: rename.id(entry.subject) }));
}

/** Whether a qualified name is that of the schema or of something in it. */
export function isIn(id: string, schema: string): boolean {
  return id === schema || id.startsWith(`${schema}.`);
}

/**
 * In a name, the schema is the first part; in a text, it is a word in front of a dot that no dot, quote or letter
 * stands before; in a search path, it is an entry.
 * @param columns what stands behind such a word where that is a relation of the schema's name
 */
function renaming(schema: string, model: string, columns: ReadonlySet<string> = new Set()) {
  const inText = new Map(asInLiterals(schema).map((each, form) => [each, asInLiterals(model)[form] ?? model]));
  const words = [...inText.keys()].map(escaped).join('|');
  const qualifier = new RegExp(
    `(?<![\\p{L}\\p{N}_$."])(?:${words})(?=\\.((?:"(?:[^"]|"")*"|[\\p{L}_][\\p{L}\\p{N}_$]*)?))`,
    'gu',
  );
  const keyed = new RegExp(`^([a-z]+(?: [a-z]+)*) ${escaped(schema)}(?=\\.|$)`, 'u');
  const text = (value: string): string =>
    value.replace(qualifier, (word, next: string) => (columns.has(next) ? word : (inText.get(word) ?? model)));
  const inArguments = (id: string): string => {
    const at = id.indexOf('(');
    return at < 0 ? id : id.slice(0, at) + text(id.slice(at));
  };
  const path = (value: string): string =>
    value
      .split(/(, *)/)
      .map((entry) => (entry === schema ? model : entry))
      .join('');
  const value = (given: JsonValue, key?: string): JsonValue => {
    if (typeof given === 'string') return key === 'search_path' ? path(given) : text(given);
    if (Array.isArray(given)) return given.map((item) => value(item));
    return typeof given === 'object' && given !== null ? attributes(given) : given;
  };
  const attributes = (given: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(given).map(([key, each]) => [key, value(each, key)]));
  return {
    id: (id: string): string => inArguments(isIn(id, schema) ? model + id.slice(schema.length) : id),
    key: (key: string): string => inArguments(key.replace(keyed, (_, kind: string) => `${kind} ${model}`)),
    attributes,
  };
}

/** A name as it stands in SQL, and inside a literal there: without and with backslashes. */
function asInLiterals(name: string): string[] {
  const quoted = name.replaceAll("'", "''");
  return [quoted.replaceAll('\\', '\\\\'), quoted, name];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** One comparison of all tenants: an entry that many of them give is told once, with their names. */
export function mergeTenants(compared: readonly { schemas: readonly string[]; comparison: Comparison }[]): Comparison {
  const entries = new Map<string, { entry: DriftEntry; tenants: string[] }>();
  const notVerified: NotVerified[] = [];
  let equal = 0;
  for (const { schemas, comparison } of compared) {
    equal += comparison.equal * schemas.length;
    notVerified.push(...comparison.notVerified);
    for (const entry of comparison.drift) {
      const key = canonicalJson(entry as unknown as JsonObject);
      const known = entries.get(key) ?? { entry, tenants: [] };
      known.tenants.push(...schemas);
      entries.set(key, known);
    }
  }
  const drift = [...entries.values()].map(({ entry, tenants }) => ({ ...entry, tenants: tenants.sort(byCodeUnit) }));
  return { drift, notVerified, equal };
}

/** What a side says of everything but these schemas (as names in facts are). */
export function withoutSchemas<Side extends ComparedSide>(side: Side, schemas: ReadonlySet<string>): Side {
  const kept = [...factsBySchema(side.facts)].filter(([schema]) => schema === undefined || !schemas.has(schema));
  return { ...side, facts: sortFacts(kept.flatMap(([, facts]) => facts)) };
}

export function noTenants({ schemas }: TenantRule): NotVerified {
  return { kind: 'schema', subject: schemas, reason: 'no schema of production has such a name' };
}
