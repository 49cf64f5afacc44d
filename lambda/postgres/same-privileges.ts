// When two lists of privileges say the same although PostgreSQL's own rules changed between the two majors.
import { canonicalJson, type JsonValue } from '../json.ts';
import { crosses, type Versions } from './versions.ts';

/** Both are the owner, or the grants, that `initdb` gives the schema public: that changed with PostgreSQL 15. */
export function areAsInstalled(expected: JsonValue, actual: JsonValue, versions: Versions): boolean {
  if (!crosses(15, versions)) return false;
  const [older, newer] = versions.expected < versions.actual ? [expected, actual] : [actual, expected];
  if (newer === 'pg_database_owner') return true;
  return same(newer, { public: 'USAGE' }) && same(older, { public: 'CREATE, USAGE' });
}

/** Without the words that one of both sides cannot know; a role that is left without any is left out. */
export function samePrivileges(
  newer: Readonly<Record<string, number>> = {},
  expected: JsonValue,
  actual: JsonValue,
  versions: Versions,
): boolean {
  const unknown = Object.keys(newer).filter((word) => crosses(newer[word] ?? 0, versions));
  if (unknown.length === 0) return false;
  const known = (value: JsonValue): JsonValue => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const lists = Object.entries(value).map(([role, list]): [string, JsonValue] => [role, withoutWords(list, unknown)]);
    const left = lists.filter(([role, list]) => list !== '' || value[role] === '');
    return left.length === 0 && lists.length > 0 ? null : Object.fromEntries(left);
  };
  return same(known(expected), known(actual));
}

function withoutWords(list: JsonValue, words: readonly string[]): JsonValue {
  const left = String(list)
    .split(', ')
    .filter((word) => !words.includes(word.replace(/\*$/, '')));
  return left.join(', ');
}

function same(one: JsonValue, other: JsonValue): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
