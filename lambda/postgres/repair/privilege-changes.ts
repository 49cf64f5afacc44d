// GRANT and REVOKE statements that bring what roles may do from one state to another.
import { canonicalJson, type JsonValue } from '../../json.ts';
import { type Draft, risky } from './draft.ts';

/** Key of a grantee (see privileges.ts) to names of privileges, `*` for grant option. */
export type Privileges = ReadonlyMap<string, ReadonlySet<string>>;

/** Every privilege that there is for the kind of object. */
export const everything = 'ALL';

const none: ReadonlySet<string> = new Set();
const plain = (name: string): string => name.replace(/\*$/, '');
const has = (names: ReadonlySet<string>, name: string): boolean => names.has(name) || names.has(`${name}*`);

/** Lists of a fact: `{ app: 'INSERT, SELECT*' }`. */
export function privilegesIn(lists: JsonValue | undefined): Privileges {
  if (typeof lists !== 'object' || lists === null || Array.isArray(lists)) return new Map();
  return new Map(
    Object.entries(lists).map(([key, names]) => [key, new Set(String(names).split(', ').filter(Boolean))]),
  );
}

export interface Granting {
  /** What stands after ON. */
  on: string;
  /** What stands before GRANT and REVOKE. */
  prefix?: string;
  /** The one that it is about. @default the whole object */
  column?: string;
  /** How a grantee is written; `undefined` for one that cannot be named. */
  roleOf(key: string): string | undefined;
  gains?: string;
  loses?: string;
}

/** Nothing for grantees that cannot be named. */
export function privilegeChanges(before: Privileges, after: Privileges, granting: Granting): Draft[] {
  const { on, prefix = '', column, roleOf } = granting;
  const { gains = 'Who is given this right has it from here on.' } = granting;
  const { loses = 'Who uses this right is refused from here on.' } = granting;
  const listed = (names: readonly string[]): string =>
    names.map((name) => (column === undefined ? name : `${name} (${column})`)).join(', ');
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): Draft[] => {
    const role = roleOf(key);
    if (role === undefined) return [];
    const [found, wanted] = [before.get(key) ?? none, after.get(key) ?? none];
    if (canonicalJson([...found].sort()) === canonicalJson([...wanted].sort())) return [];
    const change = (lost: string[], gained: string[], option: string[], kept: string[]): Draft[] => [
      ...(lost.length === 0 ? [] : [risky(`${prefix}REVOKE ${listed(lost)} ON ${on} FROM ${role}`, loses)]),
      ...(kept.length === 0
        ? []
        : [risky(`${prefix}REVOKE GRANT OPTION FOR ${listed(kept)} ON ${on} FROM ${role}`, loses)]),
      ...(gained.length === 0 ? [] : [risky(`${prefix}GRANT ${listed(gained)} ON ${on} TO ${role}`, gains)]),
      ...(option.length === 0
        ? []
        : [risky(`${prefix}GRANT ${listed(option)} ON ${on} TO ${role} WITH GRANT OPTION`, gains)]),
    ];
    if (wanted.has(everything)) return change([], [everything], [], []);
    if (found.has(everything)) return change([everything], [...wanted], [], []);
    const isHandedOn = (name: string): boolean => name.endsWith('*');
    return change(
      [...found].map(plain).filter((name) => !has(wanted, name)),
      [...wanted].filter((name) => !isHandedOn(name) && !has(found, name)),
      [...wanted].filter((name) => isHandedOn(name) && !found.has(name)).map(plain),
      [...found].filter((name) => isHandedOn(name) && wanted.has(plain(name))).map(plain),
    );
  });
}
