// Words that `quote_ident` puts in quotes on newer servers only, since they became keywords. Facts name every object as
// the newest supported server does, whatever server they were read from.
import type { JsonValue } from '../json.ts';
import { attributeNote, kindOfKey } from './kinds.ts';

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

/** The same for an attribute that holds names. */
export function valueQuotedAsNewest(kind: string, attribute: string, value: JsonValue, major: number): JsonValue {
  if (major >= newest) return value;
  const note = attributeNote(kind, attribute);
  if (note?.as !== 'order' && note?.names !== true) return value;
  if (typeof value === 'string') return quotedAsNewest(value, major);
  return Array.isArray(value) ? value.map((name) => quotedAsNewest(String(name), major)) : value;
}

/** A token of printed SQL without the quotes that only some versions put around it. */
export function withoutKeywordQuotes(token: string): string {
  const word = token.slice(1, -1);
  return token.startsWith('"') && Object.hasOwn(quotedSince, word) ? word : token;
}

/** What `quote_ident` quotes on the newest server: pg_get_keywords() of 18 without the unreserved ones. */
const quotedKeywords = new Set(
  `
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
    case cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
    interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
    json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
    localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
    only or order out outer overlaps overlay placing position precision primary real references returning right
    row select session_user setof similar smallint some substring symmetric system_user table tablesample then
    time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when
    where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
    xmlroot xmlserialize xmltable
  `.split(/\s+/),
);

/** A name as `quote_ident` of the newest server writes it. */
export function quotedIfNeeded(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !quotedKeywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
