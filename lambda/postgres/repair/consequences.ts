// Differences that are told with their cause (a default that is gone because its function is) have statements of their
// own: this brings them back as entries, for the planner alone.
import { type Change, changes, type Terms } from '../diff/changes.ts';
import { isRecast, lostWith } from '../diff/consequences.ts';
import { mentionsAmong } from '../diff/mentions.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { entryKey } from './scene.ts';

export function withConsequences(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  serverVersion: number,
): readonly DriftEntry[] {
  if (!entries.some((entry) => entry.verb === 'missing' || isSource(entry))) return entries;
  const [wanted, there] = [model, production].map((facts) => new Map(facts.map((fact) => [factKey(fact), fact])));
  const versions = { expected: serverVersion, actual: serverVersion };
  const terms: Terms = { versions, isCompared: () => true };
  const changesOf = (key: FactKey): Change[] => {
    const [expected, actual] = [wanted?.get(key), there?.get(key)];
    return expected && actual ? changes(expected, actual, terms) : [];
  };
  return entries.flatMap((entry): DriftEntry[] => {
    const { swallowed = [] } = entry;
    if (entry.verb === 'missing') {
      const isThere = (key: FactKey): boolean =>
        there?.has(key) === true && there.get(key)?.parent === wanted?.get(key)?.parent;
      const gone = [entryKey(entry), ...swallowed].flatMap((key) => (isThere(key) ? [] : (wanted?.get(key) ?? [])));
      const mentioned = mentionsAmong(gone, model);
      const lost = swallowed
        .filter(isThere)
        .flatMap(changesOf)
        .filter((change) => lostWith(change, mentioned));
      const missing = swallowed.filter((key) => !isThere(key));
      return [{ ...entry, swallowed: missing }, ...lost.map((change) => change.entry)];
    }
    const fact = wanted?.get(entryKey(entry));
    if (!isSource(entry) || !fact) return [entry];
    const all = [entryKey(entry), ...swallowed].flatMap(changesOf);
    const recast = all.filter((change) => isRecast(change, { fact, entry }, versions) || isLikewise(change, entry));
    const own = new Set(recast.map((change) => factKey(change.fact)));
    return [{ ...entry, swallowed: swallowed.filter((key) => !own.has(key)) }, ...recast.map((change) => change.entry)];
  });
}

/** The same change of an object of another kind, which has a statement of its own: the type of a column's sequence. */
function isLikewise({ entry }: Change, { kind, attribute, expected, actual }: DriftEntry): boolean {
  return entry.kind !== kind && entry.attribute === attribute && entry.expected === expected && entry.actual === actual;
}

function isSource({ kind, verb, attribute = '' }: DriftEntry): boolean {
  return verb === 'changed' && attributeNote(kind, attribute)?.recasts === true;
}
