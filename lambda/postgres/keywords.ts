// Words that `quote_ident` puts in quotes on newer servers only, since they became keywords. Facts name every object as
// the newest supported server does, whatever server they were read from.
import { kindOfKey } from './kinds.ts';

/** Word to the first major version that quotes it: quote_ident over pg_get_keywords() of 13 to 18. */
const quotedSince: Readonly<Record<string, number>> = {
  json: 17,
  json_array: 16,
  json_arrayagg: 16,
  json_exists: 17,
  json_object: 16,
  json_objectagg: 16,
  json_query: 17,
  json_scalar: 17,
  json_serialize: 17,
  json_table: 17,
  json_value: 17,
  merge_action: 17,
  system_user: 16,
};

const newest = Math.max(...Object.values(quotedSince));
const mayHold = /json|merge_action|system_user/;

/** One part of a qualified name, or the arguments of a routine, which are types and not quoted otherwise. */
const part = /"(?:[^"]|"")*"|\(.*|[^."(]+|\./gs;

/** A qualified name, as a server of this major version quotes it, as the newest one does. */
export function quotedAsNewest(name: string, major: number): string {
  if (major >= newest || !mayHold.test(name)) return name;
  return name.replace(part, (word) => (Object.hasOwn(quotedSince, word) ? `"${word}"` : word));
}

/** The same for a fact's key. */
export function keyQuotedAsNewest(key: string, major: number): string {
  if (major >= newest || !mayHold.test(key)) return key;
  const kind = kindOfKey(key);
  return `${kind} ${quotedAsNewest(key.slice(kind.length + 1), major)}`;
}

/** A token of printed SQL without the quotes that only some versions put around it. */
export function withoutKeywordQuotes(token: string): string {
  const word = token.slice(1, -1);
  return token.startsWith('"') && Object.hasOwn(quotedSince, word) ? word : token;
}
