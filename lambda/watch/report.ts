// The report of a watch as text: verdict and why first, then what changed, in the order in which a person asks. Pure.
// Names and versions come from outside; every line of them is printable.

import { formatDuration } from '../config/duration.ts';
import { formatSize } from '../config/size.ts';
import { capital, listed, spoken } from '../monitor/notice/wording.ts';
import { printable } from '../monitor/printable.ts';
import { minuteOf } from '../point-in-time.ts';
import { isBrief } from './verdict.ts';
import type { Change, Gap, Trouble, WatchReport } from './watch.ts';

type Told = WatchReport;

/** One clause, for a subject: "schema and login have gone wrong since version 1.5.0". */
export function watchClause(report: Told): string {
  const { verdict, ended, endedBy = '', startedAt, until, wrong, changes, changesLeftOut } = report;
  const name = `version ${short(report.version)}`;
  const planned = formatDuration(span(startedAt, until));
  switch (verdict) {
    case 'passed': {
      const changed = changes.length + changesLeftOut;
      const figures = changed === 0 ? '' : `; ${changed} measure${changed === 1 ? '' : 's'} changed`;
      return `${name} passed its watch of ${planned}${figures}`;
    }
    case 'failed':
      return `${listed(wrong.map(spoken).map(printable))} ${wrong.length === 1 ? 'has' : 'have'} gone wrong since ${name}`;
    case 'inconclusive':
      if (ended === 'superseded') return `${name} was superseded by ${short(endedBy)} while it was watched`;
      if (ended === 'stopped') return `the watch of ${name} was stopped`;
      return `too little was verified in ${planned} of watching ${name}`;
  }
}

function short(text: string): string {
  const shown = printable(text);
  return shown.length <= 40 ? shown : `${shown.slice(0, 39).toWellFormed()}…`;
}

/** Everything but the headline, in parts that stand an empty line apart. */
export function watchText(report: Told): string[] {
  return [
    overview(report),
    ...troubleText(report),
    measuresText(report),
    ...(report.backups.length > 0 ? [backupsText(report)] : []),
    roundsText(report),
  ];
}

function overview({ version, commit, by, startedAt, endedAt, verdict, reasons, trouble }: Told): string {
  const what = `Version ${printable(version)}${commit === undefined ? '' : ` (commit ${printable(commit)})`}`;
  const asked = by === undefined ? '' : `, as ${printable(by)} asked`;
  const why =
    verdict === 'passed'
      ? [
          trouble.some(({ known }) => !known)
            ? 'Every check was verified, and what went wrong after the deployment was over within minutes.'
            : 'Every check was verified, and nothing that was all right before the deployment has gone wrong.',
        ]
      : reasons.map((reason) => `${capital(printable(reason))}.`);
  return [`${what} was watched ${between(startedAt, endedAt)}${asked}.`, ...why].join('\n');
}

/** Every incident with its times: what is new first. */
export function troubleText({ trouble, troubleLeftOut }: Pick<Told, 'trouble' | 'troubleLeftOut'>): string[] {
  const fresh = trouble.filter(({ known }) => !known);
  const known = trouble.filter((one) => one.known);
  const left = troubleLeftOut > 0 ? [`- and ${troubleLeftOut} that were over earlier`] : [];
  return [
    ...(fresh.length + left.length > 0
      ? [['== New since the deployment ==', ...fresh.flatMap(lines), ...left].join('\n')]
      : []),
    ...(known.length > 0 ? [['== Wrong before the deployment already ==', ...known.flatMap(lines)].join('\n')] : []),
  ];
}

function lines(one: Trouble): string[] {
  const { check, about, since, endedAt, severity, what, findingCount, added, known } = one;
  const lasted = endedAt === undefined ? `since ${minuteOf(since)}, not over` : between(since, endedAt);
  const state = about === 'failing' ? severity : about === 'unverified' ? 'could not be verified' : 'out of reach';
  const brief = !known && isBrief(one) ? '; over within minutes, as in a restart' : '';
  const more = (count: number) => (count > 1 ? ` (and ${count - 1} more)` : '');
  return [
    `- ${printable(spoken(check))}, ${state}: ${lasted}${brief}`,
    `  ${printable(what)}${more(findingCount)}`,
    ...(added ? [`  New in it since ${minuteOf(added.since)}: ${printable(added.what)}${more(added.count)}`] : []),
  ];
}

function measuresText({ compared, changes, changesLeftOut }: Told): string {
  const title = '== Measures against the time before the deployment ==';
  const total = changes.length + changesLeftOut;
  if (compared === 0) return `${title}\nNone could be compared: too little was measured before, or since.`;
  if (total === 0) return `${title}\nNone of ${compared} changed.`;
  const rows = changes.map((one) => [
    printable(`${spoken(one.check)} ${one.name}`),
    value(one.mean, one.unit),
    value(one.since, one.unit),
    extent(one),
    `${value(one.low, one.unit)} to ${value(one.high, one.unit)}`,
  ]);
  return [
    title,
    `${total} of ${compared} changed${changesLeftOut > 0 ? `; the greatest ${changes.length}` : ''}:`,
    '',
    ...table(['measure', 'before', 'since', 'change', 'usually'], rows),
    '',
    'A change alone does not fail a watch: what is too much is for the limits in the settings to say.',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}

function extent({ mean, since, unit }: Change): string {
  if (mean === 0 || Math.sign(mean) !== Math.sign(since)) return signed(since - mean, unit);
  const ratio = since / mean;
  if (ratio >= 3) return `x ${ratio >= 10 ? Math.round(ratio) : Math.round(ratio * 10) / 10}`;
  return `${ratio > 1 ? '+' : '-'}${Math.round(Math.abs(ratio - 1) * 100)} %`;
}

function signed(difference: number, unit: string): string {
  return `${difference < 0 ? '-' : '+'}${value(Math.abs(difference), unit)}`;
}

function value(number: number, unit: string): string {
  switch (unit) {
    case 'ms':
      return Math.abs(number) < 10_000 ? `${Math.round(number)} ms` : formatDuration(number);
    case 's':
      return formatDuration(number * 1_000);
    case 'bytes':
      return formatSize(Math.round(number));
    case 'days':
      return `${Math.round(number)} d`;
    case 'ratio':
      return `${Math.round(number * 1_000) / 10} %`;
    case 'count':
      return plain(number);
    default:
      return `${plain(number)} ${printable(unit)}`;
  }
}

function plain(number: number): string {
  return String(Math.abs(number) >= 100 ? Math.round(number) : Math.round(number * 10) / 10);
}

function backupsText({ backups }: Told): string {
  return [
    '== Backups ==',
    ...backups.map(({ check, completed }) =>
      completed
        ? `${capital(printable(spoken(check)))}: completed after the deployment, ${minuteOf(completed.completedAt)}; ${printable(completed.summary)}`
        : `${capital(printable(spoken(check)))}: none was completed after the deployment yet.`,
    ),
  ].join('\n');
}

function roundsText({ rounds, runs, everyMs }: Told): string {
  const { expected, ran, gaps, gapsLeftOut } = rounds;
  const unknown = runs.unknown > 0 ? `, ${runs.unknown} could not be verified` : '';
  const checks = `${runs.checks} check${runs.checks === 1 ? '' : 's'}`;
  return [
    '== Runs ==',
    `${ran} of ${expected} rounds ran, one every ${formatDuration(everyMs)}.`,
    `Of ${checks}, ${runs.pass} runs passed, ${runs.fail} failed${unknown}.`,
    ...gaps.map((gap) => `Missed: ${missed(gap)}.`),
    ...(gapsLeftOut > 0 ? [`Missed: ${gapsLeftOut} times more.`] : []),
  ].join('\n');
}

function missed({ from, to, rounds }: Gap): string {
  return rounds === 1 ? `the round of ${minuteOf(from)}` : `${rounds} rounds, ${between(from, to)}`;
}

/** "from 2026-11-20 12:10 to 15:20 UTC (3 h 10 min)". */
function between(from: string, to: string): string {
  const end = from.slice(0, 10) === to.slice(0, 10) ? `${to.slice(11, 16)} UTC` : minuteOf(to);
  return `from ${minuteOf(from).replace(' UTC', '')} to ${end} (${formatDuration(span(from, to))})`;
}

function span(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
