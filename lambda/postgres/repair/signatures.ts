// A routine that takes other arguments is told as one difference, and is another object for PostgreSQL: for the planner
// the one of the model is missing, and the one of production is in the way.
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { qualifiedName } from './identifier.ts';
import { entryKey } from './scene.ts';
import { type RepairedEntry, type RepairStep, repairedEntry } from './statement.ts';

export interface Replacing {
  entries: readonly DriftEntry[];
  /** For what else differs about such a routine: it is as in the model once that is made anew. */
  along: RepairStep[];
  /** A step that was planned for one of these entries, for the difference that it is about. */
  asTold(step: RepairStep): RepairStep;
}

export function replacedSignatures(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
): Replacing {
  const changed = entries.filter(({ verb, kind }) => verb === 'changed' && renameHint(kind)?.signature === true);
  if (changed.length === 0) return { entries, along: [], asTold: (step) => step };
  const there = new Map(production.map((fact) => [factKey(fact), fact]));
  const wanted = new Map(model.map((fact) => [factKey(fact), fact]));
  const replaced = new Map<FactKey, { entry: DriftEntry; before: Fact }>();
  for (const entry of changed) {
    if (entry.attribute !== 'arguments') continue;
    const before = there.has(entryKey(entry)) ? undefined : formerOf(entry, production, wanted);
    if (before) replaced.set(entryKey(entry), { entry, before });
  }
  const told = new Map([...replaced.values()].map(({ entry, before }) => [factKey(before), repairedEntry(entry)]));
  return {
    entries: entries.flatMap((entry): DriftEntry[] => {
      const found = replaced.get(entryKey(entry));
      const fact = wanted.get(entryKey(entry));
      if (!found || !fact) return [entry];
      if (found.entry !== entry) return [];
      const { kind, parent } = entry;
      const place = { kind, ...(parent !== undefined && { parent }) };
      return [
        { ...entry, verb: 'missing', expected: fact.attributes, actual: null },
        { ...place, subject: found.before.id, verb: 'unexpected', expected: null, actual: found.before.attributes },
      ];
    }),
    along: changed.flatMap((entry): RepairStep[] => {
      const found = replaced.get(entryKey(entry));
      return found && found.entry !== entry ? [{ ...repairedEntry(entry), with: entryKey(entry) }] : [];
    }),
    asTold: (step) => {
      const entry: RepairedEntry | undefined = told.get(factKey({ kind: step.kind, id: step.subject }));
      return entry ? { ...step, ...entry } : step;
    },
  };
}

/** Which one of production the difference speaks of. */
function formerOf(
  { kind, subject, attribute = '', actual }: DriftEntry,
  production: readonly Fact[],
  wanted: ReadonlyMap<FactKey, Fact>,
): Fact | undefined {
  return production.find(
    (fact) =>
      fact.kind === kind &&
      qualifiedName(fact.id) === qualifiedName(subject) &&
      !wanted.has(factKey(fact)) &&
      fact.attributes[attribute] === actual,
  );
}
