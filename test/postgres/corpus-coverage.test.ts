import { expect, test } from 'vitest';
import { kinds } from '../../lambda/postgres/kinds.ts';
import { readSingleChanges, singleChangeFiles } from '../corpus/read-corpus.ts';

// An object of these kinds has nothing to be changed but its presence.
const withoutAttributes = ['schema', 'extension dependency', 'shell type', 'publication schema', 'user mapping'];

/** What no statement can change alone, or not on a database of its own. */
const excluded: Readonly<Record<string, string>> = {
  'materialized view persistence': 'a materialized view cannot be unlogged',
  'procedure volatility': 'a procedure has none: always volatile',
  'procedure parallel': 'a procedure has none: always unsafe',
  'procedure strict': 'a procedure has none: always called',
  'procedure leakproof': 'a procedure has none: never leakproof',
  'procedure cost': 'ALTER PROCEDURE has no COST',
  'procedure support': 'ALTER PROCEDURE has no SUPPORT',
  'procedure transforms': 'the same column as for functions',
  'procedure library': 'the same column as for functions',
};

const drift = singleChangeFiles()
  .flatMap(readSingleChanges)
  .flatMap((change) => change.drift);

test.each(Object.keys(kinds))('the corpus has a %s that is missing and one that is unexpected', (kind) => {
  for (const verb of ['missing', 'unexpected']) {
    expect(drift.some((line) => line.startsWith(`${verb} ${kind} `))).toBe(true);
  }
});

const attributes = Object.entries(kinds).flatMap(([kind, note]) =>
  Object.keys(note.attributes).map((attribute) => [kind, attribute] as const),
);

test.each(attributes)('the corpus changes of a %s its %s', (kind, attribute) => {
  const changed = drift.some((line) => line.startsWith(`changed ${kind} `) && line.endsWith(` ${attribute}`));
  expect(changed || `${kind} ${attribute}` in excluded).toBe(true);
});

test('what is excluded is not in the corpus after all', () => {
  const known = attributes.map(([kind, attribute]) => `${kind} ${attribute}`);
  expect(Object.keys(excluded).filter((name) => !known.includes(name))).toEqual([]);
  expect(Object.keys(kinds).filter((kind) => !attributes.some(([of]) => of === kind))).toEqual(withoutAttributes);
});
