// When two values of an attribute say the same. Equal values do; beyond that, the hints of the kinds' table tell what
// kind of value it is, by the attribute's name.
import type { JsonValue } from '../json.ts';
import { type Fact, factKey } from './fact.ts';
import { withoutKeywordQuotes } from './keywords.ts';
import { attributeNote } from './kinds.ts';
import { type SameToken, samePrintedSql } from './printed-sql.ts';
import { areAsInstalled, samePrivileges } from './same-privileges.ts';
import { crosses, majorOf, type Versions } from './versions.ts';

/**
 * @param fact the object both values belong to
 * @param sameToken which words of the two texts name the same object, beside equal ones
 */
export function sameValue(
  fact: Pick<Fact, 'kind' | 'id' | 'parent'>,
  attribute: string,
  expected: JsonValue,
  actual: JsonValue,
  versions: Versions,
  sameToken?: SameToken,
): boolean {
  if (equalJson(expected, actual)) return true;
  const note = attributeNote(fact.kind, attribute);
  const oldest = Math.min(versions.expected, versions.actual);
  if (note?.since !== undefined && majorOf(oldest) < note.since) return true;
  if (note?.withinMajor && majorOf(versions.expected) !== majorOf(versions.actual)) return true;
  if (note?.as === 'demand') return expected === false;
  if (note?.as === 'order' && Array.isArray(expected) && Array.isArray(actual)) return sameOrder(expected, actual);
  if (note?.as === 'privileges' && samePrivileges(note.newerPrivileges, expected, actual, versions)) return true;
  if (note?.as === 'printed' && typeof expected === 'string' && typeof actual === 'string') {
    if (samePrintedSql(expected, actual, versions, sameToken)) return true;
  }
  if (sameToken && sameNames(expected, actual, versions, sameToken)) return true;
  if (factKey(fact) === 'schema public' && areAsInstalled(expected, actual, versions)) return true;
  return attribute === 'type' && isResultOfExtract(fact, [expected, actual], versions);
}

/** A view's column has the type of its expression, and that of EXTRACT changed with PostgreSQL 14. */
function isResultOfExtract(fact: Pick<Fact, 'parent'>, types: JsonValue[], versions: Versions): boolean {
  const ofView = /^(materialized )?view /.test(fact.parent ?? '');
  return ofView && crosses(14, versions) && types.includes('numeric') && types.includes('double precision');
}

/** Names beside SQL, alone or in a list: the tables that one inherits from, a support function. */
function sameNames(expected: JsonValue, actual: JsonValue, versions: Versions, sameToken: SameToken): boolean {
  if (typeof expected === 'string' && typeof actual === 'string') {
    return isQualified(expected) && samePrintedSql(expected, actual, versions, sameToken);
  }
  if (!Array.isArray(expected) || !Array.isArray(actual) || expected.length !== actual.length) return false;
  const same = (name: JsonValue, other: JsonValue): boolean =>
    name === other || sameToken(String(name), String(other)) || sameNames(name, other, versions, sameToken);
  const inOrder = expected.every((name, place) => same(name, actual[place] ?? null));
  // A list that is kept sorted has another order when one of its names is another.
  return (
    inOrder ||
    ([expected, actual].every(isSorted) && expected.every((name) => actual.some((other) => same(name, other))))
  );
}

function isSorted(list: readonly JsonValue[]): boolean {
  return list.every((name, place) => place === 0 || String(list[place - 1]) <= String(name));
}

/** `public.users`, `public.f(integer)`: a name and nothing else. */
export function isQualified(text: string): boolean {
  return qualifiedName.test(text);
}

const qualifiedName =
  /^(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))+(?:\([^']*\))?$/u;

/** The members that both have stand in the same sequence. */
function sameOrder(expected: readonly JsonValue[], actual: readonly JsonValue[]): boolean {
  const wanted = expected.map((name) => withoutKeywordQuotes(String(name)));
  const found = actual.map((name) => withoutKeywordQuotes(String(name)));
  const inExpected = new Set(wanted);
  const inActual = new Set(found);
  return equalJson(
    wanted.filter((name) => inActual.has(name)),
    found.filter((name) => inExpected.has(name)),
  );
}

function equalJson(left: JsonValue, right: JsonValue): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const names = Object.keys(left);
  if (Array.isArray(left) !== Array.isArray(right) || names.length !== Object.keys(right).length) return false;
  const [one, other] = [left, right] as Record<string, JsonValue>[];
  return names.every(
    (name) => Object.hasOwn(other ?? {}, name) && equalJson(one?.[name] ?? null, other?.[name] ?? null),
  );
}
