// Which differences count by the rules, as a table.
import { expect, test } from 'vitest';
import { count } from '../../../lambda/checks/schema/count.ts';
import type { Rule } from '../../../lambda/checks/schema/counting-settings.ts';
import type { Difference } from '../../../lambda/checks/schema/evidence.ts';

const now = new Date('2026-11-20T12:00:00Z');

const entry = (
  verb: Difference['verb'],
  kind: string,
  subject: string,
  parent: string,
  attribute?: string,
): Difference => ({
  id: '0123456789',
  kind,
  subject,
  parent,
  verb,
  expected: null,
  actual: null,
  ...(attribute !== undefined && { attribute }),
});

const partition = entry('unexpected', 'table', 'public.events_p2026_12', 'schema public');
const column = entry('changed', 'column', 'public.events_p2026_12.payload', 'table public.events_p2026_12', 'type');
const index = entry('unexpected', 'index', 'public.by_day', 'table public.events_p2026_12');
const view = entry('missing', 'materialized view', 'reports."daily.sums"', 'schema reports');

const severityOf = (difference: Difference, ...rules: Rule[]) => {
  const { counted, ignored } = count([difference], { rules, accept: [] }, now);
  return ignored.length > 0 ? 'ignore' : (counted[0]?.severity ?? 'its own');
};

const cases: [says: string, difference: Difference, rules: Rule[], severity: string][] = [
  ['no rule', partition, [], 'its own'],
  ['its kind', partition, [{ kind: 'table', severity: 'info' }], 'info'],
  ['another kind', partition, [{ kind: 'view', severity: 'info' }], 'its own'],
  ['a glob', partition, [{ object: 'public.events_p*', severity: 'ignore' }], 'ignore'],
  ['a glob of one character each', partition, [{ object: 'public.events_p????_??', severity: 'ignore' }], 'ignore'],
  ['a glob that fits a part of the name only', partition, [{ object: 'events_p*', severity: 'ignore' }], 'its own'],
  ['dots and quotes are themselves', view, [{ object: 'reports."daily.*"', severity: 'info' }], 'info'],
  ['a dot is no wildcard', view, [{ object: 'reports."daily?????"', severity: 'info' }], 'info'],
  ['a dot of the glob is a dot', partition, [{ object: 'public.events.p2026_12', severity: 'info' }], 'its own'],
  ['a part, by the name of the whole', index, [{ object: 'public.events_p*', severity: 'ignore' }], 'ignore'],
  [
    'a part, when a kind is named',
    index,
    [{ kind: 'table', object: 'public.events_p*', severity: 'ignore' }],
    'its own',
  ],
  ['its verb', column, [{ verb: 'changed', severity: 'critical' }], 'critical'],
  ['another verb', column, [{ verb: 'unexpected', severity: 'ignore' }], 'its own'],
  ['its attribute', column, [{ attribute: 'type', severity: 'info' }], 'info'],
  ['another attribute', column, [{ attribute: 'default', severity: 'info' }], 'its own'],
  [
    'the last of several',
    column,
    [
      { kind: 'column', severity: 'ignore' },
      { attribute: 'type', severity: 'critical' },
    ],
    'critical',
  ],
  [
    'the last that fits',
    column,
    [
      { attribute: 'type', severity: 'critical' },
      { kind: 'table', severity: 'ignore' },
    ],
    'critical',
  ],
];

test.each(cases)('%s', (_says, difference, rules, severity) => {
  expect(severityOf(difference, ...rules)).toBe(severity);
});

test('what is accepted is not asked of the rules', () => {
  const acceptance = { difference: '0123456789', until: '2026-11-20', reason: 'known' };
  const { accepted, counted } = count(
    [partition],
    { rules: [{ kind: 'table', severity: 'critical' }], accept: [acceptance] },
    now,
  );
  expect(accepted).toEqual([{ difference: partition, acceptance }]);
  expect(counted).toEqual([]);
});
