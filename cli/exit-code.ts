// What the command's end says to a shell. Every command answers with one of these.
import { type OutcomeStatus, overallStatus } from '../lambda/monitor/outcome.ts';

export const exitCode = {
  /** Everything asked was verified and nothing is wrong. */
  ok: 0,
  /** Something is wrong, whatever else could not be verified. */
  found: 1,
  /** Nothing wrong was seen, and not everything could be verified. */
  unverified: 2,
  /** The command line itself is wrong (EX_USAGE of sysexits.h). */
  usage: 64,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const byStatus: Record<OutcomeStatus, ExitCode> = {
  pass: exitCode.ok,
  fail: exitCode.found,
  unknown: exitCode.unverified,
};

/** Something found outweighs something unverified: both need a person, the first needs one now. */
export function exitCodeOf(statuses: readonly OutcomeStatus[]): ExitCode {
  return byStatus[overallStatus(statuses)];
}
