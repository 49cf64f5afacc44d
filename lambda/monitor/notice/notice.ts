// A notice: one message about one target, complete in itself, so that it can be composed for any topic, now or after
// a crash, without looking anything up. Stored in the outbox as it is. Lists are bounded; counts are not.
import * as z from 'zod';
import type { JsonValue } from '../../json.ts';
import { impacts, severities } from '../finding.ts';

/** What a notice or an entry of it says, the most pressing first. */
export const noticeStatuses = ['opened', 'updated', 'reminder', 'resolved', 'report', 'digest'] as const;
export type NoticeStatus = (typeof noticeStatuses)[number];

/**
 * What an incident is about.
 * - `failing`: the check found something wrong
 * - `unverified`: the check could not be carried out for a while
 * - `cut-off`: nothing of the target could be reached
 * - `memory`: the monitor's own memory of the target was unreadable
 */
export const subjects = ['failing', 'unverified', 'cut-off', 'memory'] as const;
export type IncidentSubject = (typeof subjects)[number];

const time = z.iso.datetime();
const count = z.int().nonnegative();
const details: z.ZodType<Record<string, JsonValue>> = z.record(z.string(), z.json());

export const storedFinding = z.object({
  /** Its fingerprint (brief.ts): the same for the same trouble in every run. */
  id: z.string(),
  code: z.string(),
  severity: z.enum(severities),
  impact: z.enum(impacts),
  subject: z.string(),
  message: z.string(),
  remedy: z.string(),
  extent: count.optional(),
  details: details.optional(),
});

export type StoredFinding = z.output<typeof storedFinding>;

/** A finding that is gone or was announced, by name. */
export const namedFinding = storedFinding.pick({ id: true, subject: true, message: true, extent: true });
export type NamedFinding = z.output<typeof namedFinding>;

export const noticeEntry = z.object({
  /** Id of the check; `monitor` for what is about the monitor itself. */
  check: z.string(),
  about: z.enum(subjects),
  incident: z.string(),
  change: z.enum(noticeStatuses),
  /** Why it is said: the reason's code (explain.ts). */
  reason: z.string(),
  /** When the trouble was first seen, and when what is said here was seen. */
  since: time,
  seenAt: time,
  /** When the check was last seen to pass. */
  lastPassAt: time.optional(),
  /** The check's own line about this run. */
  summary: z.string(),
  /** What it breaks, with everything it was announced to break before; worst first. */
  impacts: z.array(z.enum(impacts)),
  /** What is wrong now, in the order of the check; the new and the worst ones only when there are more. */
  findings: z.array(storedFinding),
  findingCount: count,
  /** Ids of those among `findings` that the last notice did not have. */
  added: z.array(z.string()),
  addedCount: count,
  /** Ids of those that are true of more things than when last told. */
  grown: z.array(z.string()).optional(),
  /** What the last notice had and is no longer wrong; for a resolution, all that was announced. */
  gone: z.array(namedFinding),
  goneCount: count,
  /** Key of the object that holds everything this run collected and found. */
  evidence: z.string().optional(),
  /** It comes and goes, and is told once. */
  flapping: z.object({ since: time, changes: count }).optional(),
  /** Who is at it. */
  acknowledged: z.object({ by: z.string(), at: time, until: time, note: z.string().optional() }).optional(),
  /** What had kept it from being told, in words. */
  quiet: z.string().optional(),
});
export type NoticeEntry = z.output<typeof noticeEntry>;

/** What a notice says when it is about no incident: of a watch, of a day. */
export const report = z.object({
  /** Stands in front where notices of incidents have their severity: `WATCH PASSED`. */
  label: z.string(),
  /** A clause. */
  title: z.string(),
  /** For people, the first ones first: what does not fit is left out from the end. */
  lines: z.array(z.string()),
  /** Reports of one thread belong together in a chat. */
  thread: z.string(),
  /** The same for programs, whole. */
  data: z.record(z.string(), z.json()),
  /** Key of the object that holds all of it. */
  evidence: z.string().optional(),
});
export type Report = z.output<typeof report>;

export const notice = z.object({
  /** The same for every delivery of this notice. */
  id: z.string(),
  /** Grows by one with every notice of the target. */
  sequence: count,
  status: z.enum(noticeStatuses),
  severity: z.enum(severities),
  /** A critical incident in it has been open for longer than `escalateAfter`. */
  escalated: z.boolean(),
  monitor: z.string(),
  target: z.string(),
  environment: z.string(),
  runbook: z.string().optional(),
  /** When the state that it speaks of was reached. */
  at: time,
  run: z.string(),
  /** The worst first; none in a report. */
  entries: z.array(noticeEntry),
  report: report.optional(),
  /** Trouble that an entry explains, and that is therefore not told by itself. */
  heldBack: z.array(z.object({ check: z.string(), about: z.enum(subjects) })),
  /** What was announced before and is not over, beside the entries. */
  stillOpen: z.array(z.object({ check: z.string(), about: z.enum(subjects), since: time })),
  /** The newest backup that was verified, when that matters to what is wrong. */
  backup: z.object({ check: z.string(), summary: z.string(), verifiedAt: time }).optional(),
});
export type Notice = z.output<typeof notice>;
