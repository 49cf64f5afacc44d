// Which object of production is which of the model: by key, in one walk over both lists. Maps over the keys of a large
// schema take several times as long.
import { compareFacts, type Fact, sortFacts } from '../fact.ts';

/**
 * The same object of both sides, or an object that only one side has. A fact that became a part of something else is
 * another fact: one is missing, one is unexpected.
 */
export function* pairs(
  model: readonly Fact[],
  production: readonly Fact[],
): Generator<[Fact | undefined, Fact | undefined]> {
  const expected = inOrder(model);
  const actual = inOrder(production);
  let left = 0;
  let right = 0;
  while (left < expected.length || right < actual.length) {
    const wanted = expected[left];
    const found = actual[right];
    const order = !wanted ? 1 : !found ? -1 : compareFacts(wanted, found);
    if (order <= 0) left += 1;
    if (order >= 0) right += 1;
    if (order < 0) yield [wanted, undefined];
    else if (order > 0) yield [undefined, found];
    else if (wanted?.parent === found?.parent) yield [wanted, found];
    else {
      yield [wanted, undefined];
      yield [undefined, found];
    }
  }
}

function inOrder(facts: readonly Fact[]): readonly Fact[] {
  const sorted = facts.every((fact, place) => place === 0 || compareFacts(facts[place - 1] as Fact, fact) <= 0);
  return sorted ? facts : sortFacts(facts);
}
