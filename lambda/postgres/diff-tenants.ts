// What a model's schema and the many of production that it stands for differ in. Pure; where the facts of production
// come from, and which tenants were found to be alike, is said by whoever calls.
import { byPlace, type ComparedSide, diff } from './diff.ts';
import { type Comparison, keyOf, type NotVerified } from './drift.ts';
import type { Fact } from './fact.ts';
import { unquoted } from './repair/identifier.ts';
import {
  factsBySchema,
  isIn,
  type ModelOfTenants,
  mergeTenants,
  modelOf,
  noTenants,
  notVerifiedUnderModelName,
  ruleFor,
  type TenantRule,
  underModelName,
  withoutSchemas,
} from './tenants.ts';

/** A schema of production that a rule is about. */
export interface Tenant {
  /** As names in facts are. */
  schema: string;
  model: ModelOfTenants;
}

/** Tenants that hold the same; the first stands for the others. */
export type Alike<Each extends Tenant = Tenant> = readonly [Each, ...Each[]];

export interface ComparedTenants {
  schemas: readonly string[];
  comparison: Comparison;
}

/** @throws EdgeError `invalid` when the model lacks the schema of a rule */
export function modelsOf(model: ComparedSide, rules: readonly TenantRule[]): Map<TenantRule, ModelOfTenants> {
  const bySchema = factsBySchema(model.facts);
  return new Map(rules.map((rule) => [rule, modelOf(rule, bySchema)]));
}

/**
 * Compares with facts that are all at hand.
 * @throws EdgeError `invalid` when the model lacks the schema of a rule
 */
export function diffTenants(model: ComparedSide, production: ComparedSide, rules: readonly TenantRule[]): Comparison {
  if (rules.length === 0) return diff(model, production);
  const models = modelsOf(model, rules);
  const facts = factsBySchema(production.facts);
  const tenants = [...facts.keys()].flatMap((schema): Tenant[] => {
    const rule = schema === undefined ? undefined : ruleFor(unquoted(schema), rules);
    const expected = rule && models.get(rule);
    return schema === undefined || !expected ? [] : [{ schema, model: expected }];
  });
  const compared = tenants.map((tenant) => ({
    schemas: [tenant.schema],
    comparison: diffAlike([tenant], model, { ...production, facts: facts.get(tenant.schema) ?? [] }, []),
  }));
  const rest = withoutSchemas(production, new Set(tenants.map(({ schema }) => schema)));
  const own = diff(withoutSchemas(model, notOfTheRest(tenants, models, rest.facts)), rest);
  return together(own, compared, unmatchedRules(models, tenants));
}

/**
 * @param production what the first of them holds, and what of everything read is locked by now
 * @param known what is locked and has been told
 */
export function diffAlike(
  [first, ...others]: Alike,
  model: ComparedSide,
  production: ComparedSide,
  known: readonly NotVerified[],
): Comparison {
  const { schema, model: expected } = first;
  const told = new Set(known.map(keyOf));
  const late = (production.notVerified ?? []).filter((entry) => isIn(entry.subject, schema) && !told.has(keyOf(entry)));
  const comparison = diff(
    { ...model, facts: expected.facts },
    {
      ...production,
      facts: underModelName(production.facts, schema, expected.schema),
      notVerified: notVerifiedUnderModelName([...known, ...late], schema, expected.schema),
    },
  );
  const standing = others.length === 0 ? '' : `, in a schema that ${others.length} more are like`;
  return { ...comparison, notVerified: late.map((entry) => ({ ...entry, reason: entry.reason + standing })) };
}

/** Schemas of tenants, and those of the model that only stand for them because production has none of that name. */
export function notOfTheRest(
  tenants: readonly Tenant[],
  models: ReadonlyMap<TenantRule, ModelOfTenants>,
  production: readonly Fact[],
): ReadonlySet<string> {
  const there = new Set(production.filter(({ kind }) => kind === 'schema').map(({ id }) => id));
  const absent = [...models.values()].map(({ schema }) => schema).filter((schema) => !there.has(schema));
  return new Set([...tenants.map(({ schema }) => schema), ...absent]);
}

/** Rules that are about no schema of production: nothing was verified for them. */
export function unmatchedRules(
  models: ReadonlyMap<TenantRule, ModelOfTenants>,
  tenants: readonly Tenant[],
): NotVerified[] {
  const matched = new Set(tenants.map(({ model }) => model));
  return [...models].filter(([, model]) => !matched.has(model)).map(([rule]) => noTenants(rule));
}

/** What is in no tenant's schema and what is, as one comparison. */
export function together(
  own: Comparison,
  compared: readonly ComparedTenants[],
  notVerified: readonly NotVerified[],
): Comparison {
  const ofTenants = mergeTenants(compared);
  return {
    drift: [...own.drift, ...ofTenants.drift].sort(byPlace),
    notVerified: [...own.notVerified, ...ofTenants.notVerified, ...notVerified],
    equal: own.equal + ofTenants.equal,
  };
}
