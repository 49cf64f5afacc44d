// One thing in another's place is told as one difference and takes several statements: this brings its parts back as
// entries for the planner, and tells their steps under that difference again.
import { type Change, changes } from '../diff/changes.ts';
import { isReplacement, replacedBy } from '../diff/replacements.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { entryKey } from './scene.ts';
import { type RepairedEntry, type RepairStep, repairedEntry } from './statement.ts';

export interface TakenApart {
  entries: readonly DriftEntry[];
  /** The steps under the entries that are told. */
  asTold(steps: readonly RepairStep[]): RepairStep[];
}

export function takenApart(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  serverVersion: number,
): TakenApart {
  const isWhole = ({ kind, verb, attribute }: DriftEntry): boolean =>
    verb === 'changed' && replacedBy(kind, attribute) !== undefined;
  if (!entries.some(isWhole)) return { entries, asTold: (steps) => [...steps] };
  const [wanted, there] = [model, production].map((facts) => new Map(facts.map((fact) => [factKey(fact), fact]))) as [
    Map<FactKey, Fact>,
    Map<FactKey, Fact>,
  ];
  const told = new Map<string, RepairedEntry>();
  const apart = entries.flatMap((entry): DriftEntry[] => {
    if (!isWhole(entry)) return [entry];
    const parts = partsOf(entry, wanted, there, serverVersion);
    for (const part of parts) told.set(idOf(part), repairedEntry(entry));
    return parts.length === 0 ? [entry] : parts;
  });
  return { entries: apart, asTold: (steps) => underTold(steps, told) };
}

/** Both changes, and what of the object only one side has; none when the entry is a change of its own. */
function partsOf(
  entry: DriftEntry,
  wanted: ReadonlyMap<FactKey, Fact>,
  there: ReadonlyMap<FactKey, Fact>,
  serverVersion: number,
): DriftEntry[] {
  const [expected, actual] = [wanted.get(entryKey(entry)), there.get(entryKey(entry))];
  if (!expected || !actual) return [];
  const all = changes(expected, actual, {
    versions: { expected: serverVersion, actual: serverVersion },
    isCompared: () => true,
  });
  const find = (attribute?: string): Change | undefined => all.find((change) => change.entry.attribute === attribute);
  const [own, other] = [find(entry.attribute), find(replacedBy(entry.kind, entry.attribute))];
  if (!own || !other || !isReplacement(own, other)) return [];
  const swallowed = entry.swallowed ?? [];
  const shared = swallowed.filter((key) => wanted.has(key) && there.has(key));
  const along = shared.length > 0 ? { swallowed: shared } : {};
  return [
    { ...own.entry, ...along },
    { ...other.entry, ...along },
    ...swallowed.flatMap((key): DriftEntry[] => {
      const [missing, unexpected] = [wanted.get(key), there.get(key)];
      const fact = missing ?? unexpected;
      if (!fact || (missing && unexpected)) return [];
      const { kind, id: subject, parent } = fact;
      return [
        {
          kind,
          subject,
          ...(parent !== undefined && { parent }),
          verb: missing ? 'missing' : 'unexpected',
          expected: missing?.attributes ?? null,
          actual: unexpected?.attributes ?? null,
        },
      ];
    }),
  ];
}

/** What is repaired with another part of the same difference needs no saying. */
function underTold(steps: readonly RepairStep[], told: ReadonlyMap<string, RepairedEntry>): RepairStep[] {
  const withStatements = new Set(steps.flatMap((step) => ('sql' in step ? [idOf(told.get(idOf(step)) ?? step)] : [])));
  return steps.flatMap((step): RepairStep[] => {
    const entry = told.get(idOf(step));
    if (!entry) return [step];
    if ('with' in step && withStatements.has(idOf(entry))) return [];
    const { kind: _kind, subject: _subject, attribute: _attribute, ...what } = step;
    return [{ ...what, ...entry } as RepairStep];
  });
}

function idOf({ kind, subject, attribute }: RepairedEntry): string {
  return JSON.stringify([kind, subject, attribute ?? null]);
}
