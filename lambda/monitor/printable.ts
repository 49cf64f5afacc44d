// Text from outside made safe to print: names of a database may hold line breaks that fake a line, marks that turn the
// reading direction around, and control characters that mail programs and terminals act on. Pure.

/** Controls, line and paragraph separators, direction marks and what takes no room: all shown as what they are. */
const treacherous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]/g;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line, whatever comes in. */
export function printable(text: string): string {
  return text.toWellFormed().replace(treacherous, (sign) => shortNames[sign] ?? escaped(sign));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** JSON text that holds the same value and is safe to print. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(treacherous, escaped);
}

/** One line as code of a chat client; the entities are Slack's, as are its mentions in angle brackets. */
export function inCode(line: string): string {
  return `\`${entities(line).replaceAll('`', "'")}\``;
}

/** One line where a chat client shows no code: what it could take for formatting or a mention is taken apart. */
export function plainInChat(line: string): string {
  return entities(line)
    .replace(/[`*~]/g, "'")
    .replaceAll('@', '(at)')
    .replace(/\]\(/g, '] (')
    .replace(/:\/\//g, ': //');
}

function entities(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Lines as they are, each of them printable. */
export function printableLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).map(printable);
}

/** A subject as SNS takes it: ASCII, at most 100 characters, no line breaks, beginning with a letter, digit or sign. */
export function subjectLine(text: string): string {
  const ascii = printable(text.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(/[^ -~]/gu, '?')
    .trim();
  return ascii.length <= 100 ? ascii : `${ascii.slice(0, 97)}...`;
}

const encoder = new TextEncoder();

export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}
