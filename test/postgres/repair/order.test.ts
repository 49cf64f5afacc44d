import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyStep, inOrder, type Step } from '../../../lambda/postgres/repair/order.ts';

const step = (subject: string, rank: number, rest: Partial<Step> = {}): Step => ({
  ...emptyStep({ kind: 'table', subject }, []),
  rank,
  ...rest,
});
const subjects = (steps: Step[], partOf: (key: string) => string | undefined = () => undefined): string[] =>
  inOrder(steps, partOf).map(({ entry }) => entry.subject);

test('rank decides, then the list, where nothing else does', () => {
  expect(subjects([step('c', 2), step('a', 1), step('b', 1)])).toEqual(['a', 'b', 'c']);
});

test.each<[name: string, steps: Step[], order: string[]]>([
  [
    'what is needed is made first',
    [step('view', 1, { needs: ['t'] }), step('table', 2, { creates: ['t'] })],
    ['table', 'view'],
  ],
  ['or altered first', [step('view', 1, { needs: ['t'] }), step('table', 2, { alters: ['t'] })], ['table', 'view']],
  [
    'what is in the way is removed first',
    [step('make', 1, { creates: ['t'] }), step('drop', 9, { removes: ['t'] })],
    ['drop', 'make'],
  ],
  [
    'a name is free before it is taken',
    [step('make', 1, { takes: ['public.x'] }), step('drop', 9, { frees: ['public.x'] })],
    ['drop', 'make'],
  ],
  [
    'what is used is let go before it is dropped',
    [step('drop', 1, { removes: ['f'] }), step('default', 2, { releases: ['f'] })],
    ['default', 'drop'],
  ],
  [
    'what depends is dropped before',
    [step('table', 1, { removes: ['t'] }), step('view', 2, { removes: ['v'], leaves: ['t'] })],
    ['view', 'table'],
  ],
  [
    'or before it is altered',
    [step('table', 1, { alters: ['t'] }), step('view', 2, { removes: ['v'], leaves: ['t'] })],
    ['view', 'table'],
  ],
  [
    'circles are cut at the lowest rank',
    [step('b', 2, { creates: ['b'], needs: ['a'] }), step('a', 1, { creates: ['a'], needs: ['b'] })],
    ['a', 'b'],
  ],
])('%s', (_name, steps, order) => {
  expect(subjects(steps)).toEqual(order);
});

test('a part without a step of its own comes with what it is a part of', () => {
  const steps = [step('index', 1, { needs: ['column'] }), step('table', 2, { creates: ['table'] })];
  expect(subjects(steps, (key) => (key === 'column' ? 'table' : undefined))).toEqual(['table', 'index']);
});

test('no step is lost, none comes twice, and needs are met whenever they can be', () => {
  const drawn = fc.array(fc.record({ rank: fc.nat(5), needs: fc.array(fc.nat(19), { maxLength: 4 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(drawn, fc.boolean(), (list, acyclic) => {
      const steps = list.map(({ rank, needs }, place) =>
        step(`${place}`, rank, {
          creates: [`${place}`],
          needs: needs.filter((need) => !acyclic || need < place).map(String),
        }),
      );
      const order = subjects(steps);
      expect([...order].sort()).toEqual(steps.map(({ entry }) => entry.subject).sort());
      if (!acyclic) return;
      for (const { entry, needs } of steps) {
        for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(entry.subject));
      }
    }),
  );
});
