// Values as SQL text, for statements that are sent in one message and can therefore have no parameters.

/** A string literal that reads the same whatever `standard_conforming_strings` is. */
export function quoteLiteral(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** The text form of a text[]: `{"a","b"}`. */
export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
