// Which parts of a bucket have to be listed to find the newest backup, from the pattern of its keys: S3 lists in key
// order only, so years of history are avoided by asking for the days that matter, newest first. Pure.

import { wallTime } from '../../config/zoned-time.ts';
import { type DateUnit, dateUnits, type KeyPattern } from './key-pattern.ts';

const dayMs = 86_400_000;
/** More prefixes than this, and whole months or years are listed instead of days. */
const manyPrefixes = 40;

export interface ListingPlan {
  /** What every key begins with, whatever its date. */
  stem: string;
  /** The prefixes of the dates that a backup within `maxAge` can have, newest first; the stem alone without dates. */
  recent: string[];
  /**
   * A key from which all backups of about the last year follow in key order; `undefined` when the order of the keys is
   * not that of their dates.
   */
  lastYear: string | undefined;
}

/**
 * Dates a day ahead are asked for too, and a day more than `maxAge` back: a wrong time zone or clock moves keys by
 * less than that, and is better seen than missed.
 */
export function planListing(
  pattern: KeyPattern,
  options: { now: Date; maxAge: number; timeZone: string },
): ListingPlan {
  const { now, maxAge, timeZone } = options;
  const stem = render(literalLead(pattern), 0);
  const newest = wallTime(now, timeZone) + dayMs;
  const oldest = wallTime(new Date(now.getTime() - maxAge), timeZone) - dayMs;

  // From days to years, as far as the keys begin with them; the first that makes few prefixes is taken.
  const leads = listable
    .map((unit) => ({ unit, lead: leadOf(pattern, unit) }))
    .filter(({ unit, lead }) => has(lead, unit));
  const [finest] = leads;
  if (finest === undefined) return { stem, recent: [stem], lastYear: undefined };
  const prefixes = leads.map(({ lead }) => [...new Set(daysBack(newest, oldest).map((wall) => render(lead, wall)))]);
  return {
    stem,
    recent: prefixes.find((texts) => texts.length <= manyPrefixes) ?? prefixes.at(-1) ?? [stem],
    lastYear: inDateOrder(pattern) ? render(finest.lead, oldest - 366 * dayMs) : undefined,
  };
}

/** The text before the first date and the first wildcard. */
function literalLead(pattern: KeyPattern): KeyPattern {
  const end = pattern.findIndex((part) => !('text' in part));
  return end === -1 ? pattern : pattern.slice(0, end);
}

const listable = ['DD', 'MM', 'YYYY'] as const;

/** The parts before the first wildcard and the first date finer than `unit`. */
function leadOf(pattern: KeyPattern, unit: DateUnit): KeyPattern {
  const finest = dateUnits.indexOf(unit);
  const end = pattern.findIndex(
    (part) => 'wildcard' in part || ('date' in part && dateUnits.indexOf(part.date) > finest),
  );
  return end === -1 ? pattern : pattern.slice(0, end);
}

function has(parts: KeyPattern, unit: DateUnit): boolean {
  return parts.some((part) => 'date' in part && part.date === unit);
}

/** Whether keys sort as their dates do: coarse units first, none left out, before any wildcard. */
function inDateOrder(pattern: KeyPattern): boolean {
  const units = leadOf(pattern, 'ss').flatMap((part) => ('date' in part ? [part.date] : []));
  return units[0] === 'YYYY' && [...new Set(units)].every((unit, at) => unit === dateUnits[at]);
}

function daysBack(newest: number, oldest: number): number[] {
  const [last, first] = [Math.floor(newest / dayMs), Math.floor(oldest / dayMs)];
  return Array.from({ length: last - first + 1 }, (_, back) => (last - back) * dayMs);
}

function render(parts: KeyPattern, wall: number): string {
  const date = new Date(wall).toISOString();
  const [YYYY = '', MM = '', DD = ''] = date.slice(0, 10).split('-');
  const values: Partial<Record<DateUnit, string>> = { YYYY, MM, DD };
  return parts.map((part) => ('text' in part ? part.text : 'date' in part ? (values[part.date] ?? '') : '')).join('');
}
