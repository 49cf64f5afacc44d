// Production's schema beside the model: read from its database, or from the newest capture of a database that cannot be
// reached. Gathers facts only.

import { EdgeError } from '../../errors.ts';
import { canonicalJson, type JsonObject } from '../../json.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { type SignIn, signIn } from '../../monitor/database-sign-in.ts';
import { captureFolder, newestCapture } from '../../monitor/memory/captures.ts';
import { compareAll } from '../../postgres/compare-all.ts';
import { compareWithDatabase } from '../../postgres/compare-with-database.ts';
import type { ComparedSide } from '../../postgres/diff.ts';
import type { Comparison } from '../../postgres/drift.ts';
import { type Fact, sortFacts } from '../../postgres/fact.ts';
import type { CatalogRead } from '../../postgres/read-catalog.ts';
import type { Scope } from '../../postgres/scope.ts';
import { decodeSnapshot, type Snapshot } from '../../postgres/snapshot.ts';
import { factsBySchema, type TenantRule, tenantsIn } from '../../postgres/tenants.ts';
import { vocabularyWarning } from '../../postgres/vocabulary.ts';
import { withinSchemas } from '../../postgres/within.ts';
import { driftwatchVersion } from '../../version.ts';
import type { ProductionEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';
import { tenantRules } from './tenant-settings.ts';

export interface ComparedProduction extends Comparison {
  /** Stands for the catalog; `null` when not all of it could be read. */
  token: string | null;
  /** Where it was captured; a database is read now. */
  capture?: Extract<ProductionEvidence, { from: 'capture' }>;
  /** How many objects production has, and how many of its schemas are tenants'. */
  objects: number;
  tenants: number;
  production: CatalogRead & { scope?: readonly Scope[] };
  /** Time that the database itself was at work. */
  databaseMs: number;
  warnings: string[];
}

/** Its catalog is the one of the last full read. */
export interface Unchanged {
  unchanged: true;
  databaseMs: number;
}

type Context = CollectContext<SchemaSettings>;

/** @param unchangedSince the token of a reading whose verdict stands while production has it */
export function compareDatabase(
  context: Context,
  model: Snapshot,
  { beside, unchangedSince }: { beside: readonly ComparedSide[]; unchangedSince: string | undefined },
): Promise<SignIn<ComparedProduction | Unchanged>> {
  const { ports, signal } = context;
  const tenants = tenantRules(context.settings.tenants);
  return signIn(context, async (database) => {
    const connect = () => ports.databases.connect(database, { signal });
    const session = await connect();
    const since = unchangedSince === undefined ? {} : { unchangedSince };
    const compared = await compareWithDatabase(model, session, {
      signal,
      reconnect: connect,
      beside,
      tenants,
      ...since,
    }).finally(() => session.close());
    return compared.state === 'unchanged' ? { unchanged: true, databaseMs: compared.databaseMs } : compared;
  });
}

/** @returns the address of the folder when there is no capture in it */
export async function compareCapture(
  { target, settings, ports, signal, memoryBucket }: Context,
  model: Snapshot,
  beside: readonly ComparedSide[],
): Promise<ComparedProduction | { nothingAt: string }> {
  const { bucket = memoryBucket, key: prefix = captureFolder(target), maxAge = 0 } = settings.capture ?? {};
  const since = new Date(ports.clock.now().getTime() - maxAge);
  const newest = await newestCapture(ports.objects, { bucket, prefix }, since, signal);
  const object = newest && (await ports.objects.get(bucket, newest.key, { signal }));
  if (!newest || !object) return { nothingAt: `s3://${bucket}/${prefix}` };
  const address = `s3://${bucket}/${newest.key}`;
  const capture = decodeCapture(object.body, address);
  const { takenAt, takenBy, scope, serverVersion, vocabulary } = capture;
  const tenants = tenantRules(settings.tenants);
  const facts = factsFor(model, capture, tenants, address);
  const production = { facts, notVerified: [], serverVersion, scope, vocabulary };
  const warnings = [model, capture].map(vocabularyWarning).filter((warning) => warning !== undefined);
  return {
    ...compareAll([model, ...beside], production, tenants),
    objects: facts.length,
    tenants: tenantsIn(facts, tenants).size,
    token: null,
    capture: { from: 'capture', address, takenAt, writtenAt: newest.writtenAt.toISOString(), takenBy },
    production,
    databaseMs: 0,
    warnings,
  };
}

function decodeCapture(body: Uint8Array, address: string): Snapshot {
  try {
    return decodeSnapshot(body, address);
  } catch (cause) {
    if (!(cause instanceof EdgeError)) throw cause;
    throw new EdgeError('invalid', `The newest capture cannot be judged. ${cause.message}`, {
      remedy: `Run \`driftwatch capture\` there with the Driftwatch that judges it, which is ${driftwatchVersion}.`,
      cause,
    });
  }
}

/** The schemas that the model speaks of, and those that one of them stands for. */
function factsFor(model: Snapshot, capture: Snapshot, tenants: readonly TenantRule[], address: string): Fact[] {
  const [wanted, held] = [model, capture].map(({ options }) => canonicalJson(options as JsonObject));
  if (wanted === held) return capture.facts;
  if (held !== '{}') {
    throw new EdgeError('invalid', `The capture ${address} holds other schemas (${held}) than the model (${wanted}).`, {
      remedy: 'Capture every schema, without --schema and --exclude-schema, or the same ones as the model.',
    });
  }
  const ofTenants = tenantsIn(capture.facts, tenants);
  const counted = new Set(withinSchemas(capture.facts, model.options));
  const more = [...factsBySchema(capture.facts)].flatMap(([schema, facts]) =>
    schema !== undefined && ofTenants.has(schema) ? facts : [],
  );
  for (const fact of more) counted.add(fact);
  return sortFacts([...counted]);
}
