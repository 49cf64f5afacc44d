// Parts that are known again by their place: a column that has the type of the missing one and stands where that should
// stand. What comes last says less, since a new column comes last too: there, something has to use it on both sides.
import type { JsonValue } from '../../json.ts';
import type { Fact, FactKey } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { type Sighting, sameByHint, withMention } from './alike.ts';
import type { Rename } from './names.ts';
import { ownName } from './own-name.ts';
import type { Open } from './renames.ts';

export function samePlaces(open: Open): Rename[] {
  const missing = Map.groupBy(open.missing.filter(hasPlace), ({ parent }) => parent);
  const unexpected = Map.groupBy(
    open.unexpected.filter(({ fact }) => hasPlace(fact)),
    ({ fact }) => fact.parent,
  );
  return [...missing].flatMap(([parent, wanted]) => {
    const found = unexpected.get(parent);
    return found ? inOneParent(parent, wanted, found, open) : [];
  });
}

function hasPlace({ kind }: Fact): boolean {
  return renameHint(kind)?.place === true;
}

function inOneParent(parent: FactKey | undefined, wanted: Fact[], found: Sighting[], open: Open): Rename[] {
  const owner = parent === undefined ? undefined : open.model.get(parent);
  const ownerThere = found[0] && open.production.get(found[0].original.parent ?? '');
  if (!owner || !ownerThere) return [];
  const expected = orderOf(owner);
  const actual = open.terms.names?.partsInModel(owner, orderOf(ownerThere)) ?? orderOf(ownerThere);
  const wantedBy = new Map(wanted.map((fact) => [ownName(fact.id, owner.id), fact]));
  const foundBy = new Map(found.map((sighting) => [ownName(sighting.fact.id, owner.id), sighting]));
  return gaps(expected, actual).flatMap(({ expected, actual, isLast }) => {
    if (expected.length !== actual.length) return [];
    const renames = expected.map((name, place): Rename | undefined => {
      const [fact, sighting] = [wantedBy.get(String(name)), foundBy.get(String(actual[place]))];
      const same = fact && sighting && fact.kind === sighting.fact.kind && sameByHint(fact, sighting.fact, open.terms);
      return same ? { expected: fact, actual: sighting.original } : undefined;
    });
    const certain = renames.filter((rename) => rename !== undefined);
    if (certain.length < expected.length) return [];
    return isLast ? certain.filter((rename) => withMention(rename, open)) : certain;
  });
}

/** The names of its parts in their order. */
function orderOf(owner: Fact): JsonValue[] {
  const names = Object.entries(owner.attributes).find(([name]) => attributeNote(owner.kind, name)?.as === 'order')?.[1];
  return Array.isArray(names) ? names : [];
}

interface Gap {
  expected: JsonValue[];
  actual: JsonValue[];
  isLast: boolean;
}

/** What stands between the names that both have; none when those stand in different orders. */
function gaps(expected: readonly JsonValue[], actual: readonly JsonValue[]): Gap[] {
  const [inExpected, inActual] = [new Set(expected), new Set(actual)];
  const cut = (names: readonly JsonValue[], common: ReadonlySet<JsonValue>) => {
    const parts: JsonValue[][] = [[]];
    for (const name of names) {
      if (common.has(name)) parts.push([]);
      else parts.at(-1)?.push(name);
    }
    return parts;
  };
  const common = [expected.filter((name) => inActual.has(name)), actual.filter((name) => inExpected.has(name))];
  if (JSON.stringify(common[0]) !== JSON.stringify(common[1])) return [];
  const there = cut(actual, inExpected);
  return cut(expected, inActual).map((names, place) => ({
    expected: names,
    actual: there[place] ?? [],
    isLast: place === there.length - 1,
  }));
}
