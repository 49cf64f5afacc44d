// What a comparison found, with everything that any format says of it: each difference with its id, what it breaks and
// how it is repaired, where both sides came from, and what was not looked at. Pure values, in the comparison's order.
import { canonicalJson, type JsonValue } from '../../lambda/json.ts';
import { type Assessment, assess } from '../../lambda/postgres/assessment/assess.ts';
import { differenceId } from '../../lambda/postgres/difference-id.ts';
import type { DriftEntry, NotVerified } from '../../lambda/postgres/drift.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { repair } from '../../lambda/postgres/repair/repair.ts';
import { type RepairStep, stepsByDifference } from '../../lambda/postgres/repair/statement.ts';
import { commonScope, type Scope, scopes } from '../../lambda/postgres/scope.ts';

/** One side of the comparison, as it is told. What is not known is left out. */
export interface ReportedSide {
  /** The place it came from, without passwords. */
  source: string;
  /** Set when that is a file. */
  path?: string;
  /** `server_version_num`. */
  serverVersion: number;
  /** What it speaks of. @default everything */
  scope?: readonly Scope[];
  applicationVersion?: string;
  commit?: string;
  /** ISO 8601, UTC. */
  takenAt?: string;
  /** Version of Driftwatch. */
  takenBy?: string;
}

export interface PlacedStep {
  /** Its place in the order in which statements run; from 1. */
  place: number;
  step: RepairStep;
}

export interface Difference extends Assessment {
  id: string;
  entry: DriftEntry;
  repair: PlacedStep[];
}

export interface DriftReport {
  model: ReportedSide;
  production: ReportedSide;
  /** What was compared: both sides speak of it. */
  scope: Scope[];
  differences: Difference[];
  /** All steps, in an order in which their statements run. */
  repair: PlacedStep[];
  notVerified: NotVerified[];
  equal: number;
}

/** A side, and the facts that were compared. */
export type ComparedSide = ReportedSide & { facts: readonly Fact[] };

export function driftReport(
  model: ComparedSide,
  production: ComparedSide,
  { drift, notVerified, equal }: Pick<DriftReport, 'notVerified' | 'equal'> & { drift: readonly DriftEntry[] },
): DriftReport {
  const { facts: wanted, ...modelSide } = model;
  const { facts: found, ...productionSide } = production;
  const scope = commonScope(model.scope, production.scope);
  const steps = repair(drift, wanted, found, { serverVersion: production.serverVersion, scope });
  const placed = steps.map((step, index) => ({ place: index + 1, step }));
  const placeOf = new Map(placed.map((one) => [one.step, one]));
  const stepsFor = stepsByDifference(steps);
  return {
    model: modelSide,
    production: productionSide,
    scope,
    differences: drift.map((entry) => ({
      ...assess(entry),
      id: differenceId(entry),
      entry: { ...entry, expected: inOneOrder(entry.expected), actual: inOneOrder(entry.actual) },
      repair: stepsFor(entry).flatMap((step) => placeOf.get(step) ?? []),
    })),
    repair: placed,
    notVerified,
    equal,
  };
}

/** The same text for the same value, whether it was read from a database or from a snapshot. */
function inOneOrder(value: JsonValue): JsonValue {
  return JSON.parse(canonicalJson(value));
}

/** What one side does not speak of, so that it was not compared. */
export function notCompared({ scope }: Pick<DriftReport, 'scope'>): Scope[] {
  return scopes.filter((one) => !scope.includes(one));
}
