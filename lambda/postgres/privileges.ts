// Grants as facts tell them: who may do what, in words. PostgreSQL's own form, a list of `grantee=letters/grantor`, is
// read here; who granted it does not count, and neither does what goes without saying. Pure.
import { byCodeUnit, type JsonObject, type JsonValue } from '../json.ts';

/** What a family reads of an object with grants: what acldefault calls its kind, its owner, its list. */
export type GrantList = readonly [letter: string, owner: string, items: readonly string[]];

const words: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  c: 'CONNECT',
  T: 'TEMPORARY',
  s: 'SET',
  A: 'ALTER SYSTEM',
};

interface Defaults {
  owner: string;
  public?: string;
}

/** By the letters of acldefault. Column privileges and default privileges in a schema come on top of others. */
const defaults: Readonly<Record<string, Defaults>> = {
  r: { owner: 'arwdDxtm' },
  s: { owner: 'rwU' },
  n: { owner: 'UC' },
  f: { owner: 'X', public: 'X' },
  T: { owner: 'U', public: 'U' },
  l: { owner: 'U', public: 'U' },
  F: { owner: 'U' },
  S: { owner: 'U' },
  d: { owner: 'CTc', public: 'Tc' },
  L: { owner: 'rw' },
  c: { owner: '' },
};

/** Letters to the first major version that has them. */
const since: Readonly<Record<string, number>> = { m: 17 };

/**
 * Grantee to sorted privileges, `*` for those that it may hand on; `null` when they are PostgreSQL's default. What the
 * owner may do is told under `owner`, and only when something was taken away: another owner is not another grant.
 */
export function grantsOf([letter, owner, items]: GrantList, major: number): JsonObject | null {
  const usual = defaults[letter] ?? { owner: '' };
  const granted = new Map<string, Set<string>>([['owner', new Set()]]);
  for (const item of items) {
    const { grantee, letters } = parseItem(item);
    const key = grantee === '' ? 'public' : grantee === owner ? 'owner' : granteeKey(grantee);
    const known = granted.get(key) ?? new Set();
    granted.set(key, new Set([...known, ...letters]));
  }
  const told: JsonObject = {};
  for (const [key, letters] of [...granted].sort(([left], [right]) => byCodeUnit(left, right))) {
    if (key !== 'owner') told[key] = inWords(letters);
    else if (!isAllOf(usual.owner, letters, major)) told.owner = inWords(withoutOptions(letters));
  }
  const [only, ...others] = Object.keys(told);
  if (usual.public === undefined) return only === undefined ? null : told;
  return only === 'public' && others.length === 0 && told.public === inWords(usual.public) ? null : told;
}

/** What everybody may do with an object when nobody said otherwise: https://www.postgresql.org/docs/current/ddl-priv.html */
const publicByDefault: Readonly<Record<string, string>> = {
  database: 'CONNECT, TEMPORARY',
  language: 'USAGE',
  function: 'EXECUTE',
  procedure: 'EXECUTE',
  aggregate: 'EXECUTE',
  enum: 'USAGE',
  domain: 'USAGE',
  'composite type': 'USAGE',
  'range type': 'USAGE',
  'base type': 'USAGE',
};

/** Grants as a fact tells them, with what goes without saying said for everybody: `null` is PostgreSQL's default. */
export function withPublicDefault(kind: string, grants: JsonValue): JsonObject {
  if (typeof grants === 'object' && grants !== null && !Array.isArray(grants)) return grants;
  const toPublic = Object.hasOwn(publicByDefault, kind) ? publicByDefault[kind] : undefined;
  return toPublic === undefined ? {} : { public: toPublic };
}

/** `owner` and `public` are nobody's names. */
export function granteeKey(role: string): string {
  return role === 'owner' || role.startsWith('"') ? `"${role.replaceAll('"', '""')}"` : role;
}

/** The role behind such a key; `undefined` for everybody and for the owner. */
export function roleOfGrantee(key: string): string | undefined {
  if (key === 'public' || key === 'owner') return undefined;
  return key.startsWith('"') ? key.slice(1, -1).replaceAll('""', '"') : key;
}

/** `r*` is SELECT with grant option. */
function parseItem(item: string): { grantee: string; letters: string[] } {
  const {
    quoted,
    plain = '',
    letters = '',
  } = /^(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^=]*))=(?<letters>[^/]*)/s.exec(item)?.groups ?? {};
  return {
    grantee: quoted === undefined ? plain : quoted.replaceAll('""', '"'),
    letters: letters.match(/.\*?/gs) ?? [],
  };
}

function inWords(letters: Iterable<string>): string {
  const all = new Set(letters);
  return [...all]
    .filter((letter) => !all.has(`${letter}*`))
    .map((letter) => `${words[letter.charAt(0)] ?? letter.charAt(0)}${letter.slice(1)}`)
    .sort()
    .join(', ');
}

function withoutOptions(letters: Iterable<string>): string[] {
  return [...letters].map((letter) => letter.charAt(0));
}

function isAllOf(usual: string, letters: ReadonlySet<string>, major: number): boolean {
  const has = new Set(withoutOptions(letters));
  const expected = [...usual].filter((letter) => (since[letter] ?? 0) <= major);
  return has.size === expected.length && expected.every((letter) => has.has(letter));
}
