// How old a capture is, and what is said of that. Pure. Two clocks date it, that of the machine that captured and that of
// the bucket, and either may be wrong: the earlier one counts, so that no clock makes a capture fresher than it is.

import { formatDuration, parseDuration } from '../../config/duration.ts';
import type { Finding } from '../../monitor/finding.ts';
import { minuteOf } from '../../point-in-time.ts';
import type { ProductionEvidence } from './evidence.ts';

type Capture = Extract<ProductionEvidence, { from: 'capture' }>;

/** A clock that is ahead by no more than this is not worth a word. */
const usualSkewMs = parseDuration('5m');

/** The latest moment at which it can have been taken. */
export function capturedBy({ takenAt, writtenAt }: Capture): Date {
  return new Date(Math.min(Date.parse(takenAt), Date.parse(writtenAt)));
}

/** For the summary: "as captured 35 min ago (2026-11-20 11:25 UTC)". */
export function capturedClause(capture: Capture, now: Date): string {
  const at = capturedBy(capture);
  const aheadMs = Date.parse(capture.takenAt) - Date.parse(capture.writtenAt);
  const ahead =
    aheadMs > usualSkewMs ? `, by a machine whose clock is ${formatDuration(aheadMs)} ahead of the bucket's` : '';
  return `as captured ${ageOf(at, now)} ago (${minuteOf(at.toISOString())})${ahead}`;
}

export function staleCapture(capture: Capture, maxAge: number, now: Date): Finding | undefined {
  const at = capturedBy(capture);
  if (now.getTime() - at.getTime() <= maxAge) return undefined;
  const lateMs = Date.parse(capture.writtenAt) - Date.parse(capture.takenAt);
  const behind =
    lateMs > maxAge
      ? ` It was written ${ageOf(new Date(capture.writtenAt), now)} ago: the clock of the machine that captured is behind, or it was copied.`
      : '';
  return {
    code: 'schema.capture-stale',
    severity: 'warning',
    impact: 'monitoring',
    subject: capture.address.slice(0, capture.address.lastIndexOf('/') + 1),
    message:
      `The newest capture of the schema is ${ageOf(at, now)} old (taken ${minuteOf(at.toISOString())}); at most ${formatDuration(maxAge)} are allowed: ` +
      `what has changed in production since then is not seen.${behind}`,
    remedy:
      'Find out why the job that runs `driftwatch capture` beside the database has not run or not written since, and run it by hand.',
    details: {
      capture: capture.address,
      takenAt: capture.takenAt,
      writtenAt: capture.writtenAt,
      takenBy: capture.takenBy,
    },
  };
}

function ageOf(at: Date, now: Date): string {
  return formatDuration(Math.max(0, now.getTime() - at.getTime()));
}
