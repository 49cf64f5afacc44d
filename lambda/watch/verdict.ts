// What a watch has shown when it ends. Pure. Failed: something that was all right before is in trouble since, and was not
// over within minutes. Inconclusive: that cannot be said, because too little was seen. Passed: only what was verified.
import { formatDuration, parseDuration } from '../config/duration.ts';
import type { CheckEntry } from '../config/settings.ts';
import { isAtLeast, type Severity } from '../monitor/finding.ts';
import type { TargetState } from '../monitor/memory/state.ts';
import { listed, spoken } from '../monitor/notice/wording.ts';
import { compareMeasures } from './baseline.ts';
import { roundsBetween, withGap } from './rounds.ts';
import type { Trouble, Watching, WatchReport } from './watch.ts';

/** Trouble of a check that was over so soon, once, is that of a restart. */
const briefMs = parseDuration('10m');
/** A watch that lasts so long has seen a night; a backup belongs to it. */
const dayMs = parseDuration('24h');
/** Of the rounds that should have run, so many may be missing, rounded: one of ten minutes, too. */
const missingShare = 0.1;
const keptChanges = 15;

export interface Ending {
  ended: WatchReport['ended'];
  endedBy?: string;
  endedAt: string;
  /** The checks of the settings. */
  checks: readonly Pick<CheckEntry, 'id' | 'kind'>[];
  records: TargetState['checks'];
  minimumSeverity: Severity;
}

export function conclude(watch: Watching, ending: Ending): WatchReport {
  const { ended, endedBy, endedAt, checks } = ending;
  const rounds = roundsOf(watch, endedAt);
  const { compared, changes } = compareMeasures(watch.usual, watch.checks);
  const backups = checks
    .filter(({ kind }) => kind === 'backup')
    .map(({ id }) => {
      const seen = watch.backups[id];
      return { check: id, ...(seen && seen.completedAt > watch.startedAt && { completed: seen }) };
    });
  const wrong = watch.trouble.filter((one) => counts(one, watch.trouble, ending.minimumSeverity));
  const doubts = doubtsOf(watch, ending, rounds, backups);
  const { id, version, commit, by, startedAt, until, everyMs, trouble, troubleLeftOut } = watch;
  return {
    id,
    version,
    ...(commit !== undefined && { commit }),
    ...(by !== undefined && { by }),
    startedAt,
    until,
    everyMs,
    endedAt,
    ended,
    ...(endedBy !== undefined && { endedBy }),
    verdict: wrong.length > 0 ? 'failed' : doubts.length > 0 ? 'inconclusive' : 'passed',
    wrong: [...new Set(wrong.map(({ check }) => check))],
    reasons: [...reasonsOf(wrong), ...doubts],
    rounds,
    runs: runsOf(watch, checks),
    trouble,
    troubleLeftOut,
    compared,
    changes: changes.slice(0, keptChanges),
    changesLeftOut: Math.max(0, changes.length - keptChanges),
    backups,
  };
}

/** Whether it counts against the deployment: what is new, and was not over within minutes. */
function counts(one: Trouble, all: readonly Trouble[], minimumSeverity: Severity): boolean {
  if (one.about !== 'failing' || !isAtLeast(one.severity, minimumSeverity)) return false;
  if (one.known) return one.added !== undefined && one.endedAt === undefined;
  return (
    !isBrief(one) ||
    all.filter(({ check, about, known }) => check === one.check && about === 'failing' && !known).length > 1
  );
}

export function isBrief({ since, endedAt }: Trouble): boolean {
  return endedAt !== undefined && Date.parse(endedAt) - Date.parse(since) <= briefMs;
}

function reasonsOf(wrong: readonly Trouble[]): string[] {
  const names = (which: readonly Trouble[]) => [...new Set(which.map(({ check }) => spoken(check)))];
  const lasting = names(wrong.filter(({ endedAt, known }) => endedAt === undefined && !known));
  const grown = names(wrong.filter(({ known }) => known));
  const over = names(wrong.filter(({ endedAt }) => endedAt !== undefined)).filter((name) => !lasting.includes(name));
  return [
    ...(lasting.length > 0 ? [`${listed(lasting)} ${has(lasting)} been failing since the deployment`] : []),
    ...(grown.length > 0
      ? [`${listed(grown)} had been failing before, and more of it is wrong since the deployment`]
      : []),
    ...(over.length > 0
      ? [`${listed(over)} failed for a while after the deployment, and ${is(over)} all right again`]
      : []),
  ];
}

/** What keeps it from being passed. */
function doubtsOf(
  watch: Watching,
  { ended, endedBy, endedAt, checks, records }: Ending,
  { expected, ran }: WatchReport['rounds'],
  backups: WatchReport['backups'],
): string[] {
  const lasted = Date.parse(endedAt) - Date.parse(watch.startedAt);
  const early = `after ${formatDuration(lasted)} of ${formatDuration(Date.parse(watch.until) - Date.parse(watch.startedAt))}`;
  const unseen = checks.filter(({ id }) => !watch.checks[id]).map(({ id }) => spoken(id));
  const blind = checks.filter(({ id }) => stayedUnknown(watch.checks[id], records[id])).map(({ id }) => spoken(id));
  const without = backups
    .filter(({ completed }) => !completed)
    .map(({ check }) => spoken(check))
    .filter((name) => !unseen.includes(name) && !blind.includes(name));
  return [
    ...(ended === 'superseded' ? [`superseded by version ${endedBy ?? ''} ${early}`] : []),
    ...(ended === 'stopped' ? [`stopped by ${endedBy ?? 'somebody'} ${early}`] : []),
    ...(expected - ran > Math.round(expected * missingShare)
      ? [`${expected - ran} of ${expected} rounds did not run`]
      : []),
    ...(unseen.length > 0 ? [`${listed(unseen)} never ran`] : []),
    ...(blind.length > 0 ? [`${listed(blind)} could not be verified`] : []),
    ...(without.length > 0 && lasted >= dayMs
      ? [`no backup was completed after the deployment (${listed(without)})`]
      : []),
  ];
}

/** At the end, or in more than half of its runs. */
function stayedUnknown(
  sums: Watching['checks'][string] | undefined,
  record: TargetState['checks'][string] | undefined,
) {
  return sums !== undefined && (record?.last.status === 'unknown' || sums.unknown > sums.pass + sums.fail);
}

function roundsOf({ rounds, startedAt, everyMs }: Watching, endedAt: string): WatchReport['rounds'] {
  const last = rounds.lastAt ?? startedAt;
  // What was due in the last moments may be under way; when it has run, it was due.
  const to = new Date(Math.max(Date.parse(endedAt) - Math.min(everyMs, 60_000), Date.parse(last) + 1)).toISOString();
  const { ran, gaps, gapsLeftOut } = withGap(rounds, last, to, everyMs);
  return { expected: Math.max(ran, roundsBetween(startedAt, to, everyMs)), ran, gaps, gapsLeftOut };
}

function runsOf({ checks: sums }: Watching, checks: Ending['checks']): WatchReport['runs'] {
  const of = (status: 'pass' | 'fail' | 'unknown') =>
    checks.reduce((total, { id }) => total + (sums[id]?.[status] ?? 0), 0);
  return { checks: checks.length, pass: of('pass'), fail: of('fail'), unknown: of('unknown') };
}

function is(names: readonly string[]): string {
  return names.length < 2 ? 'is' : 'are';
}

function has(names: readonly string[]): string {
  return names.length < 2 ? 'has' : 'have';
}
