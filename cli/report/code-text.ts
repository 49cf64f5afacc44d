// Text inside Markdown: as code that nothing in it can end, so that no name becomes markup, a link or a mention. Pure.
import { printable } from '../../lambda/postgres/assessment/prose.ts';

/** One line of it, as inline code. */
export function codeSpan(text: string): string {
  // Nothing cannot be code.
  const line = text === '' ? "''" : printable(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return fence + padding + line + padding + fence;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** One line of it, as code where HTML is expected. */
export function codeHtml(text: string): string {
  return `<code>${printable(text).replace(/[&<>]/g, (sign) => entities[sign] ?? sign)}</code>`;
}

/** Lines as they are; begins and ends at the left margin. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence + language, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
