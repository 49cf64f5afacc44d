// Qualified names in production's texts as the model writes them, where what they name is in another schema: an object
// that was moved, or a member of an extension that was. Knows what was moved, not how that was found.
import { canonicalJson, type JsonValue } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import { attributeNote } from '../kinds.ts';
import { schemaName } from '../repair/identifier.ts';

/** The schema of what belongs to something and is no fact of its own. */
export interface MovedMembers {
  expected: string;
  actual: string;
}

export interface Spelling {
  /** One qualified name, `ext.citext`, by the model's schema; the same when that is not certain. */
  name(name: string): string;
  /** A value of production; only names that the model's value has are written as it has them. */
  value(value: JsonValue, wanted: JsonValue): JsonValue;
}

export function movedMembersIn(entries: readonly DriftEntry[]): MovedMembers[] {
  return entries.flatMap(({ kind, verb, attribute = '', expected, actual }) =>
    verb === 'changed' && attributeNote(kind, attribute)?.ofMembers
      ? [{ expected: String(expected), actual: String(actual) }]
      : [],
  );
}

export interface Moved {
  /** The model's name of something with this qualified name in production. */
  movedTo(name: string): string | undefined;
  members: readonly MovedMembers[];
  /** Whether it is the qualified name of something that production tells by itself. */
  isFact(name: string): boolean;
}

export function spellingOf({ movedTo, members, isFact }: Moved): Spelling {
  const candidates = (name: string): string[] => {
    const known = movedTo(name);
    if (known !== undefined) return [known];
    const space = schemaName(name);
    if (!members.some(({ actual }) => actual === space) || isFact(name)) return [];
    return members.flatMap(({ expected, actual }) => (actual === space ? [expected + name.slice(space.length)] : []));
  };
  const text = (value: string, wanted: string): string =>
    value.replace(named, (name) => candidates(name).find((candidate) => wanted.includes(candidate)) ?? name);
  const within = (value: JsonValue, wanted: string): JsonValue => {
    if (typeof value === 'string') return text(value, wanted);
    if (Array.isArray(value)) return value.map((item) => within(item, wanted));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, within(item, wanted)]));
  };
  return {
    name(name) {
      const found = new Set(candidates(name));
      return found.size === 1 ? ([...found][0] as string) : name;
    },
    value: (value, wanted) => within(value, typeof wanted === 'string' ? wanted : canonicalJson(wanted)),
  };
}

const part = String.raw`(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)`;

/** Two names with a dot between them, or the name of an operator as SQL has to write it. */
const named = new RegExp(String.raw`(?<![\p{L}\p{N}_$."])${part}\.${part}|(?<=OPERATOR\()${part}\.[^()\s]+`, 'gu');
