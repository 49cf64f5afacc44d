// Compares production with the model of the new version, and with that of the one that runs. One read serves both, but
// for schemas of tenants.
import { capturedBy } from '../../../checks/schema/captured.ts';
import { differencesFrom, modelOf } from '../../../checks/schema/held-to.ts';
import { type ComparedProduction, compareCapture, compareDatabase } from '../../../checks/schema/read-production.ts';
import type { SchemaSettings } from '../../../checks/schema/settings.ts';
import type { CheckEntry } from '../../../config/settings.ts';
import { EdgeError } from '../../../errors.ts';
import type { CollectContext } from '../../../monitor/check.ts';
import type { Snapshot } from '../../../postgres/snapshot.ts';
import { contextOf } from '../../check-context.ts';
import type { RuleContext } from '../../rule.ts';
import type { SettingsOf } from '../../settings.ts';
import { classed, tellApart } from './changes.ts';
import type { SchemaGateEvidence } from './evidence.ts';
import { newSnapshot, snapshotBefore, storeOf } from './models.ts';

export interface SchemaRule {
  entry: Pick<CheckEntry, 'id'> & { settings: SchemaSettings };
  rule: SettingsOf<'schema'>;
}

export async function collect({ settings, input, signal }: RuleContext<SchemaRule>): Promise<SchemaGateEvidence> {
  const { entry } = settings;
  const store = storeOf(input);
  const wanted = await newSnapshot(input, store, entry.settings.model, signal);
  const { base, unpublished } = await snapshotBefore(input, store, entry.settings, wanted, signal);
  const context = contextOf(input, entry, signal);
  const model = modelOf(wanted.snapshot, entry.settings);
  const seen = await readProduction(context, model);
  if ('notRead' in seen) return { state: 'not read', ...seen.notRead };
  const before = base && modelOf(base.snapshot, entry.settings);
  const fromBase = before ? await differencesFrom(before, context, seen) : [];
  if (fromBase === undefined) {
    throw new EdgeError('unavailable', 'production could not be read a second time', { remedy: 'Run the gate again.' });
  }
  const { changes, existing, done } = tellApart(seen.drift, fromBase);
  return {
    state: 'compared',
    model: { name: entry.settings.model, version: wanted.version, source: wanted.source },
    base: base ? { version: base.version, chosenBy: base.chosenBy } : null,
    unpublished,
    capture: seen.capture ? { address: seen.capture.address, takenBy: capturedBy(seen.capture).toISOString() } : null,
    equal: seen.equal,
    changes: classed(changes, model, seen.production, before),
    existing,
    done,
    notVerified: seen.notVerified,
    warnings: seen.warnings,
  };
}

async function readProduction(
  context: CollectContext<SchemaSettings>,
  model: Snapshot,
): Promise<ComparedProduction | { notRead: { message: string; remedy: string } }> {
  const { capture } = context.settings;
  if (capture) {
    if (context.memoryBucket === '' && capture.bucket === undefined) {
      const message = 'the captures of production are in the bucket of the monitor, which was not named';
      return { notRead: { message, remedy: 'Name it: --bucket.' } };
    }
    const seen = await compareCapture(context, model, []);
    if (!('nothingAt' in seen)) return seen;
    const message = `there is no capture of production at ${seen.nothingAt}`;
    return { notRead: { message, remedy: 'Run `driftwatch capture` beside the database first.' } };
  }
  const seen = await compareDatabase(context, model, { beside: [], unchangedSince: undefined });
  if (!seen.ok) return { notRead: { message: seen.error.message, remedy: seen.error.remedy } };
  if ('unchanged' in seen.value) throw new Error('no earlier reading was named');
  return seen.value;
}
