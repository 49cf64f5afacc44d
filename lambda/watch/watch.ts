// What is remembered of a watch, the closer look after a deployment: a part of the target's state while it lasts, and the
// report that it ended with. Both are bounded: they do not grow with the length of a watch. Shapes only.
import * as z from 'zod';
import { checkSums } from '../monitor/decide/history.ts';
import { severities } from '../monitor/finding.ts';

const time = z.iso.datetime();
const count = z.int().nonnegative();

/** A measure as it was before the deployment. */
const usual = z.object({
  check: z.string(),
  name: z.string(),
  unit: z.string(),
  n: count,
  mean: z.number(),
  /** Between these its hourly means usually lay. */
  low: z.number(),
  high: z.number(),
});
export type Usual = z.output<typeof usual>;

/** What a watch is about, as it was asked for. */
const subject = {
  id: z.string(),
  version: z.string(),
  commit: z.string().optional(),
  /** Who asked for it, where that is known. */
  by: z.string().optional(),
  /** The deployment. */
  startedAt: time,
  until: time,
  everyMs: z.int().positive(),
};

export const watchRequest = z.object(subject);
export type WatchRequest = z.output<typeof watchRequest>;

/** Rounds that should have run and did not: the first, the last, how many. */
const gap = z.object({ from: time, to: time, rounds: count });
export type Gap = z.output<typeof gap>;

/** An incident during the watch, whatever became of it. */
const trouble = z.object({
  incident: z.string(),
  check: z.string(),
  about: z.enum(['failing', 'unverified', 'cut-off']),
  since: time,
  endedAt: time.optional(),
  severity: z.enum(severities),
  /** What is wrong, in the words of its first finding. */
  what: z.string(),
  findingCount: count,
  /** It was there before the deployment. */
  known: z.boolean(),
  /** Of one that was there before: what has come since, as it was last seen. */
  added: z.object({ since: time, what: z.string(), count }).optional(),
});
export type Trouble = z.output<typeof trouble>;

/** The newest backup that a check saw complete. */
const backup = z.object({ completedAt: time, summary: z.string() });

export const watching = z.object({
  ...subject,
  usual: z.array(usual),
  /** Of incidents that were there before, by id: the fingerprints of all that was wrong; null when not all are known. */
  known: z.record(z.string(), z.array(z.string()).nullable()),
  rounds: z.object({ ran: count, lastAt: time.optional(), gaps: z.array(gap), gapsLeftOut: count }),
  /** Since the deployment, by check. */
  checks: z.record(z.string(), checkSums),
  trouble: z.array(trouble),
  troubleLeftOut: count,
  backups: z.record(z.string(), backup),
});
export type Watching = z.output<typeof watching>;

/** A measure that is no longer where it was. */
const change = z.object({ ...usual.shape, since: z.number(), sinceN: count });
export type Change = z.output<typeof change>;

export const watchReport = z.object({
  ...subject,
  endedAt: time,
  /** How it ended: when its time was over, because somebody stopped it, because another deployment came. */
  ended: z.enum(['over', 'stopped', 'superseded']),
  /** Who stopped it, or the version that came after. */
  endedBy: z.string().optional(),
  verdict: z.enum(['passed', 'failed', 'inconclusive']),
  /** Checks that count against the deployment. */
  wrong: z.array(z.string()),
  /** Clauses for people, the weightiest first. */
  reasons: z.array(z.string()),
  rounds: z.object({ expected: count, ran: count, gaps: z.array(gap), gapsLeftOut: count }),
  /** Checks of the settings, and runs of all of them by outcome. */
  runs: z.object({ checks: count, pass: count, fail: count, unknown: count }),
  trouble: z.array(trouble),
  troubleLeftOut: count,
  /** Measures that were compared, and those of them that changed. */
  compared: count,
  changes: z.array(change),
  changesLeftOut: count,
  /** By backup check: the newest backup that was completed after the deployment. */
  backups: z.array(z.object({ check: z.string(), completed: backup.optional() })),
});
export type WatchReport = z.output<typeof watchReport>;
