// Every difference that the catalog can show has a decision of its own, and every row of it can be reached and read.
import { describe, expect, test } from 'vitest';
import type { Rules } from '../../../lambda/postgres/assessment/rule.ts';
import { rules, rulesFor } from '../../../lambda/postgres/assessment/rules.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import { commonAttributes } from '../../../lambda/postgres/kinds/shared.ts';
import { type Kind, kinds } from '../../../lambda/postgres/kinds.ts';

const entry = (kind: string, verb: DriftEntry['verb'], attribute?: string): DriftEntry => ({
  kind,
  subject: 'public.x',
  verb,
  ...(attribute !== undefined && { attribute }),
  expected: null,
  actual: null,
});

const known = (Object.keys(kinds) as Kind[]).flatMap((kind) => [
  entry(kind, 'missing'),
  entry(kind, 'unexpected'),
  ...Object.keys(kinds[kind].attributes)
    .filter((attribute) => !(attribute in commonAttributes))
    .map((attribute) => entry(kind, 'changed', attribute)),
]);

/** What any kind may have, where it means something else than for all. */
const exceptions = [entry('default privileges', 'changed', 'grants'), entry('privileges', 'changed', 'grants')];

const decided = (Object.keys(rules) as Kind[]).flatMap((kind): [string, Rules][] => [
  [`${kind} missing`, rules[kind].missing],
  [`${kind} unexpected`, rules[kind].unexpected],
  ...(rules[kind].renamed ? [[`${kind} renamed`, rules[kind].renamed] satisfies [string, Rules]] : []),
  ...Object.entries(rules[kind].changed).map(([name, rows]): [string, Rules] => [`${kind} ${name}`, rows]),
]);

describe('the severity table', () => {
  test('decides about every kind, verb and attribute of kinds.ts, and about nothing else', () => {
    const silent = (['missing', 'unexpected', 'changed'] as const).map((verb) => rulesFor(entry('no such kind', verb)));
    expect(known.filter((difference) => silent.includes(rulesFor(difference)))).toEqual([]);
    expect(
      decided
        .map(([name]) => name)
        .filter((name) => !name.endsWith(' renamed'))
        .sort(),
    ).toEqual([...known, ...exceptions].map(({ kind, verb, attribute }) => `${kind} ${attribute ?? verb}`).sort());
  });

  test.each(decided)('%s: the last row, and no other, has no condition', (_name, rows) => {
    expect(rows.map(({ when }) => when === undefined)).toEqual(rows.map((_, place) => place === rows.length - 1));
  });

  test('uses only placeholders that are filled in', () => {
    const clauses = decided.flatMap(([, rows]) => rows.flatMap(({ breaks, differs = '' }) => [breaks, differs]));
    const used = new Set(clauses.flatMap((clause) => clause.match(/\{\w*\}/g) ?? []));
    const names = ['access', 'actual', 'added', 'expected', 'failures', 'it', 'lost', 'name', 'noun', 'parent'];
    expect([...used].sort()).toEqual(names.map((name) => `{${name}}`));
  });
});
