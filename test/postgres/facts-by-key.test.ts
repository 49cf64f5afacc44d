// Facts are found by their keys, and a catalog with changes tells the same as one that is made of what there is after.
import { expect, test } from 'vitest';
import { type Fact, type FactKey, factKey } from '../../lambda/postgres/fact.ts';
import { factsByKey } from '../../lambda/postgres/facts-by-key.ts';
import { type Catalog, catalogOf, withChanges } from '../../lambda/postgres/repair/catalog.ts';

const fact = (kind: string, id: string, more: Partial<Fact> = {}): Fact => ({ kind, id, attributes: {}, ...more });

test('kinds and ids of several words are told apart', () => {
  const facts = [
    fact('operator', 'class x'),
    fact('operator class', 'y'),
    fact('materialized view', 'public."a view"'),
    fact('table', 'public.t'),
    fact('table', 'public.t', { attributes: { last: true } }),
  ];
  const byKey = factsByKey(facts);
  for (const { kind, id } of facts) expect(byKey.get(factKey({ kind, id }))).toMatchObject({ kind, id });
  expect(byKey.get('table public.t')?.attributes).toEqual({ last: true });
  expect(byKey.find('table', 'public.t')).toBe(byKey.get('table public.t'));
  expect(['table', 'view public.t', '', 'operator y'].filter(byKey.has)).toEqual([]);
});

test('changes over a catalog count wherever it is asked', () => {
  const schema = { parent: 'schema public' };
  const part = { parent: 'table public.a' };
  const before = [
    fact('table', 'public.a', schema),
    fact('column', 'public.a.gone', part),
    fact('column', 'public.a.moved', part),
    fact('column', 'public.a.same', { ...part, needs: ['column public.b.up'] }),
    fact('table', 'public.b', schema),
  ];
  const changed = new Map<FactKey, Fact | undefined>([
    ['column public.a.gone', undefined],
    [
      'column public.a.moved',
      fact('column', 'public.a.moved', { parent: 'table public.b', needs: ['column public.b.up'] }),
    ],
    ['table public.b', fact('table', 'public.b', { ...schema, attributes: { form: 'foreign' } })],
    ['view public.c', fact('view', 'public.c', schema)],
  ]);
  const kept = before.flatMap((one) => (changed.has(factKey(one)) ? [] : [one]));
  const after = catalogOf([...kept, ...[...changed.values()].filter((one) => one !== undefined)]);
  const keys = [...before.map(factKey), ...changed.keys(), 'schema public', 'column public.b.up'];
  const told = (catalog: Catalog) =>
    [
      ...keys.map((key) => [catalog.get(key)]),
      ...keys.map(catalog.childrenOf),
      ...keys.map(catalog.needing),
      ...['public.a', 'public.b', 'public.c'].map(catalog.named),
      [...catalog.facts()],
    ].map((facts) => new Set(facts));
  expect(told(withChanges(catalogOf(before), changed))).toEqual(told(after));
});
