// What is to be said in one run, made into as few messages as can be: one for all trouble of a severity, one for all
// ends of a severity, never both in one, so that whoever filters by severity or status misses neither. Pure; the ids
// are derived, so that deciding again over the same state gives the same notices.
import { type Impact, impacts, type Severity, severities } from '../finding.ts';
import type { TargetState } from '../memory/state.ts';
import { type FrameContext, frameOf } from '../notice/frame.ts';
import { type IncidentSubject, type Notice, type NoticeEntry, noticeStatuses } from '../notice/notice.ts';
import { shortHash } from '../short-hash.ts';

/** An entry on its way into a notice. */
export interface Said {
  entry: NoticeEntry;
  severity: Severity;
  escalated: boolean;
}

export interface GroupingContext extends FrameContext {
  /** The state before this run's notices, its records after this run's outcomes. */
  state: Pick<TargetState, 'target' | 'createdAt' | 'sequence' | 'checks' | 'cutOff'>;
  /** Trouble that something else explains, and what explains it. */
  heldBack: readonly { check: string; about: IncidentSubject; by: string }[];
}

/** Impacts after which somebody may need to restore, or to know that they could. */
const backupMatters: ReadonlySet<Impact> = new Set(['breaks-reads', 'breaks-writes', 'integrity', 'recovery']);

export function group(said: readonly Said[], context: GroupingContext): Notice[] {
  const groups = new Map<string, Said[]>();
  for (const kind of ['trouble', 'resolved', 'report']) {
    for (const severity of severities) {
      const members = said.filter((one) => one.severity === severity && kindOf(one.entry) === kind);
      if (members.length > 0) groups.set(`${kind} ${severity}`, members.sort(worstEntryFirst));
    }
  }
  return [...groups.values()].map((members, index) => noticeOf(members, context.state.sequence + index + 1, context));
}

function kindOf({ change }: NoticeEntry): 'trouble' | 'resolved' | 'report' {
  return change === 'resolved' || change === 'report' ? change : 'trouble';
}

/** What is equally bad stays in the order of the checks' names, in which it comes. */
function worstEntryFirst(left: Said, right: Said): number {
  const rank = ({ entry }: Said) =>
    noticeStatuses.indexOf(entry.change) * impacts.length +
    Math.min(impacts.length - 1, ...entry.impacts.map((impact) => impacts.indexOf(impact)));
  return rank(left) - rank(right);
}

function noticeOf(members: readonly Said[], sequence: number, context: GroupingContext): Notice {
  const { state } = context;
  const entries = members.map(({ entry }) => entry);
  const backup = newestBackup(entries, state.checks);
  const content = entries.flatMap(({ incident, change }) => [incident, change]);
  return {
    ...frameOf(sequence, content, context),
    status: entries[0]?.change ?? 'report',
    severity: members[0]?.severity ?? 'info',
    escalated: members.some(({ escalated }) => escalated),
    entries,
    heldBack: explainedBy(entries, context.heldBack),
    stillOpen: stillOpen(entries, state),
    ...(backup && { backup }),
  };
}

/** The same for the same trouble of the same target, as long as the state document lives. */
export function incidentId(
  { target, createdAt }: Pick<TargetState, 'target' | 'createdAt'>,
  check: string,
  about: string,
  since: string,
): string {
  return shortHash([target, createdAt, check, about, since].join('\n'));
}

function stillOpen(entries: readonly NoticeEntry[], { checks, cutOff }: GroupingContext['state']): Notice['stillOpen'] {
  const spoken = new Set(entries.map(({ incident }) => incident));
  const tracks = [
    { check: 'monitor', about: 'cut-off' as const, track: cutOff },
    ...Object.entries(checks).flatMap(([check, { failing, unverified }]) => [
      { check, about: 'failing' as const, track: failing },
      { check, about: 'unverified' as const, track: unverified },
    ]),
  ];
  return tracks
    .flatMap(({ check, about, track: { incident } }) =>
      incident?.announced && !spoken.has(incident.id) ? [{ check, about, since: incident.since }] : [],
    )
    .sort((left, right) => (left.check < right.check ? -1 : left.check > right.check ? 1 : 0));
}

function explainedBy(entries: readonly NoticeEntry[], heldBack: GroupingContext['heldBack']): Notice['heldBack'] {
  const causes = entries.flatMap(({ check, change }) => (change === 'resolved' ? [] : [check]));
  return heldBack.flatMap(({ check, about, by }) => (causes.includes(by) ? [{ check, about }] : []));
}

/** What a passing backup check last said of it: one that fails has seen that backup go stale, or go. */
function newestBackup(entries: readonly NoticeEntry[], checks: TargetState['checks']): Notice['backup'] {
  const matters = entries.some(
    ({ change, impacts: breaks }) => change !== 'resolved' && breaks.some((impact) => backupMatters.has(impact)),
  );
  if (!matters) return undefined;
  const [newest] = Object.entries(checks)
    .flatMap(([check, { kind, last, lastPass }]) =>
      kind === 'backup' && last.status === 'pass' && lastPass
        ? [{ check, summary: lastPass.summary, verifiedAt: lastPass.at }]
        : [],
    )
    .sort((left, right) => (left.verifiedAt > right.verifiedAt ? -1 : 1));
  return newest;
}
