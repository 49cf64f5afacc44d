// Which names a piece of SQL mentions. PostgreSQL prints every name of another schema than pg_catalog qualified and
// quoted the same way each time, so names can be compared as texts; nothing here knows what they name.

export interface References {
  /** `public.users`: every two names with a dot between them. */
  qualified: Set<string>;
  /** `public.===`, where SQL has to say the schema of an operator. */
  operators: Set<string>;
  /** Every name by itself: columns, aliases, keywords. */
  names: Set<string>;
}

const token = /"(?:[^"]|"")*"|'((?:[^']|'')*)'(::regclass)?|[\p{L}_][\p{L}\p{N}_$]*|\./gu;

const operator = /OPERATOR\(((?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)\.[^()\s]+)\)/gu;

export function referencesIn(sql: string): References {
  const found: References = { qualified: new Set(), operators: new Set(), names: new Set() };
  collect(sql, found);
  return found;
}

function collect(sql: string, found: References): void {
  for (const [, name] of sql.matchAll(operator)) if (name !== undefined) found.operators.add(name);
  let owner: { name: string; end: number } | undefined;
  let dotAt = -1;
  for (const { 0: text, 1: literal, 2: asRelation, index } of sql.matchAll(token)) {
    if (text === '.') {
      dotAt = owner?.end === index ? index : -1;
    } else if (literal !== undefined) {
      if (asRelation) collect(literal.replaceAll("''", "'"), found);
    } else {
      if (owner && dotAt === index - 1 && dotAt === owner.end) found.qualified.add(`${owner.name}.${text}`);
      found.names.add(text);
      owner = { name: text, end: index + text.length };
    }
  }
}
