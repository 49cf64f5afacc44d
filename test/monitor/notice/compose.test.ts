// That SNS takes every message, whatever is in it, and that nothing in it can pretend to be something else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Finding, impacts, severities } from '../../../lambda/monitor/finding.ts';
import { compose } from '../../../lambda/monitor/notice/compose.ts';
import { largestMessageBytes } from '../../../lambda/monitor/notice/envelope.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { printable, subjectLine, utf8Bytes } from '../../../lambda/monitor/printable.ts';
import type { TopicMessage } from '../../../lambda/platform/ports.ts';
import { messageOf } from '../../../local/sns/message.ts';
import { fail, finding, pass, story, targetWith } from '../builders.ts';

const place = { bucket: 'driftwatch-memory' };

/** As SNS reads it; throws when SNS would refuse it. */
function accepted({ subject, body, attributes }: TopicMessage) {
  const form = new URLSearchParams({ Subject: subject, Message: body });
  for (const [index, [name, value]] of Object.entries(attributes).entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    form.set(`${entry}.Name`, name);
    form.set(`${entry}.Value.DataType`, typeof value === 'string' ? 'String' : 'String.Array');
    form.set(`${entry}.Value.StringValue`, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return messageOf(form);
}

function opened(findings: readonly Finding[], checks = ['schema']): Notice {
  const runs = story(targetWith(checks));
  const [first = finding(), ...others] = findings;
  const evidence = Object.fromEntries(checks.map((check) => [check, `evidence/pap-api/run/${check}.json`]));
  const [notice] = runs.run(
    0,
    checks.map((check) => fail(check, 0, [first, ...others])),
    evidence,
  ).notices;
  if (!notice) throw new Error('nothing was said');
  return notice;
}

describe('limits', () => {
  test('500 findings: 25 are shown, the rest counted, all of them named', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      finding({ subject: `public.t.c${index}`, message: `t.c${index} is missing` }),
    );
    const { body } = compose(opened(many), place);
    expect(body).toContain('25. t.c24 is missing');
    expect(body).not.toContain('t.c25');
    expect(body).toContain(
      '475 more are not shown here, nor what to do about it. All 500: s3://driftwatch-memory/evidence/pap-api/run/schema.json',
    );
  });

  test('findings that are too large together are left out whole, the last checks first', () => {
    const checks = Array.from({ length: 12 }, (_, index) => `backup:b${String(index).padStart(2, '0')}`);
    const large = Array.from({ length: 25 }, (_, index) =>
      finding({ subject: `s${index}`, message: `finding ${index} ${'é'.repeat(700)} end`, remedy: '🚀'.repeat(400) }),
    );
    const message = compose(opened(large, checks), place);
    expect(() => accepted(message)).not.toThrow();
    expect(utf8Bytes(message.body)).toBeGreaterThan(largestMessageBytes * 0.7);
    expect(message.body).toContain('== backup:b11 ==');
    const shown = [...message.body.matchAll(/finding \d+ é+ (end)?/g)];
    expect(shown.every(([, end]) => end === 'end')).toBe(true);
    const stated = [...message.body.matchAll(/(\d+) more are not shown here/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    expect(shown.length + stated).toBe(25 * checks.length);
    expect(message.body).toContain('== backup:b00 ==\n25 findings');
    expect(message.body).not.toContain('\ufffd');
  });

  test('a subject is cut at 100 characters', () => {
    const checks = Array.from({ length: 30 }, (_, index) => `probe:a-rather-long-name-${index}`);
    const { subject } = compose(opened([finding()], checks), place);
    expect(subject).toHaveLength(100);
    expect(subject).toMatch(/\.\.\.$/);
  });

  test('there are at most ten attributes, and checks and impacts are lists', () => {
    const { attributes } = compose(
      opened([finding(), finding({ subject: 'b', impact: 'integrity' })], ['schema', 'backup']),
      place,
    );
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
    expect(attributes).toMatchObject({
      target: 'pap-api',
      environment: 'production',
      severity: 'critical',
      status: 'opened',
      check: ['backup', 'schema'],
      impact: ['breaks-reads', 'integrity'],
      escalated: 'false',
    });
  });
});

describe('findings of less severity in a message are marked', () => {
  test('warning beside critical', () => {
    const { body } = compose(
      opened([finding(), finding({ subject: 'b', severity: 'warning', message: 'b is slow' })]),
      place,
    );
    expect(body).toContain('2. (warning) b is slow');
    expect(body).toContain('1. users.api_key_sandbox is missing');
  });
});

test('a resolution after the database came back says what is still open', () => {
  const runs = story(targetWith(['database', 'schema']));
  runs.run(0, [fail('database', 0, [finding()]), fail('schema', 0, [finding({ subject: 'b' })])]);
  const [resolved] = runs.run(90, [pass('database', 90)]).notices;
  expect(resolved && compose(resolved, place).body).toContain(
    'Also open, told before:\n- schema is failing since 12:00 UTC (1 h 30 min ago)',
  );
});

const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\n\nRESOLVED: all is well',
    '\u202egnorw\u202c',
    '\u0000\u001b[31m',
    '<script>alert(1)</script>',
    '\ud800',
    'a\r\nSubject: x',
    '\u2028',
  ),
);

const anyFinding: fc.Arbitrary<Finding> = fc.record({
  code: anything,
  severity: fc.constantFrom('critical', 'warning'),
  impact: fc.constantFrom(...impacts),
  subject: anything,
  message: anything,
  remedy: anything,
  details: fc.record({
    repair: fc.oneof(
      fc.array(fc.record({ sql: anything, class: anything, reason: anything })),
      anything,
      fc.constant(null),
    ),
  }),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const treacherous = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

test('whatever names hold, SNS takes the message, and no line of it can be faked', () => {
  fc.assert(
    fc.property(
      fc.array(anyFinding, { minLength: 1, maxLength: 6 }),
      anything,
      // The settings see to it that there is one.
      anything.filter((text) => text !== ''),
      anything,
      (findings, runbook, environment, summary) => {
        const runs = story(targetWith(['schema', 'backup'], { runbook, environment }));
        const [first = finding(), ...others] = findings;
        runs.run(0, [pass('backup', 0, { summary })]);
        const trouble = runs.run(5, [fail('schema', 5, [first, ...others], { summary })]).notices;
        const end = runs.run(10, [pass('schema', 10, { summary })]).notices;
        for (const notice of [...trouble, ...end]) {
          const message = compose(notice, place);
          accepted(message);
          expect(message.subject).toMatch(/^[!-~][ -~]{0,99}$/);
          expect(message.body).not.toMatch(treacherous);
          expect(message.body.isWellFormed()).toBe(true);
          // What begins a line at its very start is ours, but for the one line that is a message of a check.
          const faked = message.body.split('\n').filter((line) => /^RESOLVED: all is well/.test(line));
          expect(faked).toEqual([]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a subject line is what SNS takes, whatever the text', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(subjectLine(`[X] ${text}`)).toMatch(/^[!-~][ -~]{0,99}$/);
    }),
  );
});

test('printable text keeps what is harmless, and shows the rest', () => {
  expect(printable('café 🚀 “quoted” 名前')).toBe('café 🚀 “quoted” 名前');
  expect(printable('a\nb\tc\u202ed\u0000')).toBe('a\\nb\\tc\\u202ed\\u0000');
  expect(printable('\ud800x')).toBe('\ufffdx');
});

test('every severity has its place in the subject', () => {
  for (const severity of severities.slice(0, 2)) {
    expect(compose(opened([finding({ severity })]), place).subject).toBe(
      `[${severity.toUpperCase()}] pap-api production: schema is failing`,
    );
  }
});
