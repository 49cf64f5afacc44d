// Production's objects under the names that the model has for them. Knows which renames there are, not how they were
// found. What is part of a renamed object, or needs one, is told under the model's name as well, so that it is compared
// with its counterpart; a printed text that only uses the other name says the same.
import type { JsonValue } from '../../json.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
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

export interface Index {
  byKey: ReadonlyMap<FactKey, Fact>;
  byParent: ReadonlyMap<FactKey | undefined, readonly Fact[]>;
}

export function indexOf(facts: readonly Fact[]): Index {
  return {
    byKey: new Map(facts.map((fact) => [factKey(fact), fact])),
    byParent: Map.groupBy(facts, (fact) => fact.parent),
  };
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
  const own = memoized(() => new Set([...production.byKey.values()].map(({ id }) => qualifiedName(id))));
  const elsewhere = memoized(() => namesElsewhere(moves.keys(), production, (fact) => idOf(fact)));
  const spelling =
    moves.size > 0 || members.length > 0
      ? spellingOf({ movedTo: (name) => elsewhere().get(name), members, isFact: (name) => own().has(name) })
      : undefined;
  const typeName = (name: string): string => roots.get(name) ?? spelling?.name(name) ?? name;
  const hasTypes = roots.size > 0 || spelling !== undefined;
  const ids = new Map<FactKey, string>();
  const idOf = (fact: Fact): string => {
    const key = factKey(fact);
    const known = renamed.get(key) ?? ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, fact.id);
    const owner = fact.parent === undefined ? undefined : production.byKey.get(fact.parent);
    const ownerId = owner && idOf(owner);
    const moved = owner && ownerId !== undefined && ownerId !== owner.id;
    const named = moved ? idUnder(fact.id, owner.id, ownerId) : fact.id;
    const id = hasTypes ? argumentsInModel(named, typeName) : named;
    ids.set(key, id);
    return id;
  };
  const keyOf = (key: FactKey): FactKey => {
    const fact = production.byKey.get(key);
    return fact ? factKey({ kind: fact.kind, id: idOf(fact) }) : key;
  };
  const aliases = Map.groupBy(aliasesOf(renames, production, keyOf), ({ expected }) => expected);
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
      const own = new Map<JsonValue, string>();
      for (const list of aliases.values()) {
        for (const { expected, actual, within } of list) if (within?.key === factKey(fact)) own.set(actual, expected);
      }
      return own.size === 0 ? [...names] : names.map((name) => own.get(name) ?? name);
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
    for (const part of production.byParent.get(factKey(fact)) ?? []) add(part, fact);
  };
  for (const key of moved) {
    const fact = production.byKey.get(key);
    if (fact) add(fact, undefined);
  }
  return found;
}

/** A part of a part is only spoken of near the object it is in; everything else can be named anywhere. */
function aliasesOf(renames: readonly Rename[], production: Index, keyOf: (key: FactKey) => FactKey): Alias[] {
  return renames.flatMap(({ expected, actual }): Alias[] => {
    const owner = actual.parent === undefined ? undefined : production.byKey.get(actual.parent);
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
  const parts = production.byParent.get(factKey(actual)) ?? [];
  return parts.some((part) => isNamesake(part.id, actual.id)) ? [names] : [];
}

/** A routine is called without the types of its arguments. */
function bare(name: string): string {
  return /^(?:"(?:[^"]|"")*"|[^(])*/.exec(name)?.[0] ?? name;
}

function isRoot(fact: Fact, production: Index): boolean {
  const owner = fact.parent === undefined ? undefined : production.byKey.get(fact.parent);
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
