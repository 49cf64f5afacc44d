// The parts of a notice's text, each a few lines: what is wrong, since when, what it does, what to do next, and where to
// see more. Pure. Every line that holds text from outside is made printable and stays inside its indentation.
import { formatDuration } from '../../config/duration.ts';
import { byCodeUnit } from '../../json.ts';
import { printable } from '../printable.ts';
import { findingLines } from './finding-text.ts';
import type { Notice, NoticeEntry, Report } from './notice.ts';
import {
  capital,
  effects,
  ended,
  fullTime,
  keptBack,
  nothingElse,
  pointInTime,
  sinceWhen,
  spoken,
  troubled,
} from './wording.ts';

/** Where the evidence is. */
export interface Place {
  bucket: string;
}

/** The first lines: how bad, of what, and the whole of it in a sentence or two. */
export function headline(notice: Notice): string {
  const { target, environment, entries, status, at, report } = notice;
  const title = `${level(notice)}: ${printable(target)} (${printable(environment)})`;
  if (report) return `${title}\n${capital(printable(report.title))}.`;
  if (status === 'resolved') return [title, ...ended(entries).map((clause) => `${capital(clause)}.`)].join('\n');
  const still = status === 'reminder' ? 'still ' : '';
  const since = status === 'report' ? '' : ` ${sinceWhen(earliest(entries), at)}`;
  return [title, ...troubled(entries, still).map((clause) => `${capital(clause)}${since}.`)].join('\n');
}

/** `CRITICAL, ESCALATED`, `RESOLVED`. */
export function level({ status, severity, escalated, report }: Notice): string {
  if (report) return printable(report.label);
  if (status === 'resolved') return 'RESOLVED';
  return escalated ? `${severity.toUpperCase()}, ESCALATED` : severity.toUpperCase();
}

/**
 * One check: its own line about this run, what is wrong, what that does and what to do about each of it.
 * @param shown how many findings, or names of findings that are gone, to print
 */
export function entryText(entry: NoticeEntry, notice: Notice, place: Place, shown: number): string {
  const title = `== ${printable(entry.check)} ==`;
  // A check with one finding often has nothing else to say.
  const repeats = entry.findings.some(({ message }) => message.includes(entry.summary));
  const summary = capital(printable(entry.summary));
  if (entry.change === 'resolved') return [title, summary, ...endLines(entry, notice, shown)].join('\n');
  const findings = [...findingLines(entry, notice, shown), ...whereLines(entry, place, shown)];
  const times = timeLines(entry, notice);
  switch (entry.about) {
    case 'failing':
      return [title, ...(repeats ? [] : [summary]), ...times, `Effect: ${effects(entry.impacts)}.`, ...findings].join(
        '\n',
      );
    case 'unverified':
      // Its summary only repeats the finding.
      return [title, 'Whether it is all right is not known.', ...times, ...findings].join('\n');
    case 'cut-off':
    case 'memory':
      // The headline is its title.
      return findings.join('\n').trimStart();
  }
}

/** Since when, unless the headline says it already, and when all was well. */
function timeLines(entry: NoticeEntry, { at, entries }: Notice): string[] {
  const { since, lastPassAt, flapping, acknowledged, quiet } = entry;
  const when = since === earliest(entries) ? [] : [`${capital(sinceWhen(since, at))}.`];
  return [
    ...when,
    ...(lastPassAt === undefined ? [] : [`Last verified as all right: ${pointInTime(lastPassAt, at)}.`]),
    ...(flapping
      ? [
          `It comes and goes: ${flapping.changes} changes ${sinceWhen(flapping.since, at)}. That is told once, and again when it stays as it is.`,
        ]
      : []),
    ...(quiet === undefined ? [] : [keptBack(entry, printable(quiet))]),
    ...(acknowledged
      ? [
          `${printable(acknowledged.by)} is at it since ${pointInTime(acknowledged.at, at)}${acknowledged.note === undefined ? '' : `: ${printable(acknowledged.note)}`}.`,
        ]
      : []),
  ];
}

function endLines(entry: NoticeEntry, { at }: Notice, shown: number): string[] {
  const { since, seenAt, reason, gone, goneCount, about } = entry;
  const lasted = formatDuration(Date.parse(seenAt) - Date.parse(since));
  const [from, to] = [pointInTime(since, at), pointInTime(seenAt, at)];
  const span =
    reason === 'check-removed'
      ? [
          'It was still so when it was last checked; whether it is over is not known.',
          `Since ${from}; it was taken out of the settings by ${to} (${lasted} later).`,
        ]
      : [`From ${from} to ${to} (${lasted}).`];
  const heading = about === 'unverified' ? 'What had kept it from being verified:' : 'What had been wrong:';
  const names = gone.slice(0, shown).map(({ message }) => `- ${printable(message)}`);
  const more = goneCount > names.length && names.length > 0 ? [`- and ${goneCount - names.length} more`] : [];
  return [...span, ...(names.length > 0 ? ['', heading, ...names, ...more] : [])];
}

/** @param shown how many lines to print */
export function reportText({ lines, evidence }: Report, { bucket }: Place, shown: number): string {
  const left = lines.length - shown;
  return [
    ...lines.slice(0, shown).map(printable),
    ...(left > 0 ? [`${left} more lines are not shown here.`] : []),
    ...(evidence === undefined ? [] : ['', `All of it: s3://${bucket}/${printable(evidence)}`]),
  ].join('\n');
}

/** Where all of it is, and how much of it is not here. */
function whereLines({ findings, findingCount, evidence }: NoticeEntry, { bucket }: Place, shown: number): string[] {
  const left = findingCount - Math.min(findings.length, shown);
  const address = evidence === undefined ? undefined : `s3://${bucket}/${printable(evidence)}`;
  if (left > 0) {
    const where = address ?? 'the answer of an on-demand run of this check';
    const verb = left === 1 ? 'is' : 'are';
    return ['', `${left} more ${verb} not shown here, nor what to do about it. All ${findingCount}: ${where}`];
  }
  return address === undefined ? [] : ['', `Evidence: ${address}`];
}

/** What is in trouble beside the entries, so that nobody takes one message for the whole. */
export function aroundText({ target, heldBack, stillOpen, status, at }: Notice): string[] {
  const explained = heldBack.map(({ check, about }) => `- ${printable(spoken(check))} ${state(about)}`);
  const open = stillOpen.map(
    ({ check, about, since }) => `- ${printable(spoken(check))} ${state(about)} ${sinceWhen(since, at)}`,
  );
  return [
    ...(explained.length > 0 ? [['Probably because of it, and not told separately:', ...explained].join('\n')] : []),
    ...(open.length > 0 ? [['Also open, told before:', ...open].join('\n')] : []),
    ...(open.length === 0 && status === 'resolved' ? [nothingElse(printable(target))] : []),
  ];
}

function state(about: NoticeEntry['about']): string {
  switch (about) {
    case 'failing':
      return 'is failing';
    case 'unverified':
      return 'cannot be verified';
    case 'cut-off':
    case 'memory':
      return 'cannot be reached';
  }
}

/** What helps to act: the newest backup when that matters, and the runbook. */
export function helpText({ backup, runbook, status, at }: Notice): string[] {
  if (status === 'resolved') return [];
  const lines = [
    ...(backup
      ? [
          `Newest good backup, as ${printable(spoken(backup.check))} verified it at ${pointInTime(backup.verifiedAt, at)}: ${printable(backup.summary)}`,
        ]
      : []),
    ...(runbook === undefined ? [] : [`Runbook: ${printable(runbook)}`]),
  ];
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** What to name when talking about this message. */
export function footer({ id, sequence, at, run, monitor, entries }: Notice, { bucket }: Place): string {
  const incidents = entries.flatMap(({ incident, about, check }) =>
    about === 'memory' ? [] : [`${incident} (${printable(spoken(check))})`],
  );
  return [
    '--',
    `Notice ${id}, number ${sequence}, state of ${fullTime(at)}`,
    ...(incidents.length > 0 ? [`Incident ${incidents.join(', ')}`] : []),
    `Run ${run} of Driftwatch "${printable(monitor)}", which keeps its memory in s3://${bucket}`,
  ].join('\n');
}

function earliest(entries: readonly NoticeEntry[]): string {
  return entries.map(({ since }) => since).sort(byCodeUnit)[0] ?? '';
}
