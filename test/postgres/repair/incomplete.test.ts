// Whatever part of the differences is asked for, and whatever facts are missing, there is an answer to each difference
// and no exception: an alert must not be lost over its remedy.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { DriftEntry } from '../../../lambda/postgres/drift.ts';
import type { Fact } from '../../../lambda/postgres/fact.ts';
import { repair } from '../../../lambda/postgres/repair/repair.ts';
import { remedyText } from '../../../lambda/postgres/repair/statement.ts';
import { baseSql } from '../../corpus/read-corpus.ts';
import '../../support/postgres-url.ts';
import { repairCases } from './cases.ts';
import { openWorkshop, readSql, type Workshop } from './proof.ts';

let workshop: Workshop;
let sides: { model: Fact[]; production: Fact[]; drift: DriftEntry[] }[];

beforeAll(async () => {
  workshop = await openWorkshop(inject('postgresUrl'), 'incomplete');
  const empty = { model: baseSql, production: 'SELECT 1' };
  const pairs = [empty, { model: empty.production, production: empty.model }, ...repairCases.slice(0, 12)];
  sides = [];
  for (const sql of pairs) {
    const [model, production] = [await readSql(workshop, sql.model), await readSql(workshop, sql.production)];
    sides.push({ model: model.facts, production: production.facts, drift: diff(model, production).drift });
  }
});
afterAll(() => workshop.close());

const idOf = ({ kind, subject, attribute }: Pick<DriftEntry, 'kind' | 'subject' | 'attribute'>): string =>
  JSON.stringify([kind, subject, attribute ?? null]);

test('every difference gets an answer, the same each time', () => {
  const seed = fc.record({
    side: fc.nat(),
    kept: fc.infiniteStream(fc.nat(9)),
    loses: fc.nat(3),
    version: fc.constantFrom(130_000, 180_000),
  });
  fc.assert(
    fc.property(seed, ({ side, kept, loses, version }) => {
      const { model, production, drift } = sides[side % sides.length] as (typeof sides)[number];
      const keep = (limit: number): boolean => (kept.next().value ?? 9) >= limit;
      const entries = drift.filter(() => keep(2));
      const facts = [model, production].map((list) => list.filter(() => keep(loses))) as [Fact[], Fact[]];
      const steps = repair(entries, ...facts, { serverVersion: version });
      const answered = new Set(steps.map(idOf));
      expect(entries.map(idOf).filter((id) => !answered.has(id))).toEqual([]);
      expect(steps.every((step) => remedyText([step]) !== '')).toBe(true);
      expect(steps.every((step) => !('sql' in step) || /^[A-Z].*;$/s.test(step.sql))).toBe(true);
      expect(steps.filter((step) => 'sql' in step && /\b(undefined|null|NaN|\[object)\b/.test(step.sql))).toEqual([]);
      expect(repair(structuredClone(entries), ...structuredClone(facts), { serverVersion: version })).toEqual(steps);
    }),
    { numRuns: 150 },
  );
});

test('kinds and attributes of a newer Driftwatch are answered as unknown', () => {
  const entry: DriftEntry = { kind: 'property graph', subject: 'guard', verb: 'missing', expected: {}, actual: null };
  const fact: Fact = { kind: 'property graph', id: 'guard', attributes: {} };
  expect(repair([entry], [fact], [])).toEqual([
    { kind: 'property graph', subject: 'guard', none: 'This version does not know how to create property graph.' },
  ]);
  const changed: DriftEntry = { ...entry, verb: 'changed', attribute: 'constructor', expected: 1, actual: 2 };
  expect(repair([changed], [fact], [fact])).toEqual([
    {
      kind: 'property graph',
      subject: 'guard',
      attribute: 'constructor',
      none: 'This version does not know how to repair constructor.',
    },
  ]);
});
