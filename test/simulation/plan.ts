// What happens in one simulated life of a target, all of it drawn from a seed before it begins: what is true when, which
// runs start when and by which settings, and what the outside does to each of their calls. Chaos and calm take turns:
// in chaos anything goes wrong, in calm nothing does and the truth stands still, long enough for everything to be told.
// Watches and digests have plans of their own (watch-plan.ts, digest-plan.ts).
import { parseDuration } from '../../lambda/config/duration.ts';
import type { AlertSettings, CheckEntry, MaintenanceWindow } from '../../lambda/config/settings.ts';
import { type Severity, severities } from '../../lambda/monitor/finding.ts';
import { alerts, checkEntry, noon } from '../monitor/builders.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { digestsOf, type PlannedDigest } from './digest-plan.ts';
import type { Era, PlannedProcess } from './eras.ts';
import { faultsOf } from './faults.ts';
import { type PlannedWatches, watchesOf } from './watch-plan.ts';

const minute = 60_000;

/** Lives begin at noon. */
const timeAt = (ms: number) => new Date(Date.parse(noon) + ms).toISOString();

export const checkIds = ['backup', 'database', 'probe:health', 'probe:login', 'schema'] as const;
export type CheckId = (typeof checkIds)[number];

/** What a look at a check would find. */
export type Truth =
  | { status: 'pass' }
  | { status: 'unknown' }
  /** Subjects that are wrong, each with its severity; `unreachable`: nothing answered. */
  | { status: 'fail'; subjects: Readonly<Record<string, Severity>>; unreachable: boolean };

export interface Settings {
  checks: CheckEntry[];
  alerts: AlertSettings;
  maintenance: MaintenanceWindow[];
}

/** What a person asks for, at a time: quiet, or to be left alone by reminders. */
export type Request = { at: number; forMs: number; check: CheckId | undefined; kind: 'silence' | 'acknowledgement' };

export interface PlannedRun extends PlannedProcess {
  /** Milliseconds after the beginning. */
  at: number;
  /** A sweep runs no checks; `removed`: of a target that the settings no longer have. */
  sweep?: 'configured' | 'removed';
  /** The tick of watches: runs as a round when one is due, else not at all. */
  watchTick?: true;
  checks: readonly CheckId[];
}

export interface Plan extends PlannedWatches {
  seed: number;
  /** By time, what is true from then on. */
  truths: readonly { at: number; truth: Readonly<Record<CheckId, Truth>> }[];
  runs: readonly PlannedRun[];
  requests: readonly Request[];
  digests: readonly PlannedDigest[];
  /** Moments in calm by which everything has to have been told. */
  settledAt: readonly { at: number; settings: Settings }[];
  end: number;
}

const allWell = Object.fromEntries(checkIds.map((id) => [id, { status: 'pass' }])) as Record<CheckId, Truth>;

export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const truths: Plan['truths'][number][] = [{ at: 0, truth: allWell }];
  const runs: PlannedRun[] = [];
  const requests: Request[] = [];
  const settledAt: Plan['settledAt'][number][] = [];
  let now = 10 * minute;
  let settings = settingsOf(random, now);
  const eras: Era[] = [];
  let truth = allWell;
  const rounds = 1 + random.below(2);
  for (let round = 0; round <= rounds; round += 1) {
    eras.push({ at: now, settings, calm: false });
    const chaosEnds = now + (40 + random.below(60)) * minute;
    while (now < chaosEnds) {
      if (random.below(3) === 0) {
        truth = changed(truth, random);
        truths.push({ at: now, truth });
      }
      if (random.below(8) === 0) {
        settings = settingsOf(random, now);
        eras.push({ at: now, settings, calm: false });
      }
      if (random.below(10) === 0) requests.push(requestOf(random, now));
      const together = 1 + (random.below(3) === 0 ? 1 + random.below(2) : 0);
      for (let one = 0; one < together; one += 1) {
        runs.push({
          at: now + random.below(10_000),
          checks: someOf(checkIds, random),
          settings,
          skewMs: random.below(4) === 0 ? random.below(4 * minute) - 2 * minute : 0,
          faults: faultsOf(random),
        });
      }
      if (random.below(5) === 0) {
        runs.push({
          at: now + random.below(10_000),
          sweep: 'configured',
          checks: [],
          settings,
          skewMs: 0,
          faults: faultsOf(random),
        });
      }
      now += (2 + random.below(8)) * minute;
    }
    // The last calm is a healthy one: by its end nothing may be left that was ever told.
    const last = round === rounds;
    truth = last ? allWell : changed(truth, random);
    settings = settingsOf(random, now, last ? checkIds : undefined);
    truths.push({ at: now, truth });
    eras.push({ at: now, settings, calm: true });
    for (let turn = 0; turn < 9; turn += 1) {
      now += 10 * minute;
      runs.push({ at: now, checks: checkIds, settings, skewMs: 0 });
      if (turn % 3 === 1) runs.push({ at: now + 2 * minute, sweep: 'configured', checks: [], settings, skewMs: 0 });
    }
    now += 5 * minute;
    settledAt.push({ at: now - minute, settings });
  }
  // Of every third life the settings are taken out while it is in trouble.
  if (random.below(3) === 0) {
    truths.push({ at: now, truth: changed(changed(truth, random), random) });
    eras.push({ at: now, settings, calm: false });
    for (let turn = 0; turn < 4; turn += 1) {
      now += 10 * minute;
      runs.push({ at: now, checks: checkIds, settings, skewMs: 0, ...(turn < 2 && { faults: faultsOf(random) }) });
    }
    settings = { ...settings, checks: [] };
    eras.push({ at: now, settings, calm: false });
    for (let turn = 0; turn < 5; turn += 1) {
      now += 15 * minute;
      const faults = turn < 2 ? { faults: faultsOf(random) } : {};
      runs.push({ at: now, sweep: 'removed', checks: [], settings, skewMs: 0, ...faults });
    }
    now += 5 * minute;
    settledAt.push({ at: now - minute, settings });
  }
  return {
    seed,
    truths,
    runs,
    requests,
    settledAt,
    end: now,
    digests: digestsOf(seed, eras),
    ...watchesOf(seed, eras, settledAt),
  };
}

/** Shorter than a calm: what people asked to be quiet about has to be told by its end. */
const longestQuietMs = 45 * minute;

function requestOf(random: SeededRandom, at: number): Request {
  return {
    at: at + random.below(5 * minute),
    forMs: 1 + random.below(longestQuietMs - 5 * minute),
    check: random.below(3) === 0 ? undefined : random.pick(checkIds),
    kind: random.pick(['silence', 'acknowledgement']),
  };
}

function settingsOf(random: SeededRandom, now: number, ids: readonly CheckId[] = someOf(checkIds, random)): Settings {
  const from = now + random.below(10 * minute);
  const window = { from: timeAt(from), until: timeAt(from + 1 + random.below(longestQuietMs - 10 * minute)) };
  return {
    maintenance: random.below(4) === 0 ? [{ ...window, reason: 'planned', checks: [random.pick(checkIds)] }] : [],
    checks: ids.map((id) => checkEntry(id, { failAfter: 1 + random.below(3), passAfter: 1 + random.below(3) })),
    alerts: {
      ...alerts,
      minimumSeverity: random.pick(['warning', 'warning', 'critical', 'info']),
      remindEvery: parseDuration(random.pick(['30m', '4h'])),
      events: random.below(4) !== 0,
      chat: random.below(4) !== 0,
    },
  };
}

/** Most of them: each is left out now and then, but never all. */
function someOf(ids: readonly CheckId[], random: SeededRandom): CheckId[] {
  const chosen = ids.filter(() => random.below(5) !== 0);
  return chosen.length === 0 ? [random.pick(ids)] : chosen;
}

function changed(truth: Readonly<Record<CheckId, Truth>>, random: SeededRandom): Record<CheckId, Truth> {
  // Now and then everything that can be reached goes out of reach, or comes back, at once.
  if (random.below(12) === 0) return { ...truth, ...outOfReach };
  if (random.below(12) === 0) return { ...allWell };
  const id = random.pick(checkIds);
  return { ...truth, [id]: truthOf(id, random) };
}

const unreachable: Truth = { status: 'fail', subjects: { reach: 'critical' }, unreachable: true };
const outOfReach = { database: unreachable, 'probe:health': unreachable, 'probe:login': unreachable } as const;

function truthOf(id: CheckId, random: SeededRandom): Truth {
  const kind = random.below(10);
  if (kind < 4) return { status: 'pass' };
  if (kind < 5) return { status: 'unknown' };
  if (kind < 6 && id in outOfReach) return unreachable;
  const subjects = ['a', 'b', 'c'].filter(() => random.below(2) === 0);
  const named = (subjects.length === 0 ? ['a'] : subjects).map((subject) => [subject, random.pick(severities)]);
  return { status: 'fail', subjects: Object.fromEntries(named), unreachable: false };
}
