// Names that PostgreSQL made (`t_a_check1`, `t_b_fkey2`) depend on the order in which things were created: the same set
// of objects under such names is the same schema, whichever of them has which name.
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import { renameHint } from '../kinds/renames.ts';
import { type Sighting, sameByHint, sketchOf } from './alike.ts';
import type { Rename } from './names.ts';
import type { Open } from './renames.ts';

export function generatedNames({ missing, unexpected, unequal, terms }: Open): Rename[] {
  const wanted = [...missing, ...unequal.map(({ expected }) => expected)].filter(isGenerated);
  const found = [...unexpected, ...unequal.map(({ actual }) => actual)].filter(({ original }) => isGenerated(original));
  const there = Map.groupBy(found, ({ fact }) => sketchOf(fact));
  const taken = new Set<Sighting>();
  const match = (expected: Fact, isOwn: boolean): [Fact, Sighting][] => {
    const alike = there
      .get(sketchOf(expected))
      ?.find(
        (sighting) =>
          !taken.has(sighting) &&
          (!isOwn || factKey(sighting.fact) === factKey(expected)) &&
          sameByHint(expected, sighting.fact, terms),
      );
    if (alike) taken.add(alike);
    return alike ? [[expected, alike]] : [];
  };
  const settled = new Set(wanted.flatMap((expected) => match(expected, true)).map(([expected]) => expected));
  const matches = wanted.filter((expected) => !settled.has(expected)).flatMap((expected) => match(expected, false));
  const holders = new Map(unequal.map(({ expected, actual }): [FactKey, Sighting] => [factKey(expected), actual]));
  return closed(matches, holders).map(([expected, { original }]) => ({ expected, actual: original }));
}

function isGenerated({ kind, id }: Fact): boolean {
  return renameHint(kind)?.generatedName?.test(id) === true;
}

/** Without those whose name belongs, in production, to something that has no counterpart: that would be two of a name. */
function closed(
  matches: readonly [Fact, Sighting][],
  holders: ReadonlyMap<FactKey, Sighting>,
): readonly [Fact, Sighting][] {
  const matched = new Set(matches.map(([, sighting]) => sighting));
  const kept = matches.filter(([expected]) => {
    const holder = holders.get(factKey(expected));
    return holder === undefined || matched.has(holder);
  });
  return kept.length === matches.length ? matches : closed(kept, holders);
}

/** The object whose finding lists the name: what it is a part of, or what owns it. */
export function homeOf(fact: Fact, model: Index): Fact {
  const parent = fact.parent === undefined ? undefined : model.get(fact.parent);
  if (parent?.parent !== undefined) return parent;
  const needed = fact.needs?.map((key) => model.get(key)).find((need) => need !== undefined);
  return needed ? homeOf(needed, model) : fact;
}
