// What a deployment changes in production, told apart from what differs there already, and how much each change can do:
// classed as the repair classes the statement that would make it. Pure.
import type { Difference } from '../../../checks/schema/evidence.ts';
import { byCodeUnit, canonicalJson } from '../../../json.ts';
import { diff } from '../../../postgres/diff.ts';
import { differenceId } from '../../../postgres/difference-id.ts';
import type { DriftEntry } from '../../../postgres/drift.ts';
import { type Fact, factKey } from '../../../postgres/fact.ts';
import { repair } from '../../../postgres/repair/repair.ts';
import {
  type RepairClass,
  type RepairStatement,
  type RepairStep,
  repairClasses,
  stepsByDifference,
} from '../../../postgres/repair/statement.ts';
import type { Snapshot } from '../../../postgres/snapshot.ts';

export type Change = {
  difference: Difference;
  /** The worst of its statements; null when there is no SQL that makes it. */
  class: RepairClass | null;
  /** Why it has that class, or why there is no SQL. */
  why: string;
  sql: string[];
};

export interface Production {
  facts: readonly Fact[];
  serverVersion: number;
}

export interface Apart {
  /** What is left to do. */
  changes: DriftEntry[];
  /** What production has otherwise than both versions. */
  existing: Difference[];
  /** How much it has as the new version does, and not as the one that runs: those changes were made before. */
  done: number;
}

/** @param fromNew how production differs from the new model; @param fromBase and from that of the version that runs */
export function tellApart(fromNew: readonly DriftEntry[], fromBase: readonly DriftEntry[]): Apart {
  const before = new Set(fromBase.map(placeOf));
  const left = new Set(fromNew.map(placeOf));
  const existing = fromBase.filter((entry) => left.has(placeOf(entry)));
  return {
    changes: fromNew.filter((entry) => !before.has(placeOf(entry))),
    existing: existing.map((entry) => ({ ...entry, id: differenceId(entry) })),
    done: fromBase.length - existing.length,
  };
}

/** What is missing is missing whatever it should look like; what differs in another way than before is changed. */
function placeOf({ kind, subject, verb, attribute, expected }: DriftEntry): string {
  return canonicalJson([kind, subject, verb, attribute ?? null, verb === 'changed' ? expected : null]);
}

/** @param base of the version that runs: schemas of tenants are as it says, and are classed by it */
export function classed(
  changes: readonly DriftEntry[],
  model: Snapshot,
  production: Production,
  base: Snapshot | undefined,
): Change[] {
  const own = classesIn(
    changes.filter(({ tenants }) => !tenants),
    model.facts,
    production,
  );
  const ofTenants = changes.filter(({ tenants }) => tenants);
  const planned = ofTenants.length === 0 || !base ? undefined : diff(model, base).drift;
  const byPlan = planned && base ? classesIn(planned, model.facts, base) : undefined;
  return changes.map((entry) => {
    const id = differenceId(entry);
    const found = (entry.tenants ? byPlan : own)?.get(id);
    const unclassed = {
      class: null,
      why: 'It is about several schemas, and no earlier model says how they are.',
      sql: [],
    };
    return { difference: { ...entry, id }, ...(found ?? unclassed) };
  });
}

type Class = Omit<Change, 'difference'>;

function classesIn(
  entries: readonly DriftEntry[],
  wanted: readonly Fact[],
  { facts, serverVersion }: Production,
): Map<string, Class> {
  const steps = repair(entries, wanted, facts, { serverVersion, scope: ['structure'] });
  const stepsFor = stepsByDifference(steps);
  return new Map(entries.map((entry) => [differenceId(entry), classOf(stepsFor(entry), steps)]));
}

function classOf(own: readonly RepairStep[], all: readonly RepairStep[]): Class {
  const statements = own.flatMap((step) =>
    'with' in step ? statementsFor(step.with, all) : 'sql' in step ? [step] : [],
  );
  const none = own.flatMap((step) => ('none' in step ? [step.none] : []));
  const [worst] = statements.toSorted((left, right) => rank(right.class) - rank(left.class));
  const sql = statements.map((statement) => statement.sql);
  if (none[0] !== undefined || !worst) return { class: null, why: none[0] ?? 'There is no SQL for it.', sql };
  return { class: worst.class, why: worst.reason, sql };
}

function statementsFor(key: string, all: readonly RepairStep[]): RepairStatement[] {
  return all.flatMap((step) => ('sql' in step && factKey({ kind: step.kind, id: step.subject }) === key ? [step] : []));
}

/** Worse ones are higher; what nobody classed comes after what is known to lose data. */
export function rank(of: RepairClass | null): number {
  return of === null ? 1.5 : repairClasses.indexOf(of);
}

export function worstFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted(
    (left, right) =>
      rank(right.class) - rank(left.class) || byCodeUnit(left.difference.subject, right.difference.subject),
  );
}
