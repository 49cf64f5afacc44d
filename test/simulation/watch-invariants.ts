// What must hold of every watch in a life, whatever went wrong in it: it ends with one report, which arrives, and the
// report says no more than was seen. Moments are taken wide by what clocks may be off, so that no doubt is a violation.
import { isAtLeast } from '../../lambda/monitor/finding.ts';
import { fingerprint } from '../../lambda/monitor/notice/brief.ts';
import type { Notice } from '../../lambda/monitor/notice/notice.ts';
import type { WatchRequest } from '../../lambda/watch/watch.ts';
import { type WatchReport, watchReport } from '../../lambda/watch/watch.ts';
import { noon } from '../monitor/builders.ts';
import type { Invariant } from './invariants.ts';
import { noticesOf, runMs, type Seen } from './life.ts';
import { findingsOf } from './looks.ts';
import { checkIds, type Plan } from './plan.ts';

const minute = 60_000;
/** How far two clocks of one life can be apart. */
const skewMs = 4 * minute;
/** What was seen so long after its end may still belong to a watch. */
const afterEndMs = 10 * minute;
/** After its end a watch is ended and told within this, in calm. */
const toldMs = 20 * minute;

const since = (time: string) => Date.parse(time) - Date.parse(noon);

export const watchInvariants: Record<string, Invariant> = {
  'a watch that was begun ends with one report, which arrives': (plan, seen) =>
    [...begunIn(plan, seen)].flatMap(([id, until]) => {
      const notices = reportsOf(seen).filter(({ report }) => report.id === id);
      const [told] = notices;
      if (!told || notices.length > 1) return [`watch ${id} has ${notices.length} reports`];
      const by = plan.settledAt.find(({ at }) => at >= until + toldMs)?.at ?? plan.end;
      const arrived = seen.arrivals.some((one) => one.topic === 'alerts' && one.id === told.notice.id && one.at <= by);
      return arrived ? [] : [`the report of watch ${id}, ${told.notice.id}, has not arrived by ${by}`];
    }),

  'no report is of a watch that nobody asked for': ({ watches }, seen) =>
    reportsOf(seen)
      .filter(({ report: { version, startedAt } }) => {
        const asked = watches.filter((watch) => watch.version === version);
        return !asked.some(({ at, deployedAt = at }) => Math.abs(since(startedAt) - deployedAt) <= skewMs + runMs);
      })
      .map(({ report }) => `a report is of watch ${report.id}`),

  'a watch passes only what was seen to be well': (plan, seen) =>
    reportsOf(seen).flatMap(({ notice, report }) =>
      report.verdict === 'passed' ? unverified(plan, seen, report, since(notice.at)) : [],
    ),

  'a watch fails only what was seen to fail': (_, seen) =>
    reportsOf(seen).flatMap(({ report }) =>
      report.wrong
        .filter((check) => !looksDuring(seen, report, check).some(({ truth }) => truth.status === 'fail'))
        .map((check) => `watch ${report.id} blames ${check}, which never failed since`),
    ),

  'the record of a watch is closed in the end': (plan, { records }) =>
    plan.settledAt.flatMap(({ at, settings }) => {
      const last = records.findLast((one) => one.at <= at)?.record;
      // Of a target that was taken out of the settings no rounds come.
      return last && !last.over && settings.checks.length > 0 ? [`at ${at} that of ${last.watch.id} is open`] : [];
    }),
};

/**
 * By its id, until when. The newest that was asked for counts whether or not a state has it: a start that died is finished
 * by a round. Not of a target that is removed, which has no rounds.
 */
function begunIn({ settledAt }: Plan, { states, records, promised }: Seen): Map<string, number> {
  const hasRounds = settledAt.at(-1)?.settings.checks.length !== 0;
  const newest = hasRounds ? records.at(-1)?.record.watch : undefined;
  const asked = new Map(records.map(({ record }) => [record.watch.id, record.watch]));
  const begun = [
    ...states.flatMap(({ state }) => state.watching ?? []),
    ...promised.flatMap((id) => asked.get(id) ?? []),
    ...(newest ? [newest] : []),
  ] satisfies WatchRequest[];
  return new Map(begun.map(({ id, until }) => [id, since(until)]));
}

function reportsOf(seen: Seen): { notice: Notice; report: WatchReport }[] {
  return [...noticesOf(seen).values()].flatMap((notice) =>
    notice.status === 'report' ? [{ notice, report: watchReport.parse(notice.report?.data) }] : [],
  );
}

function looksDuring({ looks }: Seen, { startedAt, endedAt }: WatchReport, of: string): Seen['looks'] {
  const to = since(endedAt) + afterEndMs;
  return looks.filter(({ byClock, check }) => check === of && byClock >= since(startedAt) && byClock <= to);
}

/** What a watch that passed did not see, or saw failing all the time and not before. */
function unverified({ runs }: Plan, seen: Seen, report: WatchReport, toldAt: number): string[] {
  const { id, startedAt } = report;
  // What a failing check was found with between the deployment and the start of its watch is taken for what was there.
  const begunAt = seen.states.find(({ state }) => state.watching?.id === id)?.at ?? toldAt;
  const settings = runs
    .filter(({ at }) => at >= since(startedAt) - skewMs - runMs && at <= toldAt + skewMs)
    .map((run) => run.settings);
  const checks = checkIds.filter((id) => settings.every((one) => one.checks.some((entry) => entry.id === id)));
  const visible = ({ check, truth }: Seen['looks'][number]) =>
    findingsOf(check, truth)
      .filter(({ severity }) => settings.every(({ alerts }) => isAtLeast(severity, alerts.minimumSeverity)))
      .map(fingerprint);
  return checks.flatMap((check) => {
    const [first, ...others] = looksDuring(seen, report, check);
    if (!first || [first, ...others].every(({ truth }) => truth.status === 'unknown')) {
      return [`watch ${id} passed without a look at ${check}`];
    }
    const before = seen.looks.filter(
      (look) => look.check === check && (look.byClock < since(startedAt) || look.at < begunAt),
    );
    const known = new Set(before.flatMap(({ truth }) => findingsOf(check, truth).map(fingerprint)));
    const isNew = (finding: string) => !known.has(finding) && others.every((look) => visible(look).includes(finding));
    return visible(first).some(isNew) ? [`watch ${id} passed while ${check} failed all the time`] : [];
  });
}
