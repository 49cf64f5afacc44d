// The life of a watch in the state of its target: it begins, sees runs, and ends with a report, which goes into the outbox
// in the very write that ends it. Pure, and each step done twice is done once: a watch is known by its id, and by the
// time of its deployment, which never goes back.

import { parseDuration } from '../config/duration.ts';
import type { AlertSettings, TargetSettings } from '../config/settings.ts';
import { wantedTopics } from '../config/topics.ts';
import { monitorId } from '../monitor/decide/holds.ts';
import type { Refused } from '../monitor/decide/silences.ts';
import { entryFor } from '../monitor/deliver/outbox.ts';
import type { Severity } from '../monitor/finding.ts';
import type { Incident, TargetState } from '../monitor/memory/state.ts';
import { type FrameContext, frameOf } from '../monitor/notice/frame.ts';
import type { Notice } from '../monitor/notice/notice.ts';
import type { Outcome } from '../monitor/outcome.ts';
import { printable } from '../monitor/printable.ts';
import { minuteOf } from '../point-in-time.ts';
import { usualMeasures } from './baseline.ts';
import { afterEndMs, currentIncidents, observeWatch } from './progress.ts';
import { watchClause, watchText } from './report.ts';
import { withRound } from './rounds.ts';
import { conclude, type Ending } from './verdict.ts';
import type { Watching, WatchReport, WatchRequest } from './watch.ts';

/** The tick ends a watch; another run does when that has not come by then. */
const leftToTheTickMs = parseDuration('5m');

export interface LifeContext {
  monitor: string;
  target: Pick<TargetSettings, 'name' | 'environment' | 'runbook' | 'checks'>;
  alerts: Pick<AlertSettings, 'minimumSeverity' | 'events' | 'chat'>;
  now: Date;
}

export type Begun = { state: TargetState; watch: Watching; already: boolean };

/** @returns the very state when that deployment is watched already */
export function beginWatch(state: TargetState, request: WatchRequest, context: LifeContext): Begun | Refused {
  const { watching, lastWatch } = state;
  if (watching && isSame(watching, request)) return { state, watch: watching, already: true };
  const newer = [watching, lastWatch].find((one) => one && Date.parse(one.startedAt) >= Date.parse(request.startedAt));
  if (newer) {
    return {
      refused: `${state.target} was watched for version ${printable(newer.version)}, deployed ${minuteOf(newer.startedAt)}, which is not older`,
      remedy: 'Watch the newest deployment.',
    };
  }
  const superseded = { ended: 'superseded', endedBy: request.version } as const;
  const before = watching ? endWatch(state, watching, superseded, context).state : state;
  const incidents = currentIncidents(before, monitorId).filter(
    ({ incident }) => Date.parse(incident.since) < Date.parse(request.startedAt),
  );
  const fresh: Watching = {
    ...request,
    usual: usualMeasures(before.history, request.startedAt),
    known: Object.fromEntries(incidents.map(({ incident }) => [incident.id, fingerprintsOf(incident)])),
    rounds: { ran: 0, gaps: [], gapsLeftOut: 0 },
    checks: {},
    trouble: [],
    troubleLeftOut: 0,
    backups: {},
  };
  const seen = { ...before, outcomes: [], round: undefined, monitorId, now: context.now };
  const watch = observeWatch(fresh, seen);
  return { state: { ...before, watching: watch }, watch, already: false };
}

/** A pipeline that repeats itself asks for the same again. */
function isSame(watching: Watching, { id, version, commit }: WatchRequest): boolean {
  return watching.id === id || (watching.version === version && watching.commit === commit);
}

function fingerprintsOf({ findings, findingCount, announced }: Incident): string[] | null {
  const known = new Set([...findings.map(({ id }) => id), ...(announced?.fingerprints ?? [])]);
  return known.size < findingCount ? null : [...known].sort();
}

export function stopWatch(
  state: TargetState,
  by: string | undefined,
  context: LifeContext,
): { state: TargetState; report: WatchReport } | Refused {
  const { watching } = state;
  if (!watching) return { refused: `${state.target} is not being watched`, remedy: 'There is nothing to stop.' };
  return endWatch(state, watching, { ended: 'stopped', ...(by !== undefined && { endedBy: by }) }, context);
}

export interface RunSeen {
  /** Of this run, and not known before. */
  outcomes: readonly Outcome[];
  /** When the round was due, if this run is one. */
  round: string | undefined;
  /** The checks that the settings have. */
  checks: Ending['checks'];
  minimumSeverity: Severity;
  now: Date;
}

/**
 * @param state with the outcomes of this run in its records
 * @returns the watch after this run, and its report when that ended it
 */
export function watchAfterRun(
  state: Pick<TargetState, 'checks' | 'cutOff'>,
  watching: Watching,
  { outcomes, round, checks, minimumSeverity, now }: RunSeen,
): { watching: Watching } | { report: WatchReport } {
  const until = Date.parse(watching.until);
  const counted = outcomes.filter(({ collectedAt }) => Date.parse(collectedAt) <= until + afterEndMs);
  const inTime = round !== undefined && Date.parse(round) < until ? round : undefined;
  const seen = { ...state, outcomes: counted, round: inTime, monitorId, now };
  const isNew = counted.length > 0 || (inTime !== undefined && withRound(watching, inTime) !== watching.rounds);
  const observed = isNew ? observeWatch(watching, seen) : watching;
  const rest = { checks, records: state.checks, minimumSeverity };
  if (now.getTime() >= until + (round === undefined ? leftToTheTickMs : 0)) {
    return { report: conclude(observed, { ended: 'over', endedAt: watching.until, ...rest }) };
  }
  // No round will ever come of a target that the settings no longer have.
  if (checks.length > 0 || now.getTime() >= until) return { watching: observed };
  const stopped = {
    ended: 'stopped',
    endedBy: 'the settings, which no longer have it',
    endedAt: now.toISOString(),
  } as const;
  return { report: conclude(observed, { ...stopped, ...rest }) };
}

function endWatch(
  state: TargetState,
  watching: Watching,
  how: Pick<Ending, 'ended' | 'endedBy'>,
  { monitor, target, alerts, now }: LifeContext,
): { state: TargetState; report: WatchReport } {
  const endedAt = new Date(Math.min(now.getTime(), Date.parse(watching.until))).toISOString();
  const ended = endedAt === watching.until ? { ended: 'over' as const } : how;
  const report = conclude(watching, {
    ...ended,
    endedAt,
    checks: target.checks,
    records: state.checks,
    minimumSeverity: alerts.minimumSeverity,
  });
  const at = new Date(Math.max(now.getTime(), Date.parse(state.updatedAt))).toISOString();
  const run = `watch-${watching.id}-${report.ended}`;
  const notice = noticeOfWatch(report, { state, target, monitor, run, at });
  const { watching: _, ...rest } = state;
  return {
    state: {
      ...rest,
      updatedAt: at,
      lastWatch: report,
      sequence: notice.sequence,
      outbox: [...state.outbox, entryFor(notice, wantedTopics(alerts))],
    },
    report,
  };
}

/** The notice of a watch that ended: to whoever subscribed, as bad as what it found. */
export function noticeOfWatch(report: WatchReport, context: Told): Notice {
  const { id, verdict, trouble } = report;
  return {
    ...frameOf(context.state.sequence + 1, [id, 'watch'], context),
    status: 'report',
    severity: verdict === 'passed' ? 'info' : verdict === 'failed' && trouble.some(isCritical) ? 'critical' : 'warning',
    escalated: false,
    entries: [],
    report: {
      label: `WATCH ${verdict.toUpperCase()}`,
      title: watchClause(report),
      lines: watchText(report).join('\n\n').split('\n'),
      thread: id,
      data: JSON.parse(JSON.stringify(report)),
    },
    heldBack: [],
    stillOpen: [],
  };
}

interface Told extends FrameContext {
  state: Pick<TargetState, 'target' | 'createdAt' | 'sequence'>;
}

function isCritical({ severity, known, endedAt }: WatchReport['trouble'][number]): boolean {
  return severity === 'critical' && !known && endedAt === undefined;
}
