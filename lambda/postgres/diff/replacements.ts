// One thing in another's place is one difference: an identity column where the model takes numbers from a sequence has
// another identity, another default and a sequence less, for one cause.
import { canonicalJson } from '../../json.ts';
import type { Fact } from '../fact.ts';
import { factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { also } from './cause.ts';
import type { Change } from './changes.ts';

interface Differing {
  changed: readonly Change[];
  missing: readonly Fact[];
  unexpected: readonly Fact[];
}

/** Told with the values of both, and with what belongs to the object and is named by only one of them. */
export function withReplacements({ changed, missing, unexpected }: Differing): Differing {
  const replacing = changed.filter(({ entry }) => replacedBy(entry.kind, entry.attribute) !== undefined);
  if (replacing.length === 0) return { changed, missing, unexpected };
  const byFact = Map.groupBy(changed, ({ fact }) => factKey(fact));
  const told = new Map<Change, Change>();
  const gone = new Set<Change | Fact>();
  for (const change of replacing) {
    const { fact, entry } = change;
    const replaced = replacedBy(entry.kind, entry.attribute);
    const other = byFact.get(factKey(fact))?.find((one) => one.entry.attribute === replaced);
    if (!other || !isReplacement(change, other)) continue;
    const named = canonicalJson([other.entry.expected, other.entry.actual]);
    const parts = [...missing, ...unexpected].filter(
      ({ id, needs }) => needs?.includes(factKey(fact)) === true && named.includes(id),
    );
    for (const one of [other, ...parts]) gone.add(one);
    told.set(change, {
      fact,
      entry: {
        ...entry,
        expected: entry.expected ?? other.entry.expected,
        actual: entry.actual ?? other.entry.actual,
        ...also([...(entry.swallowed ?? []), ...parts.map(factKey)]),
      },
    });
  }
  const isLeft = (one: Change | Fact): boolean => !gone.has(one);
  return {
    changed: changed.filter(isLeft).map((change) => told.get(change) ?? change),
    missing: missing.filter(isLeft),
    unexpected: unexpected.filter(isLeft),
  };
}

/** The attribute that this one can stand in for. */
export function replacedBy(kind: string, attribute = ''): string | undefined {
  return attributeNote(kind, attribute)?.replaces;
}

/** Where the one is lost the other is gained. */
export function isReplacement({ entry: one }: Change, { entry: other }: Change): boolean {
  return (
    (one.expected === null) !== (one.actual === null) &&
    (one.expected === null) === (other.actual === null) &&
    (one.actual === null) === (other.expected === null)
  );
}
