// Why something was or was not said about a check, as a value and as a sentence. Every run gives one for every check it
// ran, in the log and in the on-demand answer, so that "why was I (not) told?" always has an answer.

import { formatDuration } from '../../config/duration.ts';
import { minuteOf } from '../../point-in-time.ts';
import type { Severity } from '../finding.ts';
import type { Incident } from '../memory/state.ts';
import type { IncidentSubject, NoticeStatus } from '../notice/notice.ts';

export type Reason =
  | { code: 'healthy' }
  | { code: 'outdated'; knownAt: string }
  | { code: 'not-configured' }
  | { code: 'below-threshold'; runs: number; needed: number }
  | { code: 'below-minimum-severity'; severity: Severity; minimum: Severity }
  | { code: 'held-back'; by: string }
  | { code: 'silenced'; by: string; until: string; why: string }
  | { code: 'maintenance'; until: string; why: string }
  | { code: 'acknowledged'; by: string; until: string }
  | { code: 'quiet-ended'; quiet: string }
  | { code: 'flapping'; changes: number; since: string }
  | { code: 'unsteady' }
  | { code: 'steady' }
  | { code: 'first-notice'; runs: number }
  | { code: 'new-findings'; count: number }
  | { code: 'grown'; count: number }
  | { code: 'worse'; severity: Severity }
  | { code: 'findings-gone'; count: number }
  | { code: 'escalated'; openMs: number }
  | { code: 'reminder-due'; silentMs: number }
  | { code: 'unchanged'; nextReminderAt: string }
  | { code: 'not-verified' }
  | { code: 'recovering'; runs: number; needed: number }
  | { code: 'all-gone' }
  | { code: 'verified-again' }
  | { code: 'reached-again' }
  | { code: 'cannot-tell' }
  | { code: 'check-removed' }
  | { code: 'ended-unannounced' }
  | { code: 'memory-unreadable' }
  | { code: 'watch-ended'; verdict: string };

/** What was decided about one check, or about the monitor itself. */
export interface Decision {
  check: string;
  about: IncidentSubject | 'watch';
  phase: 'ok' | Incident['phase'];
  says: NoticeStatus | 'nothing';
  reason: Reason;
  /** Id of the notice that says it. */
  notice?: string;
}

/** The reason as a clause for people: "nothing sent: failed 1 of 2 runs". */
export function explain({ says, reason }: Pick<Decision, 'says' | 'reason'>): string {
  return `${says === 'nothing' ? 'nothing to send' : says}: ${because(reason)}`;
}

/** Why, as a clause. */
export function because(reason: Reason): string {
  switch (reason.code) {
    case 'healthy':
      return 'verified, and nothing was wrong before';
    case 'outdated':
      return `collected before what is already known of it (${reason.knownAt})`;
    case 'not-configured':
      return 'the settings no longer have this check';
    case 'below-threshold':
      return `seen in ${reason.runs} of the ${reason.needed} runs in a row that it takes`;
    case 'below-minimum-severity':
      return `${reason.severity} is below the severity that is announced (${reason.minimum})`;
    case 'held-back':
      return `held back while ${reason.by} explains it`;
    case 'silenced':
      return `silenced by ${reason.by} until ${minuteOf(reason.until)}: ${reason.why}`;
    case 'maintenance':
      return `in maintenance until ${minuteOf(reason.until)}: ${reason.why}`;
    case 'acknowledged':
      return `${reason.by} is at it until ${minuteOf(reason.until)}`;
    case 'quiet-ended':
      return `${reason.quiet} is over, and it is still so`;
    case 'flapping':
      return `it has come and gone ${reason.changes} times since ${minuteOf(reason.since)}`;
    case 'unsteady':
      return 'it comes and goes, which was said already';
    case 'steady':
      return 'it no longer comes and goes, and is still so';
    case 'first-notice':
      return `seen in ${times(reason.runs, 'run')} in a row`;
    case 'new-findings':
      return `${times(reason.count, 'finding')} that had not been announced`;
    case 'grown':
      return `${times(reason.count, 'announced finding')} ${reason.count === 1 ? 'is' : 'are'} true of more than before`;
    case 'worse':
      return `it is now ${reason.severity}`;
    case 'findings-gone':
      return `${times(reason.count, 'announced finding')} gone, others remain`;
    case 'escalated':
      return `critical for ${formatDuration(reason.openMs)}`;
    case 'reminder-due':
      return `still so, and last said ${formatDuration(reason.silentMs)} ago`;
    case 'unchanged':
      return `already said; the next reminder is due at ${minuteOf(reason.nextReminderAt)}`;
    case 'not-verified':
      return 'what was wrong could not be verified again, so it stays as it is';
    case 'recovering':
      return `passed ${reason.runs} of the ${reason.needed} runs in a row that it takes`;
    case 'all-gone':
      return 'verified, and nothing is wrong any more';
    case 'verified-again':
      return 'it could be verified again';
    case 'reached-again':
      return 'something of the target was reached again';
    case 'cannot-tell':
      return 'too little of the target is checked to tell whether all of it is out of reach';
    case 'check-removed':
      return 'the check was removed from the settings';
    case 'ended-unannounced':
      return 'over before anybody was told';
    case 'memory-unreadable':
      return "the monitor's memory of this target was unreadable and begins afresh";
    case 'watch-ended':
      return `the watch is over: ${reason.verdict}`;
  }
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
