// What must hold of every life, whatever went wrong in it. Each invariant gives sentences about what it found violated.
import { wantedTopics } from '../../lambda/config/topics.ts';
import { monitorId } from '../../lambda/monitor/decide/holds.ts';
import { isAtLeast } from '../../lambda/monitor/finding.ts';
import { fingerprint } from '../../lambda/monitor/notice/brief.ts';
import type { Notice, NoticeEntry } from '../../lambda/monitor/notice/notice.ts';
import { digestInvariants } from './digest-invariants.ts';
import { noticesOf, runMs, type Seen } from './life.ts';
import { findingsOf, truthAt } from './looks.ts';
import { type CheckId, checkIds, type Plan, type Settings, type Truth } from './plan.ts';
import { watchInvariants } from './watch-invariants.ts';

export type Invariant = (plan: Plan, seen: Seen) => string[];

/** @returns what is violated, each line beginning with the invariant's name */
export function violations(plan: Plan, seen: Seen): string[] {
  return Object.entries({ ...invariants, ...watchInvariants, ...digestInvariants }).flatMap(([name, invariant]) =>
    invariant(plan, seen).map((problem) => `${name}: ${problem}`),
  );
}

const invariants: Record<string, Invariant> = {
  'trouble that lasts is announced, and what ended is resolved': (plan, seen) =>
    plan.settledAt.flatMap(({ at, settings }) => {
      const told = toldBy(seen, at);
      if (settings.checks.length === 0)
        return [...told.keys()].map((open) => `at ${at} ${open} of the removed target is open`);
      return checkIds.flatMap((check) => unlikeTruth(check, told, truthAt(plan, at), settings, at));
    }),

  'the outbox empties': (plan, seen) =>
    plan.settledAt.flatMap(({ at }) => {
      const waiting = stateAt(seen, at)?.outbox ?? [];
      return waiting.map(({ notice }) => `at ${at} ${notice.id} still waits`);
    }),

  'nothing is announced twice under two ids': (_, seen) => {
    const problems: string[] = [];
    const open = new Map<string, string>();
    for (const { notice, entry } of inOrder(seen)) {
      const about = `${entry.check} ${entry.about}`;
      if (entry.about === 'memory') continue;
      if (entry.change === 'opened' && open.has(about)) {
        problems.push(`${about} is opened by ${open.get(about)} and by ${notice.id}`);
      }
      if (entry.change !== 'opened' && !open.has(about)) {
        problems.push(`${notice.id} is about ${about}, which nobody opened`);
      }
      if (entry.change === 'resolved') open.delete(about);
      else if (entry.change === 'opened') open.set(about, notice.id);
    }
    return problems;
  },

  'what was decided arrives': (plan, seen) => {
    const arrived = new Set(seen.arrivals.map(({ topic, id }) => `${topic} ${id}`));
    const [first] = seen.arrivals.filter(({ id }) => !noticesOf(seen).has(id));
    return [
      ...needed(plan, seen)
        .filter((need) => !arrived.has(need))
        .map((need) => `${need} never arrived`),
      ...(first ? [`${first.id} arrived at ${first.at} of ${plan.end} and was never stored`] : []),
    ];
  },

  'the order within an incident is kept': (_, seen) => {
    const notices = noticesOf(seen);
    const newest = new Map<string, number>();
    const met = new Set<string>();
    return seen.arrivals.flatMap(({ topic, id }) => {
      const notice = notices.get(id);
      if (!notice || met.has(`${topic} ${id}`)) return [];
      met.add(`${topic} ${id}`);
      return notice.entries.flatMap(({ incident }) => {
        const before = newest.get(`${topic} ${incident}`) ?? 0;
        newest.set(`${topic} ${incident}`, Math.max(before, notice.sequence));
        const late = notice.sequence < before;
        return late ? [`${topic} ${id} of incident ${incident} arrived after number ${before}`] : [];
      });
    });
  },

  'a resolution has evidence': (plan, seen) => {
    const problems: string[] = [];
    for (const { notice, entry } of inOrder(seen)) {
      if (entry.change !== 'resolved' || entry.reason === 'check-removed') continue;
      if (entry.about !== 'failing') continue;
      const good = seen.looks.some(
        ({ at, check, truth }) => check === entry.check && at >= opening(seen, entry) && isGood(check, truth, plan),
      );
      if (!good) problems.push(`${notice.id} ends ${entry.check}, and no look found it well`);
    }
    return problems;
  },

  'the state never goes backwards': (_, { states }) =>
    states.flatMap(({ at, state }, index) => {
      const before = states[index - 1]?.state;
      if (!before) return [];
      const older = (left: string, right: string) => Date.parse(left) > Date.parse(right);
      return [
        ...(state.revision === before.revision + 1 ? [] : [`at ${at} revision ${before.revision}, ${state.revision}`]),
        ...(state.sequence >= before.sequence ? [] : [`at ${at} sequence ${before.sequence}, ${state.sequence}`]),
        ...(older(before.updatedAt, state.updatedAt) ? [`at ${at} ${before.updatedAt}, ${state.updatedAt}`] : []),
        ...Object.entries(state.checks).flatMap(([check, { last }]) => {
          const known = before.checks[check]?.last.collectedAt;
          return known !== undefined && older(known, last.collectedAt)
            ? [`at ${at} ${check} ${known}, ${last.collectedAt}`]
            : [];
        }),
      ];
    }),

  'a run fails only when the outside does': (_, { failures }) =>
    failures
      .filter(({ error, honest }) => honest || !(error instanceof Error && error.name === 'EdgeError'))
      .map(({ at, error }) => `at ${at} ${String(error)}`),
};

/** What has to arrive, as topic and id: not on a topic that the settings stopped to want before the end. */
function needed(plan: Plan, seen: Seen): string[] {
  const met = new Set<string>();
  return seen.states.flatMap(({ at, state }) =>
    state.outbox.flatMap(({ notice, left }) => {
      if (met.has(notice.id)) return [];
      met.add(notice.id);
      const later = plan.runs
        .filter((run) => run.at >= at - runMs)
        .map(({ settings }) => wantedTopics(settings.alerts));
      const kept = left.filter(({ topic }) => later.every((wanted) => wanted.includes(topic)));
      return kept.map(({ topic }) => `${topic} ${notice.id}`);
    }),
  );
}

interface Told {
  notice: Notice;
  entry: NoticeEntry;
}

/** Everything that was ever said, in the order in which it was decided. */
function inOrder(seen: Pick<Seen, 'states'>): Told[] {
  return [...noticesOf(seen).values()]
    .toSorted((left, right) => left.sequence - right.sequence)
    .flatMap((notice) => notice.entries.map((entry) => ({ notice, entry })));
}

/** By check and subject, what somebody who reads every message knows of what is open. */
function toldBy(seen: Seen, at: number): Map<string, NoticeEntry> {
  const arrived = new Set(seen.arrivals.filter((one) => one.topic === 'alerts' && one.at <= at).map(({ id }) => id));
  const open = new Map<string, NoticeEntry>();
  for (const { notice, entry } of inOrder(seen)) {
    if (!arrived.has(notice.id)) continue;
    if (entry.change === 'resolved') open.delete(`${entry.check} ${entry.about}`);
    else open.set(`${entry.check} ${entry.about}`, entry);
  }
  return open;
}

function unlikeTruth(
  check: CheckId,
  told: ReadonlyMap<string, NoticeEntry>,
  truths: Readonly<Record<CheckId, Truth>>,
  settings: Settings,
  at: number,
): string[] {
  const failing = told.get(`${check} failing`);
  const unverified = told.get(`${check} unverified`);
  const open = [...(failing ? ['failing'] : []), ...(unverified ? ['unverified'] : [])];
  const configured = settings.checks.some(({ id }) => id === check);
  if (!configured) return open.map((about) => `at ${at} ${check} is removed, and ${about} is open`);
  const truth = truths[check];
  const visible = findingsOf(check, truth).filter(({ severity }) =>
    isAtLeast(severity, settings.alerts.minimumSeverity),
  );
  if (truth.status === 'pass' || (truth.status === 'fail' && visible.length === 0)) {
    return open.map((about) => `at ${at} ${check} is well, and ${about} is open`);
  }
  const held = told.has(`${monitorId} cut-off`) || (check === 'schema' && isExplained(truths, settings));
  if (truth.status === 'unknown') {
    return unverified || held ? [] : [`at ${at} ${check} has not been verified for long, and nobody was told`];
  }
  if (unverified) return [`at ${at} ${check} is verified, and unverified is open`];
  if (!failing) return held ? [] : [`at ${at} ${check} fails, and nobody was told`];
  const ids = new Set(failing.findings.map(({ id }) => id));
  const unlike = visible.length !== ids.size || visible.some((one) => !ids.has(fingerprint(one)));
  return unlike && !held ? [`at ${at} the last word about ${check} names other findings than there are`] : [];
}

/** Whether the database, as it is, explains that a check which needs it is in trouble. */
function isExplained(truths: Readonly<Record<CheckId, Truth>>, { checks }: Settings): boolean {
  return checks.some(({ id }) => id === 'database') && truths.database.status !== 'pass';
}

function stateAt({ states }: Seen, at: number) {
  return states.findLast((one) => one.at <= at)?.state;
}

/** When the incident that this entry ends was last said to be opened. */
function opening(seen: Seen, { incident }: NoticeEntry): number {
  return seen.states.find(({ state }) => state.outbox.some(({ notice }) => opens(notice, incident)))?.at ?? 0;
}

function opens({ entries }: Notice, incident: string): boolean {
  return entries.some((entry) => entry.incident === incident && entry.change === 'opened');
}

/** Well enough for a resolution by some settings of this life: what is too small to be announced counts as well. */
function isGood(check: CheckId, truth: Truth, { runs }: Plan): boolean {
  if (truth.status === 'unknown') return false;
  return runs.some(({ settings }) =>
    findingsOf(check, truth).every(({ severity }) => !isAtLeast(severity, settings.alerts.minimumSeverity)),
  );
}
