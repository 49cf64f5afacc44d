// What is refused in the settings of a schema check, in the words that people get.
import { expect, test } from 'vitest';
import { parseSettings } from '../../../lambda/config/index.ts';

function problemsOf(check: Record<string, unknown>, database: unknown = { secret: 'prod/pap-api/database' }): string[] {
  const target = {
    environment: 'production',
    ...(database !== null && { database }),
    checks: { schema: { model: 'pap-api', ...check } },
  };
  try {
    parseSettings({ name: 'control-core', targets: { 'pap-api': target } });
    return [];
  } catch (error) {
    const [, ...lines] = (error as Error).message.replaceAll('targets.pap-api.checks.schema.', '').split('\n');
    return lines.map((line) => line.trim());
  }
}

const acceptance = { difference: '0123456789', until: '2026-12-31', reason: 'known' };

test('rules and acceptances as they are meant to be', () => {
  const rules = [
    { kind: 'table', object: 'public.events_p*', verb: 'unexpected', severity: 'ignore', reason: 'made by pg_partman' },
    { attribute: 'comment', severity: 'ignore' },
    { kind: 'index', attribute: 'name', severity: 'info' },
    { severity: 'warning' },
  ];
  const accept = [acceptance, { ...acceptance, difference: 'abcdef0123', by: 'Ada', object: 'public.users.email' }];
  expect(problemsOf({ rules, accept })).toEqual([]);
});

test('words that mean nothing are told with the nearest one', () => {
  const told = problemsOf({
    rules: [
      { kind: 'tabel', severity: 'ignore' },
      { kind: 'column', attribute: 'tpye', severity: 'info' },
      { attribute: 'nulable', severity: 'info' },
      { kind: 'table', verb: 'extra', severity: 'ignored' },
      { objects: 'public.*', severity: 'info' },
    ],
  }).join('\n');
  expect(told).toMatch(/rules\[0\]\.kind\nfound "tabel"; expected .*; did you mean "table"\?/);
  expect(told).toMatch(
    /rules\[1\]\.attribute\nfound "tpye"; a column has no such attribute; .*; did you mean "type"\?/,
  );
  expect(told).toMatch(/rules\[2\]\.attribute\nfound "nulable"; no kind of object .*; did you mean "nullable"\?/);
  expect(told).toMatch(/rules\[3\]\.severity\nfound "ignored"; .*; did you mean "ignore"\?/);
  expect(told).toMatch(/rules\[3\]\.verb\nfound "extra"; expected "missing", "unexpected" or "changed"/);
  expect(told).toMatch(/rules\[4\]\.objects\nthere is no such setting; .*; did you mean "object"\?/);
});

test('rules that could not do what they say are refused', () => {
  const told = problemsOf({
    rules: [
      { severity: 'ignore', reason: 'too much noise' },
      { object: '*', severity: 'ignore' },
      { attribute: 'type', verb: 'missing', severity: 'info' },
    ],
  }).join('\n');
  expect(told.match(/this would ignore every difference/g)).toHaveLength(2);
  expect(told).toContain('what is missing as a whole has no attribute');
});

test('acceptances need a difference, a day and a reason, each difference once', () => {
  const told = problemsOf({
    accept: [{ difference: 'users.email', until: 'next year' }],
  }).join('\n');
  expect(told).toContain('found "users.email"; expected the 10 hex digits');
  expect(told).toContain('found "next year"; expected a day, such as "2026-12-31"');
  expect(told).toMatch(/accept\[0\]\.reason\nit is missing/);
  expect(problemsOf({ accept: [acceptance, acceptance] }).join('\n')).toMatch(
    /accept\[1\]\.difference\nfound "0123456789"; it is in the list twice/,
  );
});

test('a check of captures needs no database, and any other does', () => {
  expect(problemsOf({ capture: {} }, null)).toEqual([]);
  expect(problemsOf({ capture: { bucket: 'app-captures', key: 'pap/', maxAge: '2h' } }, null)).toEqual([]);
  expect(problemsOf({}, null).join('\n')).toContain('these checks cannot do without: schema');
});

test('captures are in a folder that the monitor may read', () => {
  const told = (capture: unknown) => problemsOf({ capture }, null).join('\n');
  expect(told({ bucket: 'app-captures' })).toContain('capture.key\nit is missing; expected the folder in that bucket');
  expect(told({ key: 'pap/' })).toContain('found "pap/"; expected a folder below "captures/", or a "bucket" beside it');
  expect(told({ key: 'captures/pap' })).toContain('expected a folder, such as "captures/pap-api/"');
});
