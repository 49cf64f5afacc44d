// What is said of the objects that production has under another name: one entry a rename, and one for all the names of
// an object's parts that PostgreSQL made.
import type { DriftEntry } from '../drift.ts';
import { compareFacts, type Fact, type FactKey, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import { movedAttribute, renameHint } from '../kinds/renames.ts';
import { schemaName } from '../repair/identifier.ts';
import { also, place } from './cause.ts';
import type { Change } from './changes.ts';
import { homeOf } from './generated-names.ts';
import { carrierOf } from './moves.ts';
import type { Rename } from './names.ts';
import { ownName } from './own-name.ts';
import type { Found } from './renames.ts';

export function renamesAsChanges({ renames, generated }: Found, model: Index, production: Index): Change[] {
  const carriers = new Map(renames.map((rename) => [rename, carrierOf(rename, renames, model)]));
  const carried = Map.groupBy(
    renames.filter((rename) => carriers.get(rename)),
    (rename) => carriers.get(rename),
  );
  // Another list of arguments is a change of the object that the comparison tells by itself.
  const chosen = renames.filter(
    (rename) => !generated.has(rename) && !carriers.get(rename) && rename.how !== 'other arguments',
  );
  const made = renames.filter((rename) => generated.has(rename) && !isCopy(rename, generated));
  return [
    ...chosen.map((rename): Change => {
      const { fact, entry } = nameChange(rename, model, production);
      return { fact, entry: { ...entry, ...also(carried.get(rename)?.map(({ expected }) => factKey(expected))) } };
    }),
    ...[...Map.groupBy(made, ({ expected }) => homeOf(expected, model))].map(([home, parts]): Change => {
      const sorted = parts.toSorted((one, other) => compareFacts(one.expected, other.expected));
      const names = sorted.map((rename) => nameChange(rename, model, production).entry);
      const entry: DriftEntry = {
        ...place(home),
        verb: 'changed',
        attribute: 'generatedNames',
        expected: names.map(({ kind, expected }) => `${kind} ${expected}`),
        actual: names.map(({ kind, actual }) => `${kind} ${actual}`),
        swallowed: sorted.map(({ expected }) => factKey(expected)),
      };
      return { fact: home, entry };
    }),
  ];
}

function nameChange({ expected, actual, how }: Rename, model: Index, production: Index): Change {
  const name = (fact: Rename['expected'], { get }: Index): string =>
    ownName(fact.id, fact.parent === undefined ? undefined : get(fact.parent)?.id);
  return {
    fact: expected,
    entry: {
      ...place(expected),
      ...readThrough(expected),
      verb: 'changed',
      ...(how === 'moved'
        ? { attribute: movedAttribute, expected: schemaName(expected.id), actual: schemaName(actual.id) }
        : { attribute: 'name', expected: name(expected, model), actual: name(actual, production) }),
    },
  };
}

/** A partition is told as a part of its table, not of its schema. */
function readThrough({ kind, attributes }: Fact): Pick<DriftEntry, 'parent'> {
  const above = attributes[renameHint(kind)?.readThrough ?? ''];
  return typeof above === 'string' ? { parent: factKey({ kind, id: above }) } : {};
}

/** What a partition has because its table has it is told of the table. */
function isCopy({ expected }: Rename, generated: ReadonlySet<Rename>): boolean {
  const others: ReadonlySet<FactKey> = new Set([...generated].map((rename) => factKey(rename.expected)));
  return expected.needs?.some((key) => others.has(key) && key.startsWith(`${expected.kind} `)) === true;
}
