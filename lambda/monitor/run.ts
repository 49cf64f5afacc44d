// One run of one target: the chosen checks at the same time, each within its own deadline, all of them before the run's.
// Every check gives an outcome, whatever happens to it: what failed or did not finish is `unknown`, with the reason.
// Decides nothing and remembers nothing.

import { formatDuration } from '../config/duration.ts';
import type { CheckEntry, TargetSettings } from '../config/settings.ts';
import { EdgeError } from '../errors.ts';
import { byCodeUnit, type JsonValue } from '../json.ts';
import type { Telemetry } from '../platform/ports.ts';
import type { Check, CollectContext, Judgement, RunningVersion } from './check.ts';
import { withDeadline } from './deadline.ts';
import type { TargetState } from './memory/state.ts';
import type { Outcome } from './outcome.ts';
import type { Redactor } from './redact.ts';

/** The kinds of checks there are, by name (lambda/checks/index.ts). */
export type Registry = Readonly<Record<string, Check<unknown, JsonValue>>>;

/** The kind that explains the failure of every check that needs the database. */
const databaseKind = 'database';

export interface RunPorts {
  collect: CollectContext<unknown>['ports'];
  telemetry: Telemetry;
  redactor: Redactor;
}

export interface RunInput {
  target: TargetSettings;
  /** Ids of the checks to carry out; the database check comes along with those that need it. */
  checks: readonly string[];
  registry: Registry;
  ports: RunPorts;
  memoryBucket: string;
  /** Somebody asked for it. @default false */
  onDemand?: boolean;
  /** What earlier runs saw; absent when nothing is known. */
  recalled?: Pick<TargetState, 'checks' | 'versions'> | undefined;
  /** When the run has to be over. */
  deadline: Date;
  signal?: AbortSignal;
}

/** @returns one outcome for every check that was carried out, by id; never rejects */
export async function runChecks(input: RunInput): Promise<Outcome[]> {
  const planned = planRun(input.target, input.checks, input.registry);
  const running = new Map<string, Promise<Outcome>>();
  const versionSources = new Set(planned.flatMap(({ versionFrom }) => versionFrom ?? []));
  const start = (one: PlannedCheck, awaited?: Promise<Outcome>) =>
    running.set(one.entry.id, runCheck(one, input, awaited));
  // Whoever captures a version starts first and waits for nobody, so that no two checks can wait for each other.
  const [sources, others] = partition(planned, ({ entry }) => versionSources.has(entry.id));
  for (const one of sources) start(one);
  for (const one of others) start(one, one.versionFrom === undefined ? undefined : running.get(one.versionFrom));
  const outcomes = await Promise.all(running.values());
  return outcomes.sort((left, right) => byCodeUnit(left.check, right.check));
}

interface PlannedCheck {
  entry: CheckEntry;
  /** Absent when this version of Driftwatch has no such kind. */
  check: Check<unknown, JsonValue> | undefined;
  dependsOn: string[];
  versionFrom: string | undefined;
}

/** The checks of a run: the chosen ones, and the target's database checks when one of them needs the database. */
function planRun(target: TargetSettings, chosen: readonly string[], registry: Registry): PlannedCheck[] {
  const wanted = target.checks.filter(({ id }) => chosen.includes(id));
  const databaseIds = target.checks.flatMap(({ id, kind }) => (kind === databaseKind ? [id] : [])).sort(byCodeUnit);
  const needsDatabase = wanted.some((entry) => connects(entry, registry));
  const entries = target.checks.filter(
    (entry) => wanted.includes(entry) || (needsDatabase && entry.kind === databaseKind),
  );
  return entries.map((entry) => {
    const check = registry[entry.kind];
    return {
      entry,
      check,
      dependsOn: connects(entry, registry) ? databaseIds.filter((id) => id !== entry.id) : [],
      versionFrom: check?.versionFrom?.(entry.settings),
    };
  });
}

function connects({ kind, settings }: CheckEntry, registry: Registry): boolean {
  return registry[kind]?.needsDatabase(settings) ?? false;
}

async function runCheck(
  planned: PlannedCheck,
  input: RunInput,
  awaited: Promise<Outcome> | undefined,
): Promise<Outcome> {
  const { entry, check, dependsOn } = planned;
  const { ports, deadline, signal } = input;
  const { clock } = ports.collect;
  const runningVersion = await versionFor(planned, input, awaited);
  const startedAt = clock.now();
  const remaining = deadline.getTime() - startedAt.getTime();
  const base = {
    check: entry.id,
    kind: entry.kind,
    collectedAt: startedAt.toISOString(),
    dependsOn,
    ...(!input.checks.includes(entry.id) && { cameAlong: true }),
  };
  const took = () => ({ durationMs: clock.now().getTime() - startedAt.getTime() });
  if (!check) return { ...base, ...took(), judgement: notVerified(noSuchKind(entry), entry, ports) };
  try {
    const context: Omit<CollectContext<unknown>, 'signal'> = {
      target: input.target.name,
      check: entry.id,
      settings: entry.settings,
      database: input.target.database,
      runningVersion,
      memory: input.recalled?.checks[entry.id]?.memory,
      onDemand: input.onDemand ?? false,
      memoryBucket: input.memoryBucket,
      ports: ports.collect,
    };
    const evidence = await withDeadline(
      clock,
      Math.min(entry.timeout, remaining),
      () => (entry.timeout <= remaining ? tooSlow(entry) : outOfTime(entry)),
      (ends) => check.collect({ ...context, signal: ends }),
      signal,
    );
    const judgement = check.judge(evidence, {
      target: input.target.name,
      check: entry.id,
      settings: entry.settings,
      now: clock.now(),
    });
    const version = check.capturedVersion?.(evidence);
    return {
      ...base,
      ...took(),
      judgement: ports.redactor.json(judgement as unknown as JsonValue) as unknown as Judgement,
      ...(check.unreachable && { reach: check.unreachable(evidence) ? 'unreachable' : 'reached' }),
      ...(version !== undefined && { version: ports.redactor.text(version) }),
      ...(check.remember && { memory: rememberedBy(check, evidence, ports.redactor) }),
      evidence: ports.redactor.json(evidence),
    };
  } catch (error) {
    const reach = check.unreachable && saysUnreachable(error) ? { reach: 'unreachable' as const } : {};
    return { ...base, ...took(), ...reach, judgement: notVerified(error, entry, ports) };
  }
}

/** The version that counts for this check: of this run's probe, of an earlier one, or of any probe of the target. */
async function versionFor(
  { versionFrom }: PlannedCheck,
  { recalled }: RunInput,
  awaited: Promise<Outcome> | undefined,
): Promise<RunningVersion | undefined> {
  const known = recalled?.versions ?? {};
  if (versionFrom === undefined) {
    return Object.values(known).sort((left, right) => byCodeUnit(right.seenAt, left.seenAt))[0];
  }
  const captured = await awaited;
  return captured?.version === undefined
    ? known[versionFrom]
    : { version: captured.version, seenAt: captured.collectedAt };
}

function rememberedBy(
  check: Check<unknown, JsonValue>,
  evidence: JsonValue,
  redactor: Redactor,
): { value?: JsonValue } {
  const value = check.remember?.(evidence);
  return value === undefined ? {} : { value: redactor.json(value) };
}

function notVerified(error: unknown, { id }: CheckEntry, { telemetry, redactor }: RunPorts): Judgement {
  if (error instanceof EdgeError) {
    const reason = redactor.text(error.message);
    const summary = `could not be verified: ${reason}`;
    return { status: 'unknown', summary, measures: [], reason, remedy: redactor.text(error.remedy) };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  telemetry.error('a check failed unexpectedly', { check: id, error: name, stack: redactor.text(stack ?? message) });
  const reason = `an unexpected error in Driftwatch while checking ${id} (${name}: ${redactor.text(message).slice(0, 300)})`;
  return {
    status: 'unknown',
    summary: `could not be verified: ${reason}`,
    measures: [],
    reason,
    remedy: 'Look up the stack in the log of the check function, and report it as a bug of Driftwatch.',
  };
}

/** The cause of errors that say that our own time was up, which is no sign that nobody answers. */
const ownDeadline = Symbol('own deadline');

function saysUnreachable(error: unknown): boolean {
  if (!(error instanceof EdgeError) || error.cause === ownDeadline) return false;
  return error.reason === 'unreachable' || error.reason === 'timeout';
}

function tooSlow({ id, timeout }: CheckEntry): EdgeError {
  return new EdgeError('timeout', `${id} did not finish within ${formatDuration(timeout)}`, {
    cause: ownDeadline,
    remedy: `Find out what it waits for, or raise the timeout of ${id} in the settings.`,
  });
}

function outOfTime({ id }: CheckEntry): EdgeError {
  return new EdgeError('timeout', `the run ended before ${id} had finished`, {
    cause: ownDeadline,
    remedy: `Raise the timeout of the check function, or give ${id} a shorter one so that it says itself what it waits for.`,
  });
}

function noSuchKind({ id, kind }: CheckEntry): EdgeError {
  return new EdgeError('missing', `this Driftwatch has no checks of kind "${kind}"`, {
    remedy: `Deploy the settings with the Driftwatch they were written for, or remove ${id} from them.`,
  });
}

function partition<T>(values: readonly T[], first: (value: T) => boolean): [T[], T[]] {
  return [values.filter(first), values.filter((value) => !first(value))];
}
