// What a repair says: SQL that a person may run, or why there is none. Pure values; Driftwatch never runs them.
import type { FactKey } from '../fact.ts';

/**
 * `safe`: changes nothing that exists, and blocks nobody for long. `risky`: may lock, fail on existing data, convert
 * it, or take something away that a query relies on. `destructive`: loses data, or the identity of rows.
 */
export const repairClasses = ['safe', 'risky', 'destructive'] as const;
export type RepairClass = (typeof repairClasses)[number];

/** The drift entry that a step is for. */
export type RepairedEntry = {
  kind: string;
  subject: string;
  /** Of a `changed` entry. */
  attribute?: string;
};

export function repairedEntry({ kind, subject, attribute }: RepairedEntry): RepairedEntry {
  return { kind, subject, ...(attribute !== undefined && { attribute }) };
}

/** One SQL statement, ended by its semicolon. */
export type RepairStatement = RepairedEntry & {
  sql: string;
  class: RepairClass;
  /** Why it has that class, for whoever is about to run it. */
  reason: string;
  /** `false`: PostgreSQL refuses it inside a transaction, or its effect cannot be used in the same one. */
  transaction?: false;
};

/** Drift that SQL alone cannot, or should not, undo. */
export type NoRepair = RepairedEntry & {
  /** One sentence: why not, and what to do instead. */
  none: string;
};

/** Drift that the statements for another object undo as well. */
export type RepairedWith = RepairedEntry & {
  with: FactKey;
};

export type RepairStep = RepairStatement | NoRepair | RepairedWith;

/** What to do about one finding, as SQL: its statements, each under how dangerous it is, or why there are none. */
export function remedyText(steps: readonly RepairStep[]): string {
  return steps
    .map((step) => {
      // Names may hold line breaks, which would end the comment.
      if ('sql' in step) return `-- ${step.class}: ${step.reason.replace(/\s+/g, ' ')}\n${step.sql}`;
      return 'none' in step ? step.none : `Repaired together with ${step.with}.`;
    })
    .join('\n');
}

/** The steps for each of many differences, in their order. */
export function stepsByDifference(steps: readonly RepairStep[]): (entry: RepairedEntry) => RepairStep[] {
  const keyOf = (entry: RepairedEntry) => JSON.stringify(repairedEntry(entry));
  const byKey = Map.groupBy(steps, keyOf);
  return (entry) => byKey.get(keyOf(entry)) ?? [];
}
