// How notices name things: checks, what is the matter with them, effects, lengths and points of time. Pure. English,
// short, the same words everywhere.
import { formatDuration } from '../../config/duration.ts';
import type { Impact } from '../finding.ts';
import { printable } from '../printable.ts';
import { impactEffect } from './impact-groups.ts';
import type { NoticeEntry } from './notice.ts';

/** `probe:login` as people say it: "login"; `backup:nightly` as "backup nightly". */
export function spoken(check: string): string {
  return check.replace(/^probe:/, '').replace(':', ' ');
}

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** "a is", "a and b are". */
function areNames(names: readonly string[]): string {
  return `${listed(names)} ${names.length < 2 ? 'is' : 'are'}`;
}

/** What impacts mean to whoever reads at night: "users cannot use it; queries that read fail". */
export function effects(impacts: readonly Impact[]): string {
  return impacts.map(impactEffect).join('; ');
}

type Named = Pick<NoticeEntry, 'check' | 'about' | 'reason'>;

/** What is the matter, one clause for each kind of matter: "login and schema are failing". */
export function troubled(entries: readonly Named[], still = ''): string[] {
  return clauses(entries, ({ about }) => {
    switch (about) {
      case 'failing':
        return (names) => `${areNames(names)} ${still}failing`;
      case 'unverified':
        return (names) => `${listed(names)} ${still}cannot be verified`;
      case 'cut-off':
        return () => `${still}nothing of it can be reached`;
      case 'memory':
        return () => "Driftwatch's memory of it could not be read";
    }
  });
}

/** What is over, one clause for each way to be over. What was only not verified is not all right by being verified. */
export function ended(entries: readonly Named[]): string[] {
  return clauses(entries, ({ about, reason }) => {
    if (reason === 'check-removed') return (names) => `${areNames(names)} no longer checked`;
    switch (about) {
      case 'failing':
        return (names) => `${areNames(names)} all right again`;
      case 'unverified':
        return (names) => `${areNames(names)} verified again`;
      case 'cut-off':
      case 'memory':
        return () => (reason === 'cannot-tell' ? 'it may be in reach again' : 'it can be reached again');
    }
  });
}

function clauses(entries: readonly Named[], clauseOf: (entry: Named) => (names: string[]) => string): string[] {
  const groups = Map.groupBy(entries, (entry) => clauseOf(entry)(['']));
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first ? [clauseOf(first)(members.map(({ check }) => printable(spoken(check))))] : [];
  });
}

/** `02:55 UTC`, with the date when it is not the day of `now`. */
export function pointInTime(time: string, now: string): string {
  const clock = `${time.slice(11, 16)} UTC`;
  return time.slice(0, 10) === now.slice(0, 10) ? clock : `${time.slice(0, 10)} ${clock}`;
}

/** `2026-11-20 02:55:03 UTC`. */
export function fullTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** "since 02:55 UTC (45 min ago)"; under a minute, without how long. */
export function sinceWhen(since: string, at: string): string {
  const ms = Date.parse(at) - Date.parse(since);
  return `since ${pointInTime(since, at)}${ms < 60_000 ? '' : ` (${formatDuration(ms)} ago)`}`;
}

/** What a silence or a window that is over had kept back: all of it, or what is new of something told before. */
export function keptBack({ change }: Pick<NoticeEntry, 'change'>, quiet: string): string {
  return change === 'opened'
    ? `Not told before because of ${quiet}, which is over.`
    : `Nothing more was told of it because of ${quiet}, which is over.`;
}

/** That with an end all is well with its target, which says nothing of other targets. */
export function nothingElse(target: string): string {
  return `Nothing else that was told about ${target} is open.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
