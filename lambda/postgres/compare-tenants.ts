// Compares a model with a database that holds one of its schemas many times. The server tells which of them are the
// same but for their names; one of each kind is read and compared, and what it gives stands for all of that kind. So
// thousands of schemas that are alike cost a digest each and one read.
import type { DatabaseSession } from '../platform/ports.ts';
import { type AskOptions, askCatalog } from './ask-catalog.ts';
import type { ComparedSide } from './diff.ts';
import {
  type Alike,
  type ComparedTenants,
  diffAlike,
  modelsOf,
  notOfTheRest,
  type Tenant,
  together,
  unmatchedRules,
} from './diff-tenants.ts';
import { type Comparison, keyOf, type NotVerified } from './drift.ts';
import { quotedAsNewest } from './keywords.ts';
import { type CatalogRead, notVerifiedOf, readSchemas, type TokenedRead } from './read-catalog.ts';
import type { ReadOptions } from './snapshot.ts';
import { addUp, type DigestRow, type SchemaDigest } from './tenant-digests.ts';
import {
  factsBySchema,
  isIn,
  type ModelOfTenants,
  notVerifiedUnderModelName,
  ruleFor,
  standsForOthers,
  type TenantRule,
} from './tenants.ts';
import { majorOf } from './versions.ts';

/** Facts of tenants that are held at once, beside those of the model: a function's memory is small. */
const factsAtOnce = 20_000;

export interface ComparedRead extends TokenedRead {
  comparison: Comparison;
  /** Nothing was left out because somebody had locked it. */
  whole: boolean;
  /** How many facts production has, in its tenants' schemas and beside them; `catalog` holds only the latter. */
  objects: number;
  /** How many schemas of production are tenants' by the rules. */
  tenants: number;
}

export interface TenantsOptions extends AskOptions {
  rules: readonly TenantRule[];
  /** Compares what is in no tenant's schema, leaving out these schemas of the model. */
  compareRest(production: CatalogRead, without: ReadonlySet<string>): Comparison;
}

interface DigestedTenant extends Tenant {
  /** Not quoted. */
  name: string;
  digest: SchemaDigest;
}

/** @throws EdgeError `invalid` when the model lacks the schema of a rule; what askCatalog throws */
export async function compareTenants(
  model: ComparedSide & { options: ReadOptions },
  session: DatabaseSession,
  { rules, compareRest, ...options }: TenantsOptions,
): Promise<ComparedRead> {
  const models = modelsOf(model, rules);
  const { tenants, locked, token, ...asked } = await askForTenants(session, models, options);

  const others = { matching: [model.options], without: tenants.map(({ name }) => name) };
  const rest = await readSchemas(session, others, options);
  let databaseMs = asked.databaseMs + rest.databaseMs;
  let whole = locked.length === 0 && rest.catalog.notVerified.length === 0;
  const compared: ComparedTenants[] = [];
  for (const batch of inBatches(alike(tenants, locked))) {
    const read = await readSchemas(session, { matching: [], also: batch.map(([{ name }]) => name) }, options);
    databaseMs += read.databaseMs;
    whole &&= read.catalog.notVerified.length === 0;
    const facts = factsBySchema(read.catalog.facts);
    for (const group of batch) {
      const production = { ...read.catalog, facts: facts.get(group[0].schema) ?? [] };
      const schemas = group.map(({ schema }) => schema);
      compared.push({ schemas, comparison: diffAlike(group, model, production, locked) });
    }
  }
  const own = compareRest(rest.catalog, notOfTheRest(tenants, models, rest.catalog.facts));
  return {
    comparison: together(own, compared, [...locked, ...unmatchedRules(models, tenants)]),
    token,
    whole,
    catalog: rest.catalog,
    databaseMs,
    objects: rest.catalog.facts.length + tenants.reduce((sum, { digest }) => sum + digest.facts, 0),
    tenants: tenants.length,
  };
}

interface AskedTenants {
  tenants: DigestedTenant[];
  /** What of them somebody has locked. */
  locked: NotVerified[];
  token: string;
  databaseMs: number;
}

async function askForTenants(
  session: DatabaseSession,
  models: ReadonlyMap<TenantRule, ModelOfTenants>,
  options: AskOptions,
): Promise<AskedTenants> {
  const rules = [...models.keys()];
  const matching = rules.map(({ schemas, except = [] }) => ({
    includeSchemas: [schemas],
    excludeSchemas: [...except],
  }));
  const answer = await askCatalog(session, { schemas: { matching }, as: 'digests', withToken: true }, options, noFact);
  const digests = addUp(answer.digests as unknown as DigestRow[]);
  const major = majorOf(session.serverVersion);
  const tenants = answer.schemas.flatMap(({ name, quoted }): DigestedTenant[] => {
    const rule = ruleFor(String(name), rules);
    const model = rule && models.get(rule);
    if (!model) return [];
    const digest = digests.get(String(quoted)) ?? { facts: 0, text: '' };
    return [{ name: String(name), schema: quotedAsNewest(String(quoted), major), model, digest }];
  });
  const { token, databaseMs } = answer;
  return { tenants, locked: notVerifiedOf(answer, session.serverVersion), token, databaseMs };
}

function noFact(): never {
  throw new Error('a fact answers what only digests were asked for');
}

/** What is locked in a schema is in its digest as if it were not there, so it keeps schemas apart, too. */
function alike(tenants: readonly DigestedTenant[], locked: readonly NotVerified[]): Alike<DigestedTenant>[] {
  const lockedIn = Map.groupBy(locked, ({ subject }) => tenants.find(({ schema }) => isIn(subject, schema))?.schema);
  const groups = new Map<string, [DigestedTenant, ...DigestedTenant[]]>();
  for (const tenant of tenants) {
    const { schema, model, digest } = tenant;
    const hidden = notVerifiedUnderModelName(lockedIn.get(schema) ?? [], schema, model.schema).map(keyOf);
    const alone = standsForOthers(schema, model) ? [] : [schema];
    const key = JSON.stringify([model.schema, digest.text, hidden, alone]);
    const group = groups.get(key);
    if (group) group.push(tenant);
    else groups.set(key, [tenant]);
  }
  return [...groups.values()];
}

function* inBatches(groups: readonly Alike<DigestedTenant>[]): Generator<Alike<DigestedTenant>[]> {
  let batch: Alike<DigestedTenant>[] = [];
  let facts = 0;
  for (const group of groups) {
    const more = group[0].digest.facts;
    if (batch.length > 0 && facts + more > factsAtOnce) {
      yield batch;
      batch = [];
      facts = 0;
    }
    batch.push(group);
    facts += more;
  }
  if (batch.length > 0) yield batch;
}
