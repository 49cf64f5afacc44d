// Snapshots of one version of Driftwatch in the hands of another: no false drift, and nothing passed over in silence.
import { describe, expect, test } from 'vitest';
import { diff } from '../../lambda/postgres/diff.ts';
import { ownVocabulary, saysMore, type Vocabulary, vocabularyWarning } from '../../lambda/postgres/vocabulary.ts';
import { fact } from '../support/snapshots.ts';

const side = (facts: ReturnType<typeof fact>[], vocabulary: Vocabulary) => ({
  facts,
  vocabulary,
  serverVersion: 180_004,
});
const told = (...[model, production]: Parameters<typeof diff>) =>
  diff(model, production).drift.map(({ verb, subject, attribute }) => `${verb} ${subject} ${attribute ?? ''}`.trim());

const { rule: _, ...withoutRules } = ownVocabulary;
const older: Vocabulary = { ...withoutRules, table: (ownVocabulary.table ?? []).filter((name) => name !== 'comment') };
const newer: Vocabulary = { ...ownVocabulary, gadget: ['size'], table: [...(ownVocabulary.table ?? []), 'shine'] };

const users = fact('table', 'public.users', { comment: 'people' });
const rule = fact('rule', 'public.users.r', {}, 'table public.users');
const gadget = fact('gadget', 'public.g', { size: 1 });

describe('what one of two versions does not read', () => {
  test('is no drift when the model is older', () => {
    const model = side([fact('table', 'public.users')], older);
    expect(told(model, side([users, rule], ownVocabulary))).toEqual([]);
    expect(told(side([fact('table', 'public.users')], ownVocabulary), side([users, rule], ownVocabulary))).toEqual([
      'changed public.users comment',
      'unexpected public.users.r',
    ]);
  });

  test('is no drift when the model is newer', () => {
    const model = side([fact('table', 'public.users', { comment: 'people', shine: true }), gadget], newer);
    expect(told(model, side([users], ownVocabulary))).toEqual([]);
  });

  test('hides nothing that both read', () => {
    const model = side([users, fact('table', 'public.orders')], newer);
    expect(told(model, side([fact('table', 'public.users')], ownVocabulary))).toEqual([
      'missing public.orders',
      'changed public.users comment',
    ]);
  });

  test('is told, with what to do', () => {
    expect(vocabularyWarning({ takenBy: '0.1.0', vocabulary: ownVocabulary })).toBeUndefined();
    expect(vocabularyWarning({ takenBy: '0.0.9', vocabulary: older })).toBe(
      'The snapshot was taken by another Driftwatch (0.0.9); not all of it is compared: it does not say any rule, comment of any table: take it again with this version.',
    );
    expect(vocabularyWarning({ takenBy: '9.0.0', vocabulary: newer })).toBe(
      'The snapshot was taken by another Driftwatch (9.0.0); not all of it is compared: it says shine of any table, any gadget, which this version does not read: update it.',
    );
    expect(vocabularyWarning({ takenBy: '0.0.1', vocabulary: {} })).toMatch(
      /it does not say any .*, \d+ more: take it/,
    );
  });
});

test('one says more than another when it says all of it and something else', () => {
  expect(saysMore(newer, ownVocabulary)).toBe(true);
  expect(saysMore(ownVocabulary, newer)).toBe(false);
  expect(saysMore(ownVocabulary, ownVocabulary)).toBe(false);
  expect(saysMore({ a: [], b: [], c: [] }, { d: [] })).toBe(false);
});
