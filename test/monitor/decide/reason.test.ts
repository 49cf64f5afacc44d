// Every reason as its reader gets it: in the log, and in the answer to "why was I (not) told?".
import { expect, test } from 'vitest';
import { because, explain, type Reason } from '../../../lambda/monitor/decide/reason.ts';
import { at } from '../builders.ts';

/** One of each code; the compiler sees to it that none is missing. */
const sentences: { [Code in Reason['code']]: [Extract<Reason, { code: Code }>, string] } = {
  healthy: [{ code: 'healthy' }, 'verified, and nothing was wrong before'],
  outdated: [
    { code: 'outdated', knownAt: at(5) },
    'collected before what is already known of it (2026-11-20T12:05:00.000Z)',
  ],
  'not-configured': [{ code: 'not-configured' }, 'the settings no longer have this check'],
  'below-threshold': [
    { code: 'below-threshold', runs: 1, needed: 3 },
    'seen in 1 of the 3 runs in a row that it takes',
  ],
  'below-minimum-severity': [
    { code: 'below-minimum-severity', severity: 'info', minimum: 'warning' },
    'info is below the severity that is announced (warning)',
  ],
  'held-back': [{ code: 'held-back', by: 'database' }, 'held back while database explains it'],
  silenced: [
    { code: 'silenced', by: 'ada', until: at(60), why: 'moving' },
    'silenced by ada until 2026-11-20 13:00 UTC: moving',
  ],
  maintenance: [
    { code: 'maintenance', until: at(60), why: 'reindex' },
    'in maintenance until 2026-11-20 13:00 UTC: reindex',
  ],
  acknowledged: [{ code: 'acknowledged', by: 'ada', until: at(60) }, 'ada is at it until 2026-11-20 13:00 UTC'],
  'quiet-ended': [
    { code: 'quiet-ended', quiet: 'the silence by ada (moving)' },
    'the silence by ada (moving) is over, and it is still so',
  ],
  flapping: [{ code: 'flapping', changes: 5, since: at(0) }, 'it has come and gone 5 times since 2026-11-20 12:00 UTC'],
  unsteady: [{ code: 'unsteady' }, 'it comes and goes, which was said already'],
  steady: [{ code: 'steady' }, 'it no longer comes and goes, and is still so'],
  'first-notice': [{ code: 'first-notice', runs: 1 }, 'seen in 1 run in a row'],
  'new-findings': [{ code: 'new-findings', count: 2 }, '2 findings that had not been announced'],
  grown: [{ code: 'grown', count: 1 }, '1 announced finding is true of more than before'],
  worse: [{ code: 'worse', severity: 'critical' }, 'it is now critical'],
  'findings-gone': [{ code: 'findings-gone', count: 1 }, '1 announced finding gone, others remain'],
  escalated: [{ code: 'escalated', openMs: 5_400_000 }, 'critical for 1 h 30 min'],
  'reminder-due': [{ code: 'reminder-due', silentMs: 14_400_000 }, 'still so, and last said 4 h ago'],
  unchanged: [
    { code: 'unchanged', nextReminderAt: at(240) },
    'already said; the next reminder is due at 2026-11-20 16:00 UTC',
  ],
  'not-verified': [{ code: 'not-verified' }, 'what was wrong could not be verified again, so it stays as it is'],
  recovering: [{ code: 'recovering', runs: 1, needed: 2 }, 'passed 1 of the 2 runs in a row that it takes'],
  'all-gone': [{ code: 'all-gone' }, 'verified, and nothing is wrong any more'],
  'verified-again': [{ code: 'verified-again' }, 'it could be verified again'],
  'reached-again': [{ code: 'reached-again' }, 'something of the target was reached again'],
  'cannot-tell': [
    { code: 'cannot-tell' },
    'too little of the target is checked to tell whether all of it is out of reach',
  ],
  'check-removed': [{ code: 'check-removed' }, 'the check was removed from the settings'],
  'ended-unannounced': [{ code: 'ended-unannounced' }, 'over before anybody was told'],
  'memory-unreadable': [
    { code: 'memory-unreadable' },
    "the monitor's memory of this target was unreadable and begins afresh",
  ],
  'watch-ended': [{ code: 'watch-ended', verdict: 'passed' }, 'the watch is over: passed'],
};

test.each(Object.entries(sentences))('%s', (_, [reason, sentence]) => {
  expect(because(reason)).toBe(sentence);
});

test('with what is sent for it, or that nothing is', () => {
  expect(explain({ says: 'nothing', reason: { code: 'healthy' } })).toBe(
    'nothing to send: verified, and nothing was wrong before',
  );
  expect(explain({ says: 'opened', reason: { code: 'first-notice', runs: 2 } })).toBe(
    'opened: seen in 2 runs in a row',
  );
});
