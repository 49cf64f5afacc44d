// Objects that are known again by their parts: a table by its columns. Not all of them have to be the same, since a
// revision often renames and adds; the one candidate has to be far ahead of any other.
import { canonicalJson } from '../../json.ts';
import { type Fact, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import { renameHint } from '../kinds/renames.ts';
import { type Sighting, sameByHint, withMention } from './alike.ts';
import type { Rename } from './names.ts';
import { ownName } from './own-name.ts';
import type { Open } from './renames.ts';

/** Of all parts that either side has, this share must be the same, and that many. */
const smallestShare = 0.7;
const smallestShareOfOthers = 0.5;
const fewest = 3;

export function sameParts(open: Open): Rename[] {
  const candidates = Map.groupBy(open.unexpected, ({ fact }) => `${fact.kind} in ${fact.parent}`);
  const shares = new Map<string, SharesOf>();
  return open.missing.flatMap((expected) => {
    if (!renameHint(expected.kind)?.parts) return [];
    const place = `${expected.kind} in ${expected.parent}`;
    const sharesOf = shares.get(place) ?? countedShares(candidates.get(place) ?? [], open);
    shares.set(place, sharesOf);
    return sharesOf(expected)
      .filter(({ sighting: { fact } }) => sameByHint(expected, fact, open.terms))
      .filter((alike) => areSame(expected, alike, open))
      .map(({ sighting: { original } }): Rename => ({ expected, actual: original }));
  });
}

/** An object of production that has enough of the parts that one of the model is known by. */
interface Alike {
  sighting: Sighting;
  wanted: Parts;
  found: Parts;
  /** How many of those parts both have. */
  common: number;
}

type SharesOf = (expected: Fact) => Alike[];

/** Counts by the parts, since to compare all objects with all others takes too long where thousands have other names. */
function countedShares(candidates: readonly Sighting[], open: Open): SharesOf {
  const partsOfEach = candidates.map(({ original }) => partsOf(original, open.production));
  const places = new Map<string, number[]>();
  const without: number[] = [];
  partsOfEach.forEach(({ of }, place) => {
    if (of.length === 0) without.push(place);
    for (const part of of) {
      const others = places.get(part);
      if (others) others.push(place);
      else places.set(part, [place]);
    }
  });
  return (expected) => {
    const wanted = partsOf(expected, open.model);
    const counts = new Map<number, number>(wanted.of.length === 0 ? without.map((place) => [place, 0]) : []);
    for (const part of wanted.of) {
      for (const place of places.get(part) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    return [...counts]
      .sort(([one], [other]) => one - other)
      .flatMap(([place, common]): Alike[] => {
        const [sighting, found] = [candidates[place], partsOfEach[place]];
        if (!sighting || !found || share(common, wanted.of, found.of) < smallestShare) return [];
        return [{ sighting, wanted, found, common }];
      });
  };
}

function areSame(expected: Fact, alike: Alike, open: Open): boolean {
  if (!haveSameOthers(alike)) return false;
  const { sighting, wanted, found, common } = alike;
  const { mentioned } = renameHint(expected.kind) ?? {};
  const shared = common + commonTo(wanted.others, found.others);
  return (!mentioned && shared >= fewest) || withMention({ expected, actual: sighting.original }, open);
}

function haveSameOthers({ wanted, found }: Pick<Alike, 'wanted' | 'found'>): boolean {
  return share(commonTo(wanted.others, found.others), wanted.others, found.others) >= smallestShareOfOthers;
}

/** Most of what either of them has, the other one has. */
export function haveSameParts(expected: Fact, { original }: Sighting, open: Open): boolean {
  const wanted = partsOf(expected, open.model);
  const found = partsOf(original, open.production);
  const common = wanted.of.filter((part) => found.of.includes(part)).length;
  return share(common, wanted.of, found.of) >= smallestShare && haveSameOthers({ wanted, found });
}

interface Parts {
  /** Those that it is known by: with their names. */
  of: string[];
  /** The rest, such as its constraints: by what they say, since their names often follow its own, or by their names. */
  others: string[][];
}

function partsOf(fact: Fact, facts: Index): Parts {
  const { kinds, by } = renameHint(fact.kind)?.parts ?? {};
  const parts: Parts = { of: [], others: [] };
  for (const part of facts.childrenOf(factKey(fact))) {
    const values = (names: readonly string[]) =>
      withoutSchemas(canonicalJson(names.map((name) => part.attributes[name] ?? null)));
    const named = `${part.kind} ${ownName(part.id, fact.id)}`;
    if (kinds === undefined || kinds.includes(part.kind)) {
      parts.of.push(`${named} ${values(by === undefined ? [] : [by])}`);
    } else {
      parts.others.push([`${part.kind} ${values(renameHint(part.kind)?.by ?? [])}`, named]);
    }
  }
  return parts;
}

/** What a part names may be in another schema, like the object itself. */
function withoutSchemas(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_$.])[\p{L}_][\p{L}\p{N}_$]*\.(?=[\p{L}_"\\])/gu, '');
}

function share(common: number, wanted: readonly unknown[], found: readonly unknown[]): number {
  const most = Math.max(wanted.length, found.length);
  return most === 0 ? 1 : common / most;
}

/** How many of the wanted parts are there, by any of the signs that a part is known by. */
function commonTo(wanted: readonly string[][], found: readonly string[][]): number {
  const signs = new Set(found.flat());
  return wanted.filter((part) => part.some((sign) => signs.has(sign))).length;
}
