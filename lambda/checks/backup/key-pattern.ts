// The pattern that keys of backups follow: text, date placeholders, and the wildcards `*` and `?`, which stay within a
// folder. Owns reading one, matching keys with it, and the period of time that a key names.
import { instantsOf } from '../../config/zoned-time.ts';

/** Coarse to fine. */
export const dateUnits = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;
export type DateUnit = (typeof dateUnits)[number];

export type PatternPart = { text: string } | { date: DateUnit } | { wildcard: '*' | '?' };
export type KeyPattern = readonly PatternPart[];

/** From the first instant that a date can mean to the first that it cannot. */
export interface Period {
  from: Date;
  to: Date;
}

/** What is wrong with the text as a pattern of keys; `undefined` when it may stand. */
export function patternProblem(text: string): string | undefined {
  if (text === '') return 'expected a pattern such as "db/backup_{YYYY}{MM}{DD}.sql"';
  const unknown = /\{[^{}]*\}?|\}/g;
  for (const [placeholder] of text.matchAll(unknown)) {
    if (!isPlaceholder(placeholder)) {
      return `"${placeholder}" is no placeholder; expected {YYYY}, {MM}, {DD}, {HH}, {mm} or {ss}`;
    }
  }
  const units = unitsOf(parsePattern(text));
  const gap = dateUnits.find(
    (unit, at) => !units.has(unit) && dateUnits.slice(at + 1).some((finer) => units.has(finer)),
  );
  return gap === undefined ? undefined : `a date without {${gap}} names no time; expected {${gap}} too`;
}

/** Reads a text that `patternProblem` accepts. */
export function parsePattern(text: string): KeyPattern {
  return text
    .split(/(\{[A-Za-z]+\}|[*?])/)
    .filter((part) => part !== '')
    .map((part): PatternPart => {
      if (part === '*' || part === '?') return { wildcard: part };
      return isPlaceholder(part) ? { date: part.slice(1, -1) as DateUnit } : { text: part };
    });
}

function isPlaceholder(text: string): boolean {
  return dateUnits.some((unit) => text === `{${unit}}`);
}

function unitsOf(pattern: KeyPattern): Set<DateUnit> {
  return new Set(pattern.flatMap((part) => ('date' in part ? [part.date] : [])));
}

export interface KeyMatch {
  /** The text that `key` matched: what the files of one backup have in common. */
  name: string;
  /** Which of `files` it is; 0 when there are none. */
  file: number;
  /** The period that the date in the key names; `undefined` for a pattern without date. */
  period: Period | undefined;
}

/**
 * Matches whole keys: `key` alone, or `key` followed by one of `files`. A placeholder that occurs twice must say the
 * same twice; what is not a date (a 31st of June) does not match.
 */
export function keyMatcher(
  key: KeyPattern,
  files: readonly KeyPattern[],
  timeZone: string,
): (text: string) => KeyMatch | undefined {
  const expressions = (files.length === 0 ? [[]] : files).map((file) => {
    const seen = new Set<DateUnit>();
    return new RegExp(`^(?<name>${source(key, seen)})${source(file, seen)}$`, 's');
  });
  return (text) => {
    for (const [file, expression] of expressions.entries()) {
      const groups = expression.exec(text)?.groups;
      if (groups === undefined) continue;
      const period = periodOf(groups, timeZone);
      if (period === 'no date') continue;
      return { name: groups.name ?? '', file, period };
    }
    return undefined;
  };
}

function source(pattern: KeyPattern, seen: Set<DateUnit>): string {
  return pattern
    .map((part) => {
      if ('text' in part) return part.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      if ('wildcard' in part) return part.wildcard === '*' ? '[^/]*' : '[^/]';
      if (seen.has(part.date)) return `\\k<${part.date}>`;
      seen.add(part.date);
      return `(?<${part.date}>\\d{${part.date.length}})`;
    })
    .join('');
}

function periodOf(groups: Record<string, string>, timeZone: string): Period | 'no date' | undefined {
  if (groups.YYYY === undefined) return undefined;
  const [year = 0, ...rest] = dateUnits.flatMap((unit) => (groups[unit] === undefined ? [] : [Number(groups[unit])]));
  const start = wallOf([year, ...rest]);
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest;
  const date = new Date(start);
  const same =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  if (!same) return 'no date';
  const end = wallOf([year, ...rest].map((value, at, all) => (at === all.length - 1 ? value + 1 : value)));
  return { from: instantsOf(start, timeZone).first, to: instantsOf(end, timeZone).last };
}

function wallOf([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
