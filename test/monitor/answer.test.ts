import { describe, expect, test } from 'vitest';
import { answerOf } from '../../lambda/monitor/answer.ts';
import type { Outcome } from '../../lambda/monitor/outcome.ts';
import type { RunReport } from '../../lambda/monitor/pipeline.ts';
import { fail, finding, pass, unknown } from './builders.ts';

const report = (outcomes: Outcome[], more: Partial<RunReport> = {}): RunReport => ({
  target: 'pap-api',
  run: 'run-1',
  outcomes,
  decisions: [],
  notices: [],
  remarks: [],
  ...more,
});

test('lines that a person can read in the console', () => {
  const { status, summary } = answerOf(
    [
      report(
        [
          pass('backup:nightly', 0, { summary: 'nightly.sql, 9 h old' }),
          unknown('database', 0, { reason: 'access denied', remedy: 'Grant it.' }),
          fail('schema', 0, [finding({ severity: 'warning', message: 'an index is missing' }), finding()], {
            summary: '2 differences',
          }),
        ],
        { remarks: ['the memory was\nunreadable'] },
      ),
      report([], { target: 'pro-tenant' }),
    ],
    { notified: false },
  );
  expect(status).toBe('fail');
  expect(summary).toEqual([
    'pap-api: FAIL',
    '  PASS backup:nightly: nightly.sql, 9 h old',
    '  UNKNOWN database: could not be verified: access denied',
    '    next: Grant it.',
    '  FAIL schema: 2 differences',
    '    critical: users.api_key_sandbox is missing: every query that selects it fails',
    '    warning: an index is missing',
    '  note: the memory was\\nunreadable',
    'pro-tenant: nothing to check',
    'Nothing was remembered or sent. Add "notify": true to do both, as a scheduled run does.',
  ]);
});

describe('the status of all together', () => {
  test.each([
    ['all pass', [pass('a', 0), pass('b', 0)], 'pass'],
    ['one could not be verified', [pass('a', 0), unknown('b', 0)], 'unknown'],
    ['one fails, another could not be verified', [fail('a', 0, [finding()]), unknown('b', 0)], 'fail'],
    ['nothing was checked', [], 'unknown'],
  ])('%s', (_, outcomes, expected) => {
    expect(answerOf([report(outcomes)], { notified: true }).status).toBe(expected);
  });
});

test('says what was decided and why, and which notices went out', () => {
  const { results, summary } = answerOf(
    [
      report([fail('schema', 0, [finding()])], {
        decisions: [
          {
            check: 'schema',
            about: 'failing',
            phase: 'open',
            says: 'opened',
            reason: { code: 'first-notice', runs: 2 },
            notice: 'n-1',
          },
        ],
        delivery: { published: ['n-1'], failed: [], waiting: [], undeliverable: [] },
      }),
    ],
    { notified: true },
  );
  expect(results[0]?.decision).toEqual({ says: 'opened', why: 'opened: seen in 2 runs in a row' });
  expect(summary).toContain('  sent: notice n-1');
  expect(summary.at(-1)).not.toContain('notify');
});

test('an answer that would be too large is cut, and says by how much', () => {
  const many = Array.from({ length: 22_000 }, (_, index) =>
    finding({ subject: `s${index}`, message: 'x'.repeat(300) }),
  );
  const answer = answerOf([report([fail('schema', 0, [many[0] ?? finding(), ...many.slice(1)])])], { notified: true });
  expect(JSON.stringify(answer).length).toBeLessThan(6_000_000);
  const [result] = answer.results;
  expect(result?.findings.length).toBeGreaterThan(1_000);
  expect((result?.findings.length ?? 0) + (result?.findingsLeftOut ?? 0)).toBe(22_000);
  expect(answer.summary).toContain('    and 21990 more, in the results');
});
