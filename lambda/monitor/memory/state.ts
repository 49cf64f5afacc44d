// What is remembered of one target between runs: one JSON document, `state/<target>.json`. The shape and its format
// number are here; reading and writing are memory.ts, every change of it is decide.ts. Its size is bounded: it does not
// grow with time.
import * as z from 'zod';
import { noticeTopics } from '../../config/topics.ts';
import { watching, watchReport } from '../../watch/watch.ts';
import { history } from '../decide/history.ts';
import { silence } from '../decide/silences.ts';
import { impacts, severities } from '../finding.ts';
import { namedFinding, notice, storedFinding } from '../notice/notice.ts';
import { migrated } from './migrate-state.ts';

/** Grows when an older reader would misunderstand the document. */
export const stateFormat = 2;

const time = z.iso.datetime();
const count = z.int().nonnegative();

/** What was last said of an incident. */
const announced = z.object({
  at: time,
  /** The worst severity it was ever announced with: it never falls while the incident lasts. */
  severity: z.enum(severities),
  /** Everything it was ever announced to break. */
  impacts: z.array(z.enum(impacts)),
  /** Fingerprints of all findings of the last notice, sorted. */
  fingerprints: z.array(z.string()),
  /** The first of them by name, for saying what is gone. */
  findings: z.array(namedFinding),
  reminders: count,
  /** When it was first announced as critical. */
  criticalAt: time.optional(),
  escalated: z.boolean(),
  /** Said to come and go: told once, and not each time. */
  flapping: z.boolean().optional(),
  /** Id of the last notice that spoke of it. */
  notice: z.string(),
});
export type Announced = z.output<typeof announced>;

export const acknowledgement = z.object({ by: z.string(), at: time, until: time, note: z.string().optional() });
export type Acknowledgement = z.output<typeof acknowledgement>;

const incident = z.object({
  id: z.string(),
  /** `pending`: failing, below its threshold; `recovering`: passing, below its threshold. */
  phase: z.enum(['pending', 'open', 'recovering']),
  /** When the trouble was first and last seen. */
  since: time,
  lastSeenAt: time,
  severity: z.enum(severities),
  /** What was wrong when last seen; the worst ones only when there are more. */
  findings: z.array(storedFinding.omit({ details: true })),
  findingCount: count,
  /** Absent as long as nobody was told. */
  announced: announced.optional(),
  /** It comes and goes too often to be told each time: since when, and how many changes that was. */
  flapping: z.object({ since: time, changes: count }).optional(),
  /** Somebody is at it: no reminders and no escalation until then. */
  acknowledged: acknowledgement.optional(),
  /** What kept its notices back in the run that saw it last (a silence, a maintenance window), in words. */
  quiet: z.string().optional(),
});
export type Incident = z.output<typeof incident>;

const track = z.object({
  /** Bad and good observations in a row; one that says neither leaves both as they are. */
  bad: count,
  good: count,
  /** When it last opened and ended, or, while it flaps, turned: what flapping is told by (flapping.ts). */
  turns: z.array(time),
  incident: incident.optional(),
});
export type Track = z.output<typeof track>;

const checkRecord = z.object({
  kind: z.string(),
  dependsOn: z.array(z.string()),
  last: z.object({
    status: z.enum(['pass', 'fail', 'unknown']),
    collectedAt: time,
    summary: z.string(),
    reach: z.enum(['reached', 'unreachable']).optional(),
    cameAlong: z.boolean().optional(),
  }),
  /** The outcome that was last counted towards a threshold. */
  counted: z.object({ at: time, cameAlong: z.boolean() }),
  /** The newest run in which everything was verified. */
  lastPass: z.object({ at: time, summary: z.string() }).optional(),
  /** The newest run in which nothing could be verified or something was wrong. */
  lastNotPassAt: time.optional(),
  /** What the check found wrong. */
  failing: track,
  /** That the check could not be carried out. */
  unverified: track,
  /** What the check itself asked to be remembered. */
  memory: z.json().optional(),
});
export type CheckRecord = z.output<typeof checkRecord>;

const delivery = z.object({
  topic: z.enum(noticeTopics),
  /** The run that publishes it there, and until when no other run does. */
  claim: z
    .object({ run: z.string(), until: time, /** From a run that did not end it. */ takenOver: z.boolean().optional() })
    .optional(),
  /** Of the messages it takes, how many the topic has already. */
  sent: count.optional(),
  /** Runs that tried and failed, since when, and what the last of them was told. */
  failures: count,
  failingSince: time.optional(),
  /** Since when it waits to be told together with notices of other targets (storm.ts). */
  collapsingSince: time.optional(),
  lastFailure: z.object({ at: time, reason: z.string(), message: z.string(), permanent: z.boolean() }).optional(),
});
export type Delivery = z.output<typeof delivery>;

const outboxEntry = z.object({
  notice,
  /** The topics that still need it, each with its own progress. */
  left: z.array(delivery),
});
export type OutboxEntry = z.output<typeof outboxEntry>;

export const targetState = z.object({
  format: z.literal(stateFormat),
  target: z.string(),
  /** As the settings had it last: of a target that they no longer have, nobody else knows. */
  environment: z.string().optional(),
  /** When this document began; part of every id that is derived from it. */
  createdAt: time,
  updatedAt: time,
  /** Grows by one with every write. */
  revision: count,
  /** Sequence number of the newest notice. */
  sequence: count,
  checks: z.record(z.string(), checkRecord),
  /** That nothing of the target can be reached. */
  cutOff: track,
  /** What is not to be told for a while, and who said so (silences.ts). */
  silences: z.array(silence),
  /** The closer look after a deployment, while it lasts (lambda/watch), and what the last one ended with. */
  watching: watching.optional(),
  lastWatch: watchReport.optional(),
  /** Notices that are not known to be published, in the order in which they were decided. */
  outbox: z.array(outboxEntry),
  /** By probe, the newest application version it captured. */
  versions: z.record(z.string(), z.object({ version: z.string(), seenAt: time })),
  history,
  /** An unreadable document that was found in this one's place and has not been announced yet. */
  keptAside: z.object({ key: z.string(), at: time, problem: z.string() }).optional(),
});
export type TargetState = z.output<typeof targetState>;

export const emptyTrack: Track = { bad: 0, good: 0, turns: [] };

export function freshState(target: string, now: Date, keptAside?: TargetState['keptAside']): TargetState {
  const at = now.toISOString();
  return {
    format: stateFormat,
    target,
    createdAt: at,
    updatedAt: at,
    revision: 0,
    sequence: 0,
    checks: {},
    cutOff: emptyTrack,
    silences: [],
    outbox: [],
    versions: {},
    history: { hours: [], days: [] },
    ...(keptAside && { keptAside }),
  };
}

export type ParsedState =
  | { kind: 'state'; state: TargetState }
  /** Written by a newer Driftwatch: not to be touched. */
  | { kind: 'newer'; format: number }
  | { kind: 'corrupt'; problem: string };

const anyFormat = z.object({ format: z.int().positive() });

/** @returns what the stored bytes are; never throws */
export function parseState(body: Uint8Array, target: string): ParsedState {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { kind: 'corrupt', problem: `its ${body.length} bytes are not JSON text` };
  }
  const format = anyFormat.safeParse(value);
  if (format.success && format.data.format > stateFormat) return { kind: 'newer', format: format.data.format };
  const parsed = targetState.safeParse(format.success ? migrated(value, format.data.format) : value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return {
      kind: 'corrupt',
      problem: `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not a state'}`,
    };
  }
  if (parsed.data.target !== target) {
    return { kind: 'corrupt', problem: `it is the state of "${parsed.data.target}"` };
  }
  return { kind: 'state', state: parsed.data };
}
