// Names and values as parts of a statement. Names in facts are quoted already (quote_ident); the few that are not,
// such as roles and storage parameters, are quoted here, always.
import type { Fact } from '../fact.ts';
import { quoteLiteral } from '../literal.ts';

const namePart = /"(?:[^"]|"")*"|[^".(]+/y;

/** `public`, `"Users"` of `public."Users"`; of a routine, without its argument types. */
function nameParts(id: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < id.length; at = namePart.lastIndex + 1) {
    namePart.lastIndex = at;
    const part = namePart.exec(id)?.[0];
    if (part === undefined) break;
    parts.push(part);
    if (id[namePart.lastIndex] !== '.') break;
  }
  return parts;
}

/** `users_email_idx` of `public.users_email_idx`. */
export function lastName(id: string): string {
  return nameParts(id).at(-1) ?? id;
}

export function schemaName(id: string): string {
  return nameParts(id)[0] ?? id;
}

/** `public.f` of `public.f(integer)`. */
export function qualifiedName(id: string): string {
  const name = nameParts(id).join('.');
  // The text that is there already, rather than another one for each of many thousand names.
  return name === id ? id : name;
}

/** `email` of the column `public.users.email`, when `public.users` is what it is a part of. */
export function ownName(fact: Fact, parent: Fact): string {
  return fact.id.slice(parent.id.length + 1);
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The name itself of one that is quoted where it has to be. */
export function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** In bytes, as every server is built: https://www.postgresql.org/docs/current/limits.html */
const longestName = 63;

/**
 * The name that PostgreSQL derives, `users_email_not_null`; such a one is no keyword. Where it would be too long, the
 * longer of the two names is cut, byte by byte.
 */
export function derivedName(first: string, second: string, label: string): string {
  const names = [new TextEncoder().encode(unquoted(first)), new TextEncoder().encode(unquoted(second))] as const;
  const lengths: [number, number] = [names[0].length, names[1].length];
  const room = longestName - label.length - 2;
  while (lengths[0] + lengths[1] > room) lengths[lengths[0] > lengths[1] ? 0 : 1] -= 1;
  const name = [...names.map((bytes, place) => wholeCharacters(bytes, lengths[place] as number)), label].join('_');
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}

function wholeCharacters(bytes: Uint8Array, length: number): string {
  let end = length;
  while (end < bytes.length && ((bytes[end] as number) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

/** A name where any keyword may stand: that of a storage parameter or setting. */
export function label(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);
}

/** A value of a storage parameter: numbers and switches as they are, everything else quoted. */
export function optionValue(value: string): string {
  return /^(-?\d+(\.\d+)?|on|off|true|false)$/.test(value) ? value : quoteLiteral(value);
}
