// Deployments are allowed now: by the clock on the wall of the settings' time zone, whatever its clocks are set to, and
// by the days that are frozen.
import { instantsOf, wallTime } from '../../config/zoned-time.ts';
import { type Prose, say, words } from '../prose.ts';
import { type GateRule, switchedOff } from '../rule.ts';
import { type ChangeWindow, weekDays } from '../window-settings.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** How far ahead the next opening is looked for. */
const daysAhead = 400;

export const changeWindow: GateRule<ChangeWindow, null> = {
  plan({ gate }) {
    if (gate.changeWindow === false) return { off: switchedOff };
    return gate.changeWindow ? { settings: gate.changeWindow } : { off: words('the settings name no times') };
  },
  collect: async () => null,
  judge(_evidence, { settings, now }) {
    const frozen = frozenAt(settings, now);
    const at = say`${[minuteIn(settings, now)]}`;
    if (isOpen(settings, now)) return { status: 'pass', summary: say`open: it is ${at}`, details: [] };
    const why = frozen
      ? say`frozen until the end of ${[frozen.to ?? frozen.from]} (${frozen.reason})`
      : words('outside the hours that are open');
    return {
      status: 'fail',
      summary: say`closed: it is ${at}, ${why}`,
      details: [],
      remedy: nextOpening(settings, now),
    };
  },
};

function isOpen(settings: ChangeWindow, at: Date): boolean {
  if (frozenAt(settings, at)) return false;
  const wall = wallTime(at, zoneOf(settings));
  const today = startOfDay(wall);
  return (
    settings.open?.some((window) => {
      const [from, to] = [minutes(window.from), minutes(window.to)];
      const minute = Math.floor((wall - today) / minuteMs);
      if (from < to) return beginsOn(window, today) && from <= minute && minute < to;
      // Over midnight it belongs to the day on which it begins.
      return (beginsOn(window, today) && minute >= from) || (beginsOn(window, today - dayMs) && minute < to);
    }) ?? true
  );
}

type Open = NonNullable<ChangeWindow['open']>[number];

function beginsOn({ days, dates }: Open, day: number): boolean {
  if (days === undefined && dates === undefined) return true;
  const weekDay = weekDays[new Date(day).getUTCDay()];
  return (weekDay !== undefined && days?.includes(weekDay)) || (dates?.includes(dateOf(day)) ?? false);
}

function frozenAt(settings: ChangeWindow, at: Date): ChangeWindow['frozen'][number] | undefined {
  const date = dateOf(wallTime(at, zoneOf(settings)));
  return settings.frozen.find(({ from, to = from }) => from <= date && date <= to);
}

/** It can open at midnight, when a freeze ends, and when a window begins. */
function nextOpening(settings: ChangeWindow, now: Date): Prose {
  const zone = zoneOf(settings);
  const begins = [...new Set([0, ...(settings.open ?? []).map(({ from }) => minutes(from))])].sort((a, b) => a - b);
  const today = startOfDay(wallTime(now, zone));
  for (let day = 0; day <= daysAhead; day += 1) {
    for (const minute of begins) {
      const { first } = instantsOf(today + day * dayMs + minute * minuteMs, zone);
      if (first > now && isOpen(settings, first)) return say`It opens on ${[minuteIn(settings, first)]}.`;
    }
  }
  return words(`By the settings it does not open within ${daysAhead} days: correct "changeWindow".`);
}

/** `Saturday 2026-11-28 12:10 (Europe/Berlin)`. */
function minuteIn(settings: ChangeWindow, at: Date): string {
  const zone = zoneOf(settings);
  const wall = new Date(wallTime(at, zone));
  const day = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(wall);
  return `${day} ${wall.toISOString().slice(0, 16).replace('T', ' ')} (${zone})`;
}

function zoneOf({ timeZone = 'UTC' }: ChangeWindow): string {
  return timeZone;
}

function startOfDay(wall: number): number {
  return Math.floor(wall / dayMs) * dayMs;
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
}
