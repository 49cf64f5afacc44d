// Objects that are in another schema: missing in one and unexpected in another, under the same name, saying the same.
// There may be one of that name only on either side.
import { type Fact, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import { renameHint } from '../kinds/renames.ts';
import { schemaName } from '../repair/identifier.ts';
import { type Sighting, sameBy } from './alike.ts';
import { changes } from './changes.ts';
import { isOfSchema } from './mentions.ts';
import type { Rename } from './names.ts';
import type { Open } from './renames.ts';
import { haveSameParts } from './same-parts.ts';

export function movedObjects(open: Open): Rename[] {
  const wanted = Map.groupBy(open.missing.filter(isOfSchema), nameIn);
  const found = Map.groupBy(
    open.unexpected.filter(({ fact }) => isOfSchema(fact)),
    ({ fact }) => nameIn(fact),
  );
  return [...wanted].flatMap(([name, [expected, ...others]]): Rename[] => {
    const [actual, ...more] = found.get(name) ?? [];
    if (!expected || !actual || others.length > 0 || more.length > 0) return [];
    return isSame(expected, actual, open) ? [{ expected, actual: actual.original, how: 'moved' }] : [];
  });
}

/** `function f(integer)`, in whatever schema. */
function nameIn({ kind, id }: Fact): string {
  return `${kind} ${id.slice(schemaName(id).length + 1)}`;
}

/** Of a kind that is never known again under another name, all that is said of it has to be the same. */
function isSame(expected: Fact, actual: Sighting, open: Open): boolean {
  const hint = renameHint(expected.kind);
  if (!hint) return changes(expected, actual.fact, open.terms).length === 0;
  return sameBy(hint.by, expected, actual.fact, open.terms) && (!hint.parts || haveSameParts(expected, actual, open));
}

/** The move that takes this one along, as a table takes the sequences of its columns. */
export function carrierOf(move: Rename, renames: readonly Rename[], model: Index): Rename | undefined {
  if (move.how !== 'moved' || !renameHint(move.expected.kind)?.movesWithNeeds) return undefined;
  const owners = new Set(move.expected.needs?.map((key) => model.get(key)?.parent));
  return renames.find(
    ({ how, expected, actual }) =>
      how === 'moved' &&
      owners.has(factKey(expected)) &&
      schemaName(expected.id) === schemaName(move.expected.id) &&
      schemaName(actual.id) === schemaName(move.actual.id),
  );
}
