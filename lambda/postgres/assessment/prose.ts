// Catalog names and values as words in a sentence: one line, nothing that a terminal, a mail program or a chat would
// obey. Names arrive as quote_ident wrote them and stay so; only the schema that everybody omits goes.
import type { JsonValue } from '../../json.ts';
import type { Fact, FactKey } from '../fact.ts';
import { kindOfKey } from '../kinds.ts';
import { lastName } from '../repair/identifier.ts';

/** Longest value that is shown in a sentence, in characters; longer ones are shown elsewhere, line by line. */
const longestValue = 60;
const longestName = 140;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Control, format (right-to-left overrides, zero-width) and line-separating characters become visible escapes. */
export function printable(text: string): string {
  return text
    .replace(/[\n\r\t]/gu, (character) => shortNames[character] ?? character)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** `public.users.email` as `users.email`; other schemas keep their name. */
export function proseName(id: string): string {
  return cut(printable(id.replace(/^public\./, '')), longestName);
}

/** The last part of a qualified name: `region` of `public.orders.region`. */
export function lastPart(id: string): string {
  return cut(printable(lastName(id)), longestName);
}

/** `table` and `public.users` of the fact's key `table public.users`; a kind of a newer snapshot ends at its first space. */
export function partsOfKey(key: FactKey): Pick<Fact, 'kind' | 'id'> {
  const known = kindOfKey(key);
  const length = known === '' ? key.indexOf(' ') : known.length;
  return { kind: key.slice(0, length), id: key.slice(length + 1) };
}

/** A value of an attribute, shortened. */
export function proseValue(value: JsonValue): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cut(printable(value.map(proseItem).join(', ')));
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, member]) => `${name}=${member === null ? '?' : proseItem(member)}`,
    );
    return cut(printable(members.join(', ')));
  }
  return cut(printable(String(value).trim()));
}

function proseItem(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** By code point, so that no character is cut in half. */
export function cut(text: string, longest = longestValue): string {
  if (text.length <= longest) return text;
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
