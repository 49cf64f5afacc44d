// Production's objects under the names that the model has for them. Knows which renames there are, not how they were
// found. What is part of a renamed object, or needs one, is told under the model's name as well, so that it is compared
// with its counterpart; a printed text that only uses the other name says the same.
import type { JsonValue } from '../../json.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Index } from '../facts-by-key.ts';
import type { SameToken } from '../printed-sql.ts';
import { qualifiedName } from '../repair/identifier.ts';
import { idUnder, isNamesake, ownName } from './own-name.ts';
import { type MovedMembers, spellingOf } from './spelling.ts';

/** One object that production has under another name. */
export interface Rename {
  expected: Fact;
  actual: Fact;
  /** What became of it. @default another name */
  how?: 'moved' | 'other arguments';
}

export interface Names {
  /** A fact of production under the model's names: its id, what it is a part of and what it needs. */
  inModel(fact: Fact): Fact;
  /** Production's list of names of this object's parts, by the model's names. */
  partsInModel(fact: Fact, names: readonly JsonValue[]): JsonValue[];
  /** Production's value with what is in another schema named as in the model's value. */
  spelled(value: JsonValue, wanted: JsonValue): JsonValue;
  /** Whether two words of a text of this object name the same; `undefined` when no name in it can differ. */
  sameToken(fact: Fact, text: string): SameToken | undefined;
}

/** A word of the model that is another one in production, and where: everywhere, or within an object and around it. */
interface Alias {
  expected: string;
  actual: string;
  within?: { key: FactKey; name: string };
}

/**
 * @param production all its facts
 * @param members schemas of what is no fact of its own
 */
export function namesOf(renames: readonly Rename[], production: Index, members: readonly MovedMembers[] = []): Names {
  const renamed = new Map(renames.map(({ expected, actual }) => [factKey(actual), expected.id]));
  const roots = new Map(
    renames.filter(({ actual }) => isRoot(actual, production)).map(({ expected, actual }) => [actual.id, expected.id]),
  );
  const moves = new Map(
    renames.filter(({ how }) => how === 'moved').map(({ expected, actual }) => [factKey(actual), expected.parent]),
  );
  const own = memoized(() => new Set(production.facts.map(({ id }) => qualifiedName(id))));
  const elsewhere = memoized(() => namesElsewhere(moves.keys(), production, (fact) => idOf(fact)));
  const spelling =
    moves.size > 0 || members.length > 0
      ? spellingOf({ movedTo: (name) => elsewhere().get(name), members, isFact: (name) => own().has(name) })
      : undefined;
  const typeName = (name: string): string => roots.get(name) ?? spelling?.name(name) ?? name;
  const hasTypes = roots.size > 0 || spelling !== undefined;
  const ids = new Map<Fact, string>();
  const idOf = (fact: Fact): string => {
    const known = ids.get(fact) ?? renamed.get(factKey(fact));
    if (known !== undefined) return known;
    ids.set(fact, fact.id);
    const owner = fact.parent === undefined ? undefined : production.get(fact.parent);
    const ownerId = owner && idOf(owner);
    const moved = owner && ownerId !== undefined && ownerId !== owner.id;
    const named = moved ? idUnder(fact.id, owner.id, ownerId) : fact.id;
    const id = hasTypes ? argumentsInModel(named, typeName) : named;
    ids.set(fact, id);
    return id;
  };
  const keyOf = (key: FactKey): FactKey => {
    const fact = production.get(key);
    const id = fact && idOf(fact);
    return fact && id !== undefined && id !== fact.id ? factKey({ kind: fact.kind, id }) : key;
  };
  const all = aliasesOf(renames, production, keyOf);
  const aliases = Map.groupBy(all, ({ expected }) => expected);
  const aliasesWithin = Map.groupBy(all, ({ within }) => within?.key);
  return {
    inModel(fact) {
      const id = idOf(fact);
      const parent = moves.get(factKey(fact)) ?? (fact.parent === undefined ? undefined : keyOf(fact.parent));
      const needs = fact.needs?.map(keyOf);
      const same =
        id === fact.id && parent === fact.parent && needs?.every((key, n) => key === fact.needs?.[n]) !== false;
      return same ? fact : { ...fact, id, ...(parent !== undefined && { parent }), ...(needs && { needs }) };
    },
    partsInModel(fact, names) {
      const own = aliasesWithin.get(factKey(fact)) ?? [];
      const inModel = new Map<JsonValue, string>(own.map(({ expected, actual }) => [actual, expected]));
      return names.map((name) => inModel.get(name) ?? name);
    },
    spelled: (value, wanted) => spelling?.value(value, wanted) ?? value,
    sameToken(fact, text) {
      if (aliases.size === 0) return undefined;
      const applies = ({ within }: Alias): boolean =>
        within === undefined ||
        within.key === factKey(fact) ||
        within.key === fact.parent ||
        text.includes(within.name);
      return (expected, actual) =>
        aliases.get(expected)?.some((alias) => alias.actual === actual && applies(alias)) === true;
    },
  };
}

/** Qualified names of what was moved, and of its parts that are named by themselves, to those of the model. */
function namesElsewhere(
  moved: Iterable<FactKey>,
  production: Index,
  inModel: (fact: Fact) => string,
): Map<string, string> {
  const found = new Map<string, string>();
  const add = (fact: Fact, parent: Fact | undefined): void => {
    if (!parent || !fact.id.startsWith(`${parent.id}.`))
      found.set(qualifiedName(fact.id), qualifiedName(inModel(fact)));
    for (const part of production.childrenOf(factKey(fact))) add(part, fact);
  };
  for (const key of moved) {
    const fact = production.get(key);
    if (fact) add(fact, undefined);
  }
  return found;
}

/** A part of a part is only spoken of near the object it is in; everything else can be named anywhere. */
function aliasesOf(renames: readonly Rename[], production: Index, keyOf: (key: FactKey) => FactKey): Alias[] {
  return renames.flatMap(({ expected, actual }): Alias[] => {
    const owner = actual.parent === undefined ? undefined : production.get(actual.parent);
    const modelOwner = owner && expected.parent?.slice(owner.kind.length + 1);
    const names = { expected: bare(ownName(expected.id, modelOwner)), actual: bare(ownName(actual.id, owner?.id)) };
    if (owner?.parent !== undefined && actual.id.startsWith(`${owner.id}.`)) {
      const key = keyOf(factKey(owner));
      const name = ownName(key.slice(owner.kind.length + 1), undefined);
      return [{ ...names, within: { key, name } }, ...namesakes(actual, names, production)];
    }
    return [names, { expected: `'${expected.id}'`, actual: `'${actual.id}'` }];
  });
}

/** The index of a renamed constraint is named by other objects too. */
function namesakes(actual: Fact, names: Alias, production: Index): Alias[] {
  const parts = production.childrenOf(factKey(actual));
  return parts.some((part) => isNamesake(part.id, actual.id)) ? [names] : [];
}

/** A routine is called without the types of its arguments. */
function bare(name: string): string {
  return /^(?:"(?:[^"]|"")*"|[^(])*/.exec(name)?.[0] ?? name;
}

function isRoot(fact: Fact, production: Index): boolean {
  const owner = fact.parent === undefined ? undefined : production.get(fact.parent);
  return owner === undefined || owner.parent === undefined || !fact.id.startsWith(`${owner.id}.`);
}

const qualified = /(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))+/gu;

/** `public.f(public.mood)` when production has `mood` under another name, or elsewhere. */
function argumentsInModel(id: string, inModel: (name: string) => string): string {
  const at = id.indexOf('(');
  return at < 0 ? id : id.slice(0, at) + id.slice(at).replace(qualified, inModel);
}

function memoized<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
