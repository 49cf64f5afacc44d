// What a difference in grants means for whom: which privileges were lost and which gained, in words and for the rows of
// the severity table.
import type { JsonObject, JsonValue } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import { roleOfGrantee, withPublicDefault } from '../privileges.ts';
import { printable } from './prose.ts';
import type { Predicate } from './rule.ts';

/** How names are set off from the sentence around them. */
type Mark = (text: string) => string;

interface Privileges {
  grantee: string;
  /** Without the mark for grant option, unless that is all that differs: `SELECT*`. */
  privileges: string[];
}

const writing = ['INSERT', 'UPDATE', 'DELETE'];
const reading = ['SELECT', 'EXECUTE', 'USAGE', 'CONNECT'];

export const losesWriting: Predicate = (entry) =>
  has(lostIn(entry), writing) || (entry.kind === 'sequence' && has(lostIn(entry), ['USAGE', 'UPDATE']));
export const losesReading: Predicate = (entry) => has(lostIn(entry), reading);
export const losesPrivileges: Predicate = (entry) => lostIn(entry).length > 0;

/** Of tables and what is like them, rows that everybody can see or change; of schemas, objects that everybody can add. */
export const opensToEverybody: Predicate = (entry) => {
  const dangerous =
    entry.kind === 'schema'
      ? ['CREATE']
      : ['SELECT', 'TRUNCATE', ...writing, ...(isInstalled(entry) ? ['EXECUTE', 'CREATE'] : [])];
  return has(
    gainedIn(entry).filter(({ grantee }) => grantee === 'public'),
    dangerous,
  );
};

/** "app can no longer INSERT, UPDATE; everybody can SELECT" */
export function accessInWords(entry: DriftEntry, mark: Mark): string {
  const words = (changes: readonly Privileges[], can: string): string[] =>
    changes.map(({ grantee, privileges }) => `${nameOf(grantee, mark)} ${can} ${mark(printable(inWords(privileges)))}`);
  return [...words(lostIn(entry), 'can no longer'), ...words(gainedIn(entry), 'can')].join('; ') || 'grants differ';
}

/** "every insert and update by app fails" */
export function failuresInWords(entry: DriftEntry, mark: Mark): string {
  const clauses = lostIn(entry).map(({ grantee, privileges }) => {
    const actions = [...new Set(privileges.map((privilege) => actionOf(entry.kind, privilege, mark)))];
    return `${actions.join(' and ')} by ${nameOf(grantee, mark)}`;
  });
  return `every ${clauses.join(', every ')} fails`;
}

function has(changes: readonly Privileges[], privileges: readonly string[]): boolean {
  return changes.some((change) => change.privileges.some((privilege) => privileges.includes(privilege)));
}

const lostIn = (entry: DriftEntry): Privileges[] => {
  const { kind, expected, actual } = entry;
  if (!isInstalled(entry)) return only(kind, withPublicDefault(kind, expected), withPublicDefault(kind, actual));
  const { grants, revoked } = besideInstalled(entry);
  return [...only(kind, grants.expected, grants.actual), ...only(kind, revoked.actual, revoked.expected)];
};
const gainedIn = (entry: DriftEntry): Privileges[] => {
  const { kind, expected, actual } = entry;
  if (!isInstalled(entry)) return only(kind, withPublicDefault(kind, actual), withPublicDefault(kind, expected));
  const { grants, revoked } = besideInstalled(entry);
  return [...only(kind, grants.actual, grants.expected), ...only(kind, revoked.expected, revoked.actual)];
};

/** Of what came with the server or an extension, only what was given and taken beside that is told. */
const isInstalled = ({ kind }: DriftEntry): boolean => kind === 'privileges';

type List = 'grants' | 'revoked';

/** Both lists on both sides, whether the entry is about one of them or about the whole. */
function besideInstalled({
  attribute,
  expected,
  actual,
}: DriftEntry): Record<List, Record<'expected' | 'actual', JsonObject>> {
  const object = (value: JsonValue | undefined): JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const listOf = (side: JsonValue, list: List): JsonObject =>
    attribute === undefined ? object(object(side)[list]) : attribute === list ? object(side) : {};
  const sides = (list: List) => ({ expected: listOf(expected, list), actual: listOf(actual, list) });
  return { grants: sides('grants'), revoked: sides('revoked') };
}

/** What one side grants and the other does not. What is left of the owner's rights is told when not all of them are. */
function only(kind: string, one: JsonObject, other: JsonObject): Privileges[] {
  return Object.keys(one)
    .concat('owner' in other && !('owner' in one) ? ['owner'] : [])
    .map((grantee) => {
      const all = grantee === 'owner' ? fullRights(kind) : [];
      const theirs = listIn(other, grantee, all);
      const known = new Set(theirs.flatMap((privilege) => [privilege, bare(privilege)]));
      const privileges = listIn(one, grantee, all)
        .filter((privilege) => !known.has(privilege))
        .map((privilege) => (known.has(bare(privilege)) ? privilege : bare(privilege)));
      return { grantee, privileges };
    })
    .filter(({ privileges }) => privileges.length > 0);
}

const listIn = (grants: JsonObject, grantee: string, otherwise: string[]): string[] => {
  const list = grants[grantee];
  return typeof list === 'string' ? list.split(', ').filter((privilege) => privilege !== '') : otherwise;
};

const bare = (privilege: string): string => privilege.replace(/\*$/, '');

function fullRights(kind: string): string[] {
  switch (kind) {
    case 'table':
    case 'view':
    case 'materialized view':
      return ['DELETE', 'INSERT', 'MAINTAIN', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE'];
    case 'sequence':
      return ['SELECT', 'UPDATE', 'USAGE'];
    case 'schema':
      return ['CREATE', 'USAGE'];
    case 'privileges':
      return [];
    case 'database':
      return ['CONNECT', 'CREATE', 'TEMPORARY'];
    default:
      return String(withPublicDefault(kind, null).public ?? 'USAGE').split(', ');
  }
}

function nameOf(grantee: string, mark: Mark): string {
  if (grantee === 'public') return 'everybody';
  if (grantee === 'owner') return 'its owner';
  return mark(printable(roleOfGrantee(grantee) ?? grantee));
}

function inWords(privileges: readonly string[]): string {
  return privileges
    .map((privilege) => (privilege.endsWith('*') ? `grant ${bare(privilege)} to others` : privilege))
    .join(', ');
}

function actionOf(kind: string, privilege: string, mark: Mark): string {
  switch (privilege) {
    case 'EXECUTE':
      return 'call';
    case 'CONNECT':
      return 'connection';
    case 'REFERENCES':
      return 'foreign key to it';
    case 'USAGE':
      return kind === 'sequence' ? 'nextval' : kind === 'schema' ? 'query of what is in it' : 'use of it';
    case 'SELECT':
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'TRUNCATE':
      return privilege.toLowerCase();
    default:
      return `use of ${mark(printable(privilege))}`;
  }
}
