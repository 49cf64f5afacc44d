// The decision of one run: outcomes, what is remembered, the settings and the time in; what to remember, what to say and
// why out. Pure and repeatable: deciding again over the state it gave, with the same outcomes, changes nothing. The order
// of the outcomes does not matter. Every outcome gets a decision with a reason.
import type { AlertSettings, TargetSettings } from '../../config/settings.ts';
import { wantedTopics } from '../../config/topics.ts';
import { byCodeUnit } from '../../json.ts';
import { beginWatch, noticeOfWatch, watchAfterRun } from '../../watch/life.ts';
import type { WatchReport, WatchRequest } from '../../watch/watch.ts';
import { entryFor } from '../deliver/outbox.ts';
import type { TargetState } from '../memory/state.ts';
import type { Notice } from '../notice/notice.ts';
import type { Outcome } from '../outcome.ts';
import { type Case, cutOffCase, type Fresh, freshCases, lastingCases, removedCases, unquietCases } from './cases.ts';
import { group, incidentId, type Said } from './grouping.ts';
import { addToHistory } from './history.ts';
import { heldBack, monitorId, observeCutOff } from './holds.ts';
import type { Decision, Reason } from './reason.ts';
import { isKnownSince, recordOutcome } from './record.ts';
import { announcedBy, sayingOf, sayingOfMemory } from './saying.ts';
import { activeSilences } from './silences.ts';
import { observe } from './track.ts';

export interface DecideInput {
  state: TargetState;
  outcomes: readonly Outcome[];
  /** The monitor's name. */
  monitor: string;
  target: Pick<TargetSettings, 'name' | 'environment' | 'runbook' | 'maintenance' | 'checks'>;
  alerts: Pick<AlertSettings, 'minimumSeverity' | 'remindEvery' | 'escalateAfter' | 'flapping' | 'events' | 'chat'>;
  run: string;
  now: Date;
  /** By check, the key under which this run's evidence is kept. */
  evidence?: Readonly<Record<string, string>>;
  /** When this round of a watch was due; absent when this run is none. */
  round?: string;
  /** A watch that the state does not know yet, to be begun first. */
  begin?: WatchRequest;
}

export interface Decided {
  /** The very object that came in when there is nothing new to remember. */
  state: TargetState;
  /** Those of this run, in the order in which they are to be sent; they are in the outbox already. */
  notices: Notice[];
  decisions: Decision[];
}

export function decide(given: DecideInput): Decided {
  const input = begun(given);
  const { state, target, alerts, now, evidence = {} } = input;
  const { fresh, ignored } = accept(input);
  const configured = new Set(target.checks.map(({ id }) => id));
  const removed = Object.entries(state.checks).filter(([id]) => !configured.has(id));
  const records = Object.fromEntries([
    ...Object.entries(state.checks).filter(([id]) => configured.has(id)),
    ...fresh.map(({ outcome, recorded }) => [outcome.check, recorded.record] as const),
  ]);
  const freshIds = new Set(fresh.map(({ outcome }) => outcome.check));

  const reach = observeCutOff(target, { cutOff: state.cutOff, records }, [...freshIds], now);
  const cutOff = reach
    ? observe(state.cutOff, reach.observation, {
        opens: () => true,
        passAfter: 1,
        flapping: alerts.flapping,
        incidentId: (since) => incidentId(state, monitorId, 'cut-off', since),
      })
    : { track: state.cutOff, ended: undefined };

  const { silences } = state;
  const { maintenance } = target;
  const context = { records, cutOff: cutOff.track.incident !== undefined, alerts, silences, maintenance, now };
  const lasting = lastingCases(freshIds, context);
  const cases = [
    ...cutOffCase(cutOff, reach, context),
    ...freshCases(fresh, context),
    ...lasting,
    ...unquietCases(freshIds, lasting, context),
    ...removedCases(removed, now),
  ].sort((left, right) => byCodeUnit(left.check, right.check) || byCodeUnit(left.about, right.about));

  const watch = watchAfter(input, { checks: records, cutOff: cutOff.track }, fresh);
  const changed =
    fresh.length > 0 ||
    removed.length > 0 ||
    state.keptAside !== undefined ||
    watch.watching !== state.watching ||
    state !== given.state;
  const saying = cases.map((one) => ({ one, said: sayingOf(one, { ...alerts, evidence }) }));
  if (!changed && saying.every(({ said }) => said === undefined)) {
    return { state, notices: [], decisions: [...ignored, ...cases.map((one) => decisionOf(one))] };
  }

  const { keptAside, watching: _, ...remembered } = state;
  const next: TargetState = {
    ...remembered,
    environment: target.environment,
    updatedAt: new Date(Math.max(now.getTime(), Date.parse(state.updatedAt))).toISOString(),
    checks: records,
    cutOff: cutOff.track,
    silences: activeSilences(state, now),
    ...(watch.watching && { watching: watch.watching }),
    ...(watch.report && { lastWatch: watch.report }),
    versions: versionsAfter(state.versions, fresh, configured),
    history: addToHistory(
      state.history,
      fresh.map(({ outcome }) => outcome),
    ),
  };
  const said: Said[] = saying.flatMap(({ said }) => said ?? []);
  if (keptAside) said.push(sayingOfMemory(keptAside, target.name));
  const grouped = group(said, { ...input, state: next, at: next.updatedAt, heldBack: heldBack(context) });
  const sequence = next.sequence + grouped.length;
  const reported = watch.report && {
    report: watch.report,
    notice: noticeOfWatch(watch.report, { ...input, state: { ...next, sequence }, at: next.updatedAt }),
  };
  const notices = reported ? [...grouped, reported.notice] : grouped;
  return {
    state: withNotices(next, notices, cases, alerts),
    notices,
    decisions: [
      ...ignored,
      ...cases.map((one) => decisionOf(one, noticeOf(one, notices))),
      ...(reported ? [decisionOfWatch(reported)] : []),
    ],
  };
}

function begun(input: DecideInput): DecideInput {
  if (!input.begin) return input;
  const begun = beginWatch(input.state, input.begin, input);
  return 'refused' in begun ? input : { ...input, state: begun.state };
}

/** The watch of the target after this run, if there is one, or its report when it is over. */
function watchAfter(
  { state: { watching }, round, target, alerts, now }: DecideInput,
  known: Pick<TargetState, 'checks' | 'cutOff'>,
  fresh: readonly Fresh[],
): { watching?: TargetState['watching']; report?: WatchReport } {
  if (!watching) return {};
  const outcomes = fresh.map(({ outcome }) => outcome);
  const { checks } = target;
  return watchAfterRun(known, watching, { outcomes, round, checks, minimumSeverity: alerts.minimumSeverity, now });
}

function decisionOfWatch({ report, notice }: { report: WatchReport; notice: Notice }): Decision {
  const reason = { code: 'watch-ended', verdict: report.verdict } as const;
  return { check: 'watch', about: 'watch', phase: 'ok', says: 'report', reason, notice: notice.id };
}

/** Outcomes that are newer than what is known, and a decision about each of the others. */
function accept({ state, outcomes, target, alerts, now }: DecideInput): { fresh: Fresh[]; ignored: Decision[] } {
  const fresh: Fresh[] = [];
  const ignored: Decision[] = [];
  const ignore = ({ check }: Outcome, reason: Reason) =>
    ignored.push({
      check,
      about: 'failing',
      phase: state.checks[check]?.failing.incident?.phase ?? 'ok',
      says: 'nothing',
      reason,
    });
  for (const outcome of outcomes.toSorted((left, right) => byCodeUnit(left.check, right.check))) {
    const configured = target.checks.find(({ id }) => id === outcome.check);
    // While a deployment is watched, the first failing run counts.
    const entry = configured && state.watching ? { ...configured, failAfter: 1 } : configured;
    const before = state.checks[outcome.check];
    if (!entry) {
      ignore(outcome, { code: 'not-configured' });
    } else if (isKnownSince(before, new Date(outcome.collectedAt), now)) {
      ignore(outcome, { code: 'outdated', knownAt: before?.last.collectedAt ?? '' });
    } else {
      const recorded = recordOutcome(before, outcome, {
        entry,
        minimumSeverity: alerts.minimumSeverity,
        flapping: alerts.flapping,
        incidentId: (about, since) => incidentId(state, outcome.check, about, since),
      });
      fresh.push({ outcome, recorded, entry });
    }
  }
  return { fresh, ignored };
}

/** The state with the notices in its outbox and with what was said and kept back remembered: one value, one write. */
function withNotices(
  state: TargetState,
  notices: readonly Notice[],
  cases: readonly Case[],
  alerts: DecideInput['alerts'],
): TargetState {
  const checks = { ...state.checks };
  let { cutOff } = state;
  for (const one of cases) {
    if (!one.incident || one.ended) continue;
    const notice = noticeOf(one, notices);
    if (!notice && one.quiet === one.incident.quiet) continue;
    const announced = notice ? announcedBy(one, notice, alerts.minimumSeverity) : one.incident.announced;
    const incident = { ...one.incident, announced, quiet: one.quiet };
    const record = checks[one.check];
    if (one.about === 'cut-off') cutOff = { ...cutOff, incident };
    else if (record && one.about !== 'memory')
      checks[one.check] = { ...record, [one.about]: { ...record[one.about], incident } };
  }
  return {
    ...state,
    checks,
    cutOff,
    sequence: state.sequence + notices.length,
    outbox: [...state.outbox, ...notices.map((notice) => entryFor(notice, wantedTopics(alerts)))],
  };
}

function noticeOf({ incident, verdict }: Case, notices: readonly Notice[]): Notice | undefined {
  if (verdict.says === 'nothing') return undefined;
  return notices.find(({ entries }) => entries.some((entry) => entry.incident === incident?.id));
}

function decisionOf({ check, about, incident, ended, verdict }: Case, notice?: Notice): Decision {
  const phase = ended ? 'ok' : (incident?.phase ?? 'ok');
  return { check, about, phase, says: verdict.says, reason: verdict.reason, ...(notice && { notice: notice.id }) };
}

function versionsAfter(
  versions: TargetState['versions'],
  fresh: readonly Fresh[],
  configured: ReadonlySet<string>,
): TargetState['versions'] {
  const captured = fresh.flatMap(({ outcome: { check, version, collectedAt } }) =>
    version === undefined ? [] : [[check, { version, seenAt: collectedAt }] as const],
  );
  return Object.fromEntries([...Object.entries(versions).filter(([check]) => configured.has(check)), ...captured]);
}
