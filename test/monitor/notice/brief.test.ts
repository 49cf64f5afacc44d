// Findings in the size in which they are remembered and sent: what is left out is said.
import { expect, test } from 'vitest';
import { brief, distinct, fingerprint, named } from '../../../lambda/monitor/notice/brief.ts';
import { findingLines } from '../../../lambda/monitor/notice/finding-text.ts';
import { fail, finding, story, targetWith } from '../builders.ts';

const statement = 'CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$;';

test('a remedy that is too long ends with a whole line and says so', () => {
  const remedy = Array.from({ length: 200 }, () => statement).join('\n');
  const [short] = brief([finding({ remedy })], 1);
  const lines = short?.remedy.split('\n') ?? [];
  expect(short?.remedy.length).toBeLessThanOrEqual(4_000);
  expect(new Set(lines.slice(0, -1))).toEqual(new Set([statement]));
  expect(lines.at(-1)).toMatch(/^\[cut here, \d+ of 10199 characters: all of it is in the evidence\]$/);
});

test('details that are too large lose their largest members, and keep the name of the difference', () => {
  const [short] = brief(
    [finding({ details: { difference: '0123456789', actual: 'x'.repeat(20_000), verb: 'changed' } })],
    1,
  );
  expect(short?.details).toEqual({ difference: '0123456789', verb: 'changed' });
  const [nothing] = brief([finding({ details: { actual: 'x'.repeat(20_000) } })], 1);
  expect(nothing).not.toHaveProperty('details');
});

test('a notice names the difference, so that it can be accepted', () => {
  const { notices } = story(targetWith(['schema'])).run(0, [
    fail('schema', 0, [finding({ message: 'users.email is missing', details: { difference: '0123456789' } })]),
  ]);
  const [notice] = notices;
  const [entry] = notice?.entries ?? [];
  expect(notice && entry && findingLines(entry, notice, 1)).toContain('users.email is missing (difference 0123456789)');
});

test('texts are cut at a length, never within a sign, and what is as long as that is whole', () => {
  const text = (field: 'code' | 'subject' | 'message', value: string) =>
    brief([finding({ [field]: value })], 1)[0]?.[field];
  for (const [field, most] of [
    ['code', 200],
    ['subject', 400],
    ['message', 1_200],
  ] as const) {
    const whole = 'x'.repeat(most);
    expect(text(field, whole)).toBe(whole);
    expect(text(field, `${whole}y`)).toBe(`${'x'.repeat(most - 1)}…`);
    // The sign that would be halved is left out.
    expect(text(field, `${'x'.repeat(most - 2)}🚀${'y'.repeat(9)}`)).toBe(`${'x'.repeat(most - 2)}…`);
    expect(text(field, `${'x'.repeat(most - 3)}🚀${'y'.repeat(9)}`)).toBe(`${'x'.repeat(most - 3)}🚀…`);
  }
});

test('a remedy of the longest length is whole; one long line is left out, and that is said', () => {
  const whole = 'x'.repeat(4_000);
  expect(brief([finding({ remedy: whole })], 1)[0]?.remedy).toBe(whole);
  expect(brief([finding({ remedy: `${whole}y` })], 1)[0]?.remedy).toBe(
    '[cut here, 0 of 4001 characters: all of it is in the evidence]',
  );
  const lines = `${'x'.repeat(3_898)}\ny\n${'z'.repeat(200)}`;
  expect(brief([finding({ remedy: lines })], 1)[0]?.remedy).toBe(
    `${'x'.repeat(3_898)}\n[cut here, 3898 of 4101 characters: all of it is in the evidence]`,
  );
});

test('details that just fit are whole, in their order', () => {
  const size = JSON.stringify(['a', '']).length + JSON.stringify(['b', 1]).length;
  const fits = { a: 'x'.repeat(12_000 - size), b: 1 };
  const [kept] = brief([finding({ details: fits })], 1);
  expect(Object.entries(kept?.details ?? {})).toEqual(Object.entries(fits));
  const [less] = brief([finding({ details: { ...fits, a: `${fits.a}x` } })], 1);
  expect(less?.details).toEqual({ b: 1 });
});

test('of too many the wanted and then the worst are kept, in the order in which they came', () => {
  const some = [
    finding({ subject: 'a', severity: 'info' }),
    finding({ subject: 'b', severity: 'critical' }),
    finding({ subject: 'c', severity: 'warning' }),
    finding({ subject: 'd', severity: 'warning' }),
    finding({ subject: 'e', severity: 'info' }),
  ];
  const kept = (most: number, wanted?: string) =>
    brief(some, most, wanted === undefined ? undefined : ({ subject }) => subject === wanted).map(
      ({ subject }) => subject,
    );
  expect(kept(2)).toEqual(['b', 'c']);
  expect(kept(2, 'e')).toEqual(['b', 'e']);
  expect(kept(4, 'e')).toEqual(['b', 'c', 'd', 'e']);
  expect(kept(9)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('what repeats the identity of an earlier one counts once', () => {
  const again = finding({ message: 'said otherwise', severity: 'info' });
  const other = finding({ code: 'schema.column.changed' });
  expect(distinct([finding(), again, other])).toEqual([finding(), other]);
  expect(brief([finding(), again], 9).map(({ message }) => message)).toEqual([finding().message]);
  expect(fingerprint(finding())).toBe(fingerprint(again));
  expect(fingerprint(finding())).not.toBe(fingerprint(other));
  expect(fingerprint(finding())).toMatch(/^[\w-]{12}$/);
});

test('names are of 50 at most, and hold no more than what is said when they are gone', () => {
  const many = Array.from({ length: 60 }, (_, index) => finding({ subject: `s${index}`, message: `m${index}` }));
  const names = named(many);
  expect(names).toHaveLength(50);
  expect(names[1]).toEqual({ id: fingerprint({ code: finding().code, subject: 's1' }), subject: 's1', message: 'm1' });
});
