// What explains a check's trouble, so that one outage is one message: the database that cannot be reached explains
// every check that needs it; a target of which nothing can be reached explains all of them. Pure. A hold keeps notices
// back, never checks and never the end of what was announced; what still fails when it ends is announced then.
import type { AlertSettings, TargetSettings } from '../../config/settings.ts';
import { byCodeUnit } from '../../json.ts';
import { type Finding, isAtLeast, worstSeverity } from '../finding.ts';
import type { CheckRecord, TargetState, Track } from '../memory/state.ts';
import { mildestTold } from './announce.ts';
import { windowAt } from './maintenance.ts';
import type { Reason } from './reason.ts';
import { type Silence, silenceOf } from './silences.ts';
import type { Observation } from './track.ts';

/** The check id under which the monitor speaks of itself. */
export const monitorId = 'monitor';

/** Statuses older than this say nothing about what can be reached now. */
const freshMs = 15 * 60_000;

type Records = TargetState['checks'];

export interface HoldContext {
  records: Records;
  cutOff: boolean;
  alerts: Pick<AlertSettings, 'minimumSeverity'>;
}

export interface QuietContext {
  silences: readonly Silence[];
  maintenance: TargetSettings['maintenance'];
  now: Date;
}

/** Why nothing is told of a check for now, because people said so: a silence before a window. */
export function quietBy(check: string, { silences, maintenance, now }: QuietContext): Quiet | undefined {
  const silence = silenceOf(check, silences, now);
  if (silence) {
    const { by, until, reason: why } = silence;
    return { reason: { code: 'silenced', by, until, why }, label: `the silence by ${by} (${why})` };
  }
  const window = windowAt(maintenance, check, now);
  if (!window) return undefined;
  const { reason: why, until } = window;
  return { reason: { code: 'maintenance', until, why }, label: `the maintenance window (${why})` };
}

export interface Quiet {
  reason: Reason;
  /** Names it when it is over. */
  label: string;
}

/** Id of what explains this check's trouble now; `undefined` when it has to be announced for itself. */
export function heldBy(
  check: string,
  about: 'failing' | 'unverified',
  { records, cutOff, alerts }: HoldContext,
): string | undefined {
  const record = records[check];
  if (cutOff && (about === 'unverified' || record?.last.reach === 'unreachable')) return monitorId;
  return record?.dependsOn.find((id) => id !== check && explains(records[id], about, alerts));
}

/** All trouble of which nobody was told because something else explains it, whichever run saw it; sorted by check. */
export function heldBack(context: HoldContext): { check: string; about: 'failing' | 'unverified'; by: string }[] {
  const untold = (check: string, about: 'failing' | 'unverified', { incident }: Track) => {
    const isTold = incident !== undefined && isAtLeast(incident.severity, mildestTold(about, context.alerts));
    const by = isTold && !incident.announced ? heldBy(check, about, context) : undefined;
    return by === undefined ? [] : [{ check, about, by }];
  };
  return Object.entries(context.records)
    .sort(([left], [right]) => byCodeUnit(left, right))
    .flatMap(([check, { failing, unverified }]) => [
      ...untold(check, 'failing', failing),
      ...untold(check, 'unverified', unverified),
    ]);
}

function explains(
  cause: CheckRecord | undefined,
  about: 'failing' | 'unverified',
  { minimumSeverity }: HoldContext['alerts'],
): boolean {
  switch (cause?.last.status) {
    case undefined:
    case 'pass':
      return false;
    case 'unknown':
      // It will be announced as "cannot verify" itself, and explains no more than that.
      return about === 'unverified';
    case 'fail': {
      // A failure too small to be announced explains nothing to anybody.
      const { incident } = cause.failing;
      return incident !== undefined && (!!incident.announced || isAtLeast(incident.severity, minimumSeverity));
    }
  }
}

/** When the last of what this check depends on was seen not to pass; since then nothing explains its trouble. */
export function explainedUntil({ dependsOn }: CheckRecord, records: Records): number {
  return Math.max(0, ...dependsOn.map((id) => Date.parse(records[id]?.lastNotPassAt ?? '') || 0));
}

/**
 * What this run says about the whole target's being out of reach. Bad: databases and endpoints, two kinds of checks at
 * least, were all seen unreachable, and one of them has reached its threshold. Good: one was reached, or too little is
 * checked to tell. Otherwise nothing.
 */
export function observeCutOff(
  target: Pick<TargetSettings, 'name'>,
  state: Pick<TargetState, 'cutOff'> & { records: Records },
  seenNow: readonly string[],
  now: Date,
): { observation: Observation; reason: Reason } | undefined {
  const telling = Object.entries(state.records).filter(([, { last }]) => last.reach !== undefined);
  const fresh = telling
    .filter(([, { last }]) => now.getTime() - Date.parse(last.collectedAt) <= freshMs)
    .sort(([left], [right]) => byCodeUnit(left, right));
  const at = now.toISOString();
  if (fresh.some(([, { last }]) => last.reach === 'reached')) {
    return { observation: { kind: 'good', at }, reason: { code: 'reached-again' } };
  }
  if (kindsOf(telling) < 2) return { observation: { kind: 'good', at }, reason: { code: 'cannot-tell' } };
  const due = state.cutOff.incident || fresh.some(([, record]) => record.failing.incident?.phase === 'open');
  const seen = fresh.some(([id]) => seenNow.includes(id));
  if (kindsOf(fresh) < 2 || !due || !seen) return undefined;
  const findings: [Finding] = [cutOffFinding(target.name, fresh)];
  return { observation: { kind: 'bad', at, findings }, reason: { code: 'first-notice', runs: 1 } };
}

function kindsOf(records: readonly [string, CheckRecord][]): number {
  return new Set(records.map(([, { kind }]) => kind)).size;
}

function cutOffFinding(target: string, unreachable: readonly [string, CheckRecord][]): Finding {
  const ids = unreachable.map(([id]) => id).join(', ');
  return {
    code: 'monitor.cut-off',
    severity: worstSeverity(unreachable.flatMap(([, { failing }]) => failing.incident ?? [])) ?? 'critical',
    impact: 'monitoring',
    subject: target,
    message: `Nothing of ${target} can be reached (${ids}): either all of it is down, or the monitor itself is cut off from the network.`,
    remedy: `Open ${target} from another network. If it works there, look at the monitor's subnets, NAT, security groups and DNS; if not, it is all down.`,
  };
}
