// What happened in a day or a week, over every target: how often each check ran and how it went, what is open, how long
// certificates and backups still last. Pure. Read from the roll-ups of the targets' states; says so when all was well.
import * as z from 'zod';
import type { CheckEntry, Schedule, TargetSettings } from '../../config/settings.ts';
import { byCodeUnit } from '../../json.ts';
import type { CheckSums, History } from '../decide/history.ts';
import { lastOccurrence } from '../decide/occurrences.ts';
import { activeSilences, silence } from '../decide/silences.ts';
import type { TargetState } from '../memory/state.ts';
import { subjects } from '../notice/notice.ts';
import { shortHash } from '../short-hash.ts';

const time = z.iso.datetime();
const count = z.int().nonnegative();

const digestCheck = z.object({
  check: z.string(),
  pass: count,
  fail: count,
  unknown: count,
  /** Whether its schedule asked for it in the period. */
  due: z.boolean(),
  /** Of the runs that could tell, how many passed: 0 to 1; absent when none could. */
  availability: z.number().optional(),
  /** What still lasts, by the measure's name: the newest value of every measure in days. */
  daysLeft: z.array(z.object({ name: z.string(), days: z.number() })),
  /** When it was last seen to pass. */
  lastPassAt: time.optional(),
});
export type DigestCheck = z.output<typeof digestCheck>;

const digestIncident = z.object({
  check: z.string(),
  about: z.enum(subjects),
  since: time,
  announced: z.boolean(),
  message: z.string(),
});
export type DigestIncident = z.output<typeof digestIncident>;

const digestTarget = z.object({
  name: z.string(),
  environment: z.string(),
  checks: z.array(digestCheck),
  open: z.array(digestIncident),
  silences: z.array(silence),
  /** Nothing is remembered of it at all, or what is remembered cannot be read. */
  unknown: z.boolean(),
});
export type DigestTarget = z.output<typeof digestTarget>;

export const digest = z.object({
  /** The same for every delivery of it. */
  id: z.string(),
  monitor: z.string(),
  from: time,
  to: time,
  /** Those in trouble first. */
  targets: z.array(digestTarget),
});
export type Digest = z.output<typeof digest>;

export interface Remembered {
  target: Pick<TargetSettings, 'name' | 'environment' | 'checks'>;
  /** `undefined`: nothing is stored, or it cannot be read. */
  state: TargetState | undefined;
}

const dayMs = 86_400_000;

/** @param to when the period ends: the moment for which the digest was due */
export function digestOf(monitor: string, remembered: readonly Remembered[], periodMs: number, to: Date): Digest {
  const from = new Date(to.getTime() - periodMs);
  const targets = remembered
    .map((one) => targetOf(one, from, to))
    .sort((left, right) => rank(left) - rank(right) || byCodeUnit(left.name, right.name));
  const period = { from: from.toISOString(), to: to.toISOString() };
  return { id: `digest-${shortHash([monitor, period.from, period.to].join('\n'))}`, monitor, ...period, targets };
}

/** Whether there is nothing that anybody has to look at: all was verified, and all of it passed. */
export function isAllWell({ targets }: Digest): boolean {
  return targets.every((target) => rank(target) === ranks.well);
}

const ranks = { open: 0, unseen: 1, troubled: 2, well: 3 } as const;

function rank({ open, checks, unknown }: DigestTarget): number {
  if (open.length > 0) return ranks.open;
  if (unknown || checks.some(isUnseen)) return ranks.unseen;
  return checks.some(({ fail, unknown: blind }) => fail + blind > 0) ? ranks.troubled : ranks.well;
}

/** Whether a check that was due, or carried out, never came to a verdict. */
export function isUnseen({ pass, fail, unknown, due }: DigestCheck): boolean {
  return pass + fail === 0 && (due || unknown > 0);
}

/** A run that was due just before the end may still be under way. */
const underWayMs = 3_600_000;

function isDue(schedule: Schedule, from: Date, to: Date): boolean {
  const until = new Date(to.getTime() - underWayMs);
  if ('every' in schedule) return schedule.every <= until.getTime() - from.getTime();
  const last = lastOccurrence(schedule, until);
  return last !== undefined && last > from;
}

function targetOf({ target, state }: Remembered, from: Date, to: Date): DigestTarget {
  const { name, environment } = target;
  return {
    name,
    environment,
    checks: target.checks.map((entry) => checkOf(entry, state, from, to)),
    open: state ? openOf(state) : [],
    silences: state ? activeSilences(state, to) : [],
    unknown: state === undefined,
  };
}

function checkOf(
  { id: check, schedule }: CheckEntry,
  state: TargetState | undefined,
  from: Date,
  to: Date,
): DigestCheck {
  const sums = state ? bucketsWithin(state.history, from, to).flatMap(({ checks }) => checks[check] ?? []) : [];
  const total = (status: 'pass' | 'fail' | 'unknown') => sums.reduce((sum, one) => sum + one[status], 0);
  const [pass, fail, unknown] = [total('pass'), total('fail'), total('unknown')];
  const lastPassAt = state?.checks[check]?.lastPass?.at;
  return {
    check,
    pass,
    fail,
    unknown,
    due: isDue(schedule, from, to),
    ...(pass + fail > 0 && { availability: pass / (pass + fail) }),
    daysLeft: daysLeft(sums),
    ...(lastPassAt !== undefined && { lastPassAt }),
  };
}

/** By the hour as far back as hours are kept, else by the day: whole ones, so the period's edges are rounded to them. */
function bucketsWithin({ hours, days }: History, from: Date, to: Date): History['hours'] {
  const short = to.getTime() - from.getTime() <= dayMs;
  const [buckets, length] = short ? [hours, 'yyyy-mm-ddThh'.length] : [days, 'yyyy-mm-dd'.length];
  const [first, last] = [from, to].map((time) => time.toISOString().slice(0, length));
  return buckets.filter(({ start }) => start > (first ?? '') && start <= (last ?? ''));
}

/** Of every measure in days the lowest of the newest bucket that has it. */
function daysLeft(sums: readonly CheckSums[]): DigestCheck['daysLeft'] {
  const newest = new Map<string, number>();
  for (const { measures } of sums) {
    for (const [name, { unit, min }] of Object.entries(measures)) if (unit === 'days') newest.set(name, min);
  }
  return [...newest].map(([name, days]) => ({ name, days }));
}

function openOf({ checks, cutOff }: TargetState): DigestIncident[] {
  const tracks = [
    { check: 'monitor', about: 'cut-off' as const, incident: cutOff.incident },
    ...Object.entries(checks).flatMap(([check, { failing, unverified }]) => [
      { check, about: 'failing' as const, incident: failing.incident },
      { check, about: 'unverified' as const, incident: unverified.incident },
    ]),
  ];
  return tracks
    .flatMap(({ check, about, incident }) =>
      incident && incident.phase !== 'pending'
        ? [
            {
              check,
              about,
              since: incident.since,
              announced: incident.announced !== undefined,
              message: incident.findings[0]?.message ?? '',
            },
          ]
        : [],
    )
    .sort((left, right) => byCodeUnit(left.since, right.since));
}
