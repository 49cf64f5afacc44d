// Production's objects under the names that the model has for them. Knows which renames there are, not how they were
// found. What is part of a renamed object, or needs one, is told under the model's name as well, so that it is compared
// with its counterpart; a printed text that only uses the other name says the same.
import type { JsonValue } from '../../json.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { SameToken } from '../printed-sql.ts';
import { idUnder, isNamesake, ownName } from './own-name.ts';

/** One object that production has under another name. */
export interface Rename {
  expected: Fact;
  actual: Fact;
}

export interface Names {
  /** A fact of production under the model's names: its id, what it is a part of and what it needs. */
  inModel(fact: Fact): Fact;
  /** Production's list of names of this object's parts, by the model's names. */
  partsInModel(fact: Fact, names: readonly JsonValue[]): JsonValue[];
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

/** @param production all its facts */
export function namesOf(renames: readonly Rename[], production: Index): Names {
  const renamed = new Map(renames.map(({ expected, actual }) => [factKey(actual), expected.id]));
  const roots = new Map(
    renames.filter(({ actual }) => isRoot(actual, production)).map(({ expected, actual }) => [actual.id, expected.id]),
  );
  const ids = new Map<FactKey, string>();
  const idOf = (fact: Fact): string => {
    const key = factKey(fact);
    const known = renamed.get(key) ?? ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, fact.id);
    const owner = fact.parent === undefined ? undefined : production.byKey.get(fact.parent);
    const ownerId = owner && idOf(owner);
    const moved = owner && ownerId !== undefined && ownerId !== owner.id;
    const id = argumentsInModel(moved ? idUnder(fact.id, owner.id, ownerId) : fact.id, roots);
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
      const parent = fact.parent === undefined ? undefined : keyOf(fact.parent);
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

/** `public.f(public.mood)` when production has `mood` under another name. */
function argumentsInModel(id: string, roots: ReadonlyMap<string, string>): string {
  const at = id.indexOf('(');
  if (at < 0 || roots.size === 0) return id;
  return id.slice(0, at) + id.slice(at).replace(qualified, (name) => roots.get(name) ?? name);
}
