// What has to stay although production has it too many: something that the repair cannot change still uses it.
import type { DriftEntry } from '../drift.ts';
import { type FactKey, factKey } from '../fact.ts';
import { dependenciesOf, mentionedIn } from './dependencies.ts';
import type { Differences } from './scene.ts';
import { type NoRepair, type RepairStep, repairedEntry } from './statement.ts';

/** @param others what was said of the differences that have no statements */
export function keptInUse(
  { scene, removed, changed }: Differences,
  others: readonly RepairStep[],
): Map<DriftEntry, NoRepair> {
  const unrepaired = new Set(others.filter((step) => 'none' in step).map(nameOf));
  const kept = new Map<DriftEntry, NoRepair>();
  const queue: { user: string; uses: Iterable<FactKey> }[] = changed
    .filter(({ entry }) => unrepaired.has(nameOf(entry)))
    .map(({ entry, key }) => ({ user: key, uses: mentionedIn(entry.actual, scene.current) }));
  const dropped = Map.groupBy(removed, ([, entry]) => entry);
  const keep = (entry: DriftEntry, reason: string): void => {
    if (kept.has(entry)) return;
    kept.set(entry, { ...repairedEntry(entry), none: reason });
    const facts = (dropped.get(entry) ?? []).flatMap(([key]) => scene.current.get(key) ?? []);
    queue.push(...facts.map((fact) => ({ user: factKey(fact), uses: dependenciesOf(fact, scene.current) })));
  };
  for (const entry of new Set(removed.values())) {
    const said = others.find((step) => 'none' in step && nameOf(step) === nameOf(entry));
    if (said && 'none' in said) keep(entry, said.none);
  }
  for (const { user, uses } of queue) {
    for (const key of uses) {
      const entry = removed.get(key);
      if (entry) keep(entry, `The ${user} uses it, and stays as it is.`);
    }
  }
  return kept;
}

function nameOf({ kind, subject, attribute }: { kind: string; subject: string; attribute?: string }): string {
  return JSON.stringify([kind, subject, attribute ?? null]);
}
