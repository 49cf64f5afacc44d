// What a watch sees in one run: outcomes and measures counted, incidents followed from their beginning to their end,
// backups that were completed. Pure; the same run seen twice changes nothing, since only what is new is handed in.

import { parseDuration } from '../config/duration.ts';
import { addOutcome } from '../monitor/decide/history.ts';
import type { CheckRecord, Incident, TargetState, Track } from '../monitor/memory/state.ts';
import { distinct, fingerprint } from '../monitor/notice/brief.ts';
import type { Outcome } from '../monitor/outcome.ts';
import { withRound } from './rounds.ts';
import type { Trouble, Watching } from './watch.ts';

/** What was seen so long after its end still belongs to a watch: its last round takes a while. */
export const afterEndMs = parseDuration('10m');

const keptTrouble = 30;
const longestText = 300;

type Known = Pick<TargetState, 'checks' | 'cutOff'>;

export interface Seen extends Known {
  /** Outcomes of this run that were not known before; the records hold them. */
  outcomes: readonly Outcome[];
  /** When the round was due, if this run is one. */
  round: string | undefined;
  /** Id under which the monitor speaks of the whole target. */
  monitorId: string;
  now: Date;
}

/** Every incident there is, pending ones included. */
export function currentIncidents(
  { checks, cutOff }: Known,
  monitorId: string,
): { check: string; about: Trouble['about']; incident: Incident; seenAt: string }[] {
  const of = (check: string, about: Trouble['about'], { incident }: Track, seenAt: string) =>
    incident ? [{ check, about, incident, seenAt }] : [];
  return [
    ...Object.entries(checks).flatMap(([check, { failing, unverified, last }]: [string, CheckRecord]) => [
      ...of(check, 'failing', failing, last.collectedAt),
      ...of(check, 'unverified', unverified, last.collectedAt),
    ]),
    ...of(monitorId, 'cut-off', cutOff, cutOff.incident?.lastSeenAt ?? ''),
  ];
}

export function observeWatch(watch: Watching, seen: Seen): Watching {
  const outcomes = seen.outcomes.filter(({ collectedAt }) => Date.parse(collectedAt) >= Date.parse(watch.startedAt));
  const checks = { ...watch.checks };
  for (const outcome of outcomes) checks[outcome.check] = addOutcome(checks[outcome.check], outcome);
  return {
    ...watch,
    rounds: seen.round === undefined ? watch.rounds : withRound(watch, seen.round),
    checks,
    backups: { ...watch.backups, ...Object.fromEntries(outcomes.flatMap(completedBackup)) },
    ...troubleAfter(watch, seen),
  };
}

/** By the age that a backup check measures of the newest good one. */
function completedBackup({ check, kind, judgement, collectedAt }: Outcome): [string, Watching['backups'][string]][] {
  const age = judgement.measures.find(({ name, unit }) => name === 'age' && unit === 's');
  if (kind !== 'backup' || judgement.status !== 'pass' || !age) return [];
  const completedAt = new Date(Date.parse(collectedAt) - age.value * 1_000).toISOString();
  return [[check, { completedAt, summary: judgement.summary }]];
}

function troubleAfter(watch: Watching, seen: Seen): Pick<Watching, 'trouble' | 'troubleLeftOut'> {
  // What began after its time is not the deployment's, when a run comes late to end the watch.
  const current = currentIncidents(seen, seen.monitorId).filter(
    ({ incident }) =>
      incident.phase !== 'pending' && Date.parse(incident.since) <= Date.parse(watch.until) + afterEndMs,
  );
  const ongoing = new Set(current.map(({ incident }) => incident.id));
  const before = new Map(watch.trouble.map((one) => [one.incident, one]));
  const ended = watch.trouble
    .filter(({ incident }) => !ongoing.has(incident))
    .map((one): Trouble => {
      // Taken out of the settings while it failed: nobody saw it well again.
      if (one.check !== seen.monitorId && !seen.checks[one.check]) return one;
      const at = seen.checks[one.check]?.last.collectedAt ?? seen.now.toISOString();
      return one.endedAt === undefined ? { ...one, endedAt: at < one.since ? seen.now.toISOString() : at } : one;
    });
  const lasting = current.map((one): Trouble => troubleOf(one, before.get(one.incident.id), watch, seen));
  const all = [...ended, ...lasting].sort((left, right) => Date.parse(left.since) - Date.parse(right.since));
  const over = Math.max(0, all.length - keptTrouble);
  const dropped = new Set(all.filter(({ endedAt }) => endedAt !== undefined).slice(0, over));
  const kept = all.filter((one) => !dropped.has(one));
  return { trouble: kept, troubleLeftOut: watch.troubleLeftOut + dropped.size };
}

function troubleOf(
  { check, about, incident, seenAt }: ReturnType<typeof currentIncidents>[number],
  before: Trouble | undefined,
  watch: Watching,
  { outcomes }: Seen,
): Trouble {
  const known = watch.known[incident.id];
  // What is new in it is told beside what it was known for.
  const shown = incident.findings.find(({ id }) => known?.includes(id)) ?? incident.findings[0];
  const base: Trouble = {
    incident: incident.id,
    check,
    about,
    since: incident.since,
    severity: incident.severity,
    what: shortened(shown?.message ?? ''),
    findingCount: incident.findingCount,
    known: known !== undefined,
  };
  const judgement = outcomes.find((one) => one.check === check)?.judgement;
  if (!known || about !== 'failing') return base;
  if (judgement?.status !== 'fail') return { ...base, ...(before?.added && { added: before.added }) };
  const added = distinct(judgement.findings).filter((finding) => !known.includes(fingerprint(finding)));
  const [first] = added;
  if (!first) return base;
  return {
    ...base,
    added: { since: before?.added?.since ?? seenAt, what: shortened(first.message), count: added.length },
  };
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 1).toWellFormed()}…`;
}
