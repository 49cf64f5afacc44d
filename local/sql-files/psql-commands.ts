// psql's backslash commands, as far as files that build a schema have them. Pure.
// https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMANDS

/** What only says something, or sets how it is said; `\d...` beside them. */
export const ignoredCommands: ReadonlySet<string> = new Set([
  ...['restrict', 'unrestrict'],
  ...['echo', 'qecho', 'warn', 'pset', 'timing', 'conninfo', 'errverbose', 'l', 'l+', 'z', 'sf', 'sv', 'h', '?', 'p'],
  ...['a', 't', 'x', 'H', 'f', 'C', 'T', 'o', 'out'],
]);

/** Variables of psql's own are in capitals: how it behaves, not what the file says. */
export const ownVariable = /^[A-Z][A-Z_0-9]*$/;

/** The arguments of a command: bare words, 'quoted' with backslash escapes, or "quoted". */
export function argumentsOf(rest: string): string[] {
  const found = rest.matchAll(/'((?:[^'\\]|''|\\.)*)'|"((?:[^"]|"")*)"|([^\s'"]+)/g);
  return [...found].map(([, single, double, bare]) => {
    if (single !== undefined) return single.replaceAll("''", "'").replace(/\\(.)/g, '$1');
    return double?.replaceAll('""', '"') ?? bare ?? '';
  });
}

/**
 * The database that \connect names; `undefined` when it stays the same. pg_dump names unusual ones in a connection
 * string. As whom is left aside: everything is run by the one superuser there is.
 */
export function databaseOf(given: readonly string[]): string | undefined {
  const [first] = given.filter((argument) => !argument.startsWith('-reuse-previous'));
  if (first === undefined || first === '-') return undefined;
  const url = /^postgres(?:ql)?:\/\/[^/]*\/([^?]+)/i.exec(first)?.[1];
  if (url !== undefined) return decodeURIComponent(url);
  const [, quoted, bare] = /(?:^|\s)dbname\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(\S+))/.exec(first) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? bare ?? first;
}
