// Objects that are known again by their parts: a table by its columns. Not all of them have to be the same, since a
// revision often renames and adds; the one candidate has to be far ahead of any other.
import { canonicalJson } from '../../json.ts';
import { type Fact, factKey } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { type Sighting, sameByHint, withMention } from './alike.ts';
import type { Index, Rename } from './names.ts';
import { ownName } from './own-name.ts';
import type { Open } from './renames.ts';

/** Of all parts that either side has, this share must be the same, and that many. */
const smallestShare = 0.7;
const smallestShareOfOthers = 0.5;
const fewest = 3;

export function sameParts(open: Open): Rename[] {
  const candidates = Map.groupBy(open.unexpected, ({ fact }) => `${fact.kind} in ${fact.parent}`);
  return open.missing.flatMap((expected) => {
    if (!renameHint(expected.kind)?.parts) return [];
    const alike = (candidates.get(`${expected.kind} in ${expected.parent}`) ?? [])
      .filter(({ fact }) => sameByHint(expected, fact, open.terms))
      .filter((sighting) => areSame(expected, sighting, open));
    return alike.map(({ original }): Rename => ({ expected, actual: original }));
  });
}

function areSame(expected: Fact, sighting: Sighting, open: Open): boolean {
  if (!haveSameParts(expected, sighting, open)) return false;
  const { original } = sighting;
  const { parts, mentioned } = renameHint(expected.kind) ?? {};
  const wanted = partsOf(expected, open.model, parts);
  const found = partsOf(original, open.production, parts);
  const shared = commonTo(wanted.of, found.of) + commonTo(wanted.others, found.others);
  return (!mentioned && shared >= fewest) || withMention({ expected, actual: original }, open);
}

/** Most of what either of them has, the other one has. */
export function haveSameParts(expected: Fact, { original }: Sighting, open: Open): boolean {
  const { parts } = renameHint(expected.kind) ?? {};
  const wanted = partsOf(expected, open.model, parts);
  const found = partsOf(original, open.production, parts);
  return shareOf(wanted.of, found.of) >= smallestShare && shareOf(wanted.others, found.others) >= smallestShareOfOthers;
}

interface Parts {
  /** Those that it is known by: with their names. */
  of: string[];
  /** The rest, such as its constraints: by what they say, since their names often follow its own. */
  others: string[];
}

function partsOf(fact: Fact, facts: Index, { kinds, by }: { kinds?: readonly string[]; by?: string } = {}): Parts {
  const parts: Parts = { of: [], others: [] };
  for (const part of facts.byParent.get(factKey(fact)) ?? []) {
    const values = (names: readonly string[]) =>
      withoutSchemas(canonicalJson(names.map((name) => part.attributes[name] ?? null)));
    if (kinds === undefined || kinds.includes(part.kind)) {
      parts.of.push(`${part.kind} ${ownName(part.id, fact.id)} ${values(by === undefined ? [] : [by])}`);
    } else {
      parts.others.push(`${part.kind} ${values(renameHint(part.kind)?.by ?? [])}`);
    }
  }
  return parts;
}

/** What a part names may be in another schema, like the object itself. */
function withoutSchemas(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_$.])[\p{L}_][\p{L}\p{N}_$]*\.(?=[\p{L}_"\\])/gu, '');
}

function shareOf(wanted: readonly string[], found: readonly string[]): number {
  const most = Math.max(wanted.length, found.length);
  return most === 0 ? 1 : commonTo(wanted, found) / most;
}

function commonTo(wanted: readonly string[], found: readonly string[]): number {
  return wanted.filter((part) => found.includes(part)).length;
}
