// Whether two objects with different names are the same one, by what they say and by what says something about them.
import { canonicalJson, textsIn } from '../../json.ts';
import type { Fact } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { sameAttribute, type Terms } from './changes.ts';
import { namesOf, type Rename } from './names.ts';
import type { Open, Unequal } from './renames.ts';

/** A fact of production: as it is, and under the model's names as far as they are known. */
export interface Sighting {
  original: Fact;
  fact: Fact;
}

/** Equal for objects that could be the same: all that compares as it stands. */
export function sketchOf(fact: Fact): string {
  const by = renameHint(fact.kind)?.by ?? [];
  const plain = by.filter((attribute) => attributeNote(fact.kind, attribute)?.as !== 'printed');
  const values = plain.map((attribute) => fact.attributes[attribute] ?? null);
  return canonicalJson([fact.kind, fact.parent ?? null, [...(fact.needs ?? [])].sort(), ...values]);
}

/** The attributes that say what it is are equal, and there is one that says enough. */
export function sameByHint(expected: Fact, actual: Fact, terms: Terms): boolean {
  const hint = renameHint(expected.kind);
  if (!hint || hint.set?.every((attribute) => (expected.attributes[attribute] ?? null) === null)) return false;
  return sameBy(hint.by, expected, actual, terms);
}

/** The same for those that have nothing that says enough: all figures are equal. */
export function sameThoughUnset(expected: Fact, actual: Fact, terms: Terms): boolean {
  const { by = [], set = [], orUnusual } = renameHint(expected.kind) ?? {};
  if (!orUnusual || set.some((attribute) => (expected.attributes[attribute] ?? null) !== null)) return false;
  return sameBy([...by, ...Object.keys(orUnusual)], expected, actual, terms);
}

/** Somebody chose one of its figures. */
export function isUnusual({ kind, attributes }: Fact): boolean {
  return Object.entries(renameHint(kind)?.orUnusual ?? {}).some(([name, usual]) => attributes[name] !== usual);
}

export function sameBy(attributes: readonly string[], expected: Fact, actual: Fact, terms: Terms): boolean {
  return attributes.every((attribute) =>
    sameAttribute(expected, attribute, actual.attributes[attribute] ?? null, terms),
  );
}

/** Something that both sides have differs in nothing but the name: what uses the one uses the other. */
export function withMention(rename: Rename, { mentioning, production, terms }: Open): boolean {
  const named: Terms = { ...terms, names: namesOf([rename], production) };
  const name = rename.actual.id.slice(rename.actual.id.lastIndexOf('.') + 1);
  return mentioning(name).some(({ expected, actual: { original } }) =>
    Object.entries(original.attributes).some(
      ([attribute, value]) =>
        canonicalJson(value).includes(asInJson(name)) &&
        !sameAttribute(expected, attribute, value, terms) &&
        sameAttribute(expected, attribute, value, named),
    ),
  );
}

const word = /[\p{L}_][\p{L}\p{N}_$]*/gu;

/** Finds the objects whose production says a name; they are only looked through when somebody asks. */
export function mentionedBy(unequal: readonly Unequal[]): (name: string) => readonly Unequal[] {
  let byWord: Map<string, Unequal[]> | undefined;
  return (name) => {
    byWord ??= byWords(unequal);
    const [first, ...others] = name.match(word) ?? [];
    return first === undefined || others.length > 0 ? unequal : (byWord.get(first) ?? []);
  };
}

function byWords(unequal: readonly Unequal[]): Map<string, Unequal[]> {
  const found = new Map<string, Unequal[]>();
  for (const one of unequal) {
    for (const said of new Set(textsIn(one.actual.original.attributes).flatMap((text) => text.match(word) ?? []))) {
      const others = found.get(said);
      if (others) others.push(one);
      else found.set(said, [one]);
    }
  }
  return found;
}

function asInJson(name: string): string {
  return canonicalJson(name).slice(1, -1);
}
