// Differences that are told with their cause (a default that is gone because its function is) have statements of their
// own: this brings them back as entries, for the planner alone.
import { type Change, changes, type Terms } from '../diff/changes.ts';
import { isRecast, lostWith } from '../diff/consequences.ts';
import { mentionsAmong } from '../diff/mentions.ts';
import { followsNeeded } from '../diff/one-sided.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type FactsByKey, factsByKey } from '../facts-by-key.ts';
import { attributeNote } from '../kinds.ts';
import { entryKey } from './scene.ts';

export function withConsequences(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  serverVersion: number,
): readonly DriftEntry[] {
  if (!entries.some((entry) => entry.verb === 'missing' || isSource(entry) || entry.swallowed)) return entries;
  const [wanted, there] = [factsByKey(model), factsByKey(production)];
  const versions = { expected: serverVersion, actual: serverVersion };
  const terms: Terms = { versions, isCompared: () => true };
  const changesOf = (key: FactKey): Change[] => {
    const [expected, actual] = [wanted.get(key), there.get(key)];
    return expected && actual ? changes(expected, actual, terms) : [];
  };
  const apart = entries.flatMap((entry) => [entry, ...replacedWith(entry, wanted, there)]);
  return apart.flatMap((entry): DriftEntry[] => {
    const { swallowed = [] } = entry;
    if (entry.verb === 'missing') {
      const isThere = (key: FactKey): boolean => there.has(key) && there.get(key)?.parent === wanted.get(key)?.parent;
      const gone = [entryKey(entry), ...swallowed].flatMap((key) => (isThere(key) ? [] : (wanted.get(key) ?? [])));
      const mentioned = mentionsAmong(gone, model);
      const lost = swallowed
        .filter(isThere)
        .flatMap(changesOf)
        .filter((change) => lostWith(change, mentioned));
      const missing = swallowed.filter((key) => !isThere(key));
      return [{ ...entry, swallowed: missing }, ...lost.map((change) => change.entry)];
    }
    const fact = wanted.get(entryKey(entry));
    if (!isSource(entry) || !fact) return [entry];
    const all = [entryKey(entry), ...swallowed].flatMap(changesOf);
    const recast = all.filter((change) => isRecast(change, { fact, entry }, versions) || isLikewise(change, entry));
    const own = new Set(recast.map((change) => factKey(change.fact)));
    return [{ ...entry, swallowed: swallowed.filter((key) => !own.has(key)) }, ...recast.map((change) => change.entry)];
  });
}

/** What one side has in the place of what the change is about, as entries of its own: the sequence of a serial column. */
function replacedWith(entry: DriftEntry, wanted: FactsByKey, there: FactsByKey): DriftEntry[] {
  const needed = wanted.get(entryKey(entry));
  if (entry.verb !== 'changed' || !needed || entry.attribute === 'form') return [];
  return (entry.swallowed ?? []).flatMap((key): DriftEntry[] => {
    const [expected, actual] = [wanted.get(key), there.get(key)];
    const fact = expected ?? actual;
    if (!fact || (expected && actual)) return [];
    const verb = expected ? 'missing' : 'unexpected';
    if (!followsNeeded(verb, fact, { fact: needed, entry })) return [];
    const { kind, id, parent } = fact;
    const place = { kind, subject: id, ...(parent !== undefined && { parent }) };
    const values = { expected: expected?.attributes ?? null, actual: actual?.attributes ?? null };
    return [{ ...place, verb, ...values, swallowed: expected ? [entryKey(entry)] : [] }];
  });
}

/** The same change of an object of another kind, which has a statement of its own: the type of a column's sequence. */
function isLikewise({ entry }: Change, { kind, attribute, expected, actual }: DriftEntry): boolean {
  return entry.kind !== kind && entry.attribute === attribute && entry.expected === expected && entry.actual === actual;
}

function isSource({ kind, verb, attribute = '' }: DriftEntry): boolean {
  return verb === 'changed' && attributeNote(kind, attribute)?.recasts === true;
}
