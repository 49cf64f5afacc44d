// Text and levels as SARIF has them.
import type { Severity } from '../../lambda/monitor/finding.ts';

export const sarifLevels = {
  critical: 'error',
  warning: 'warning',
  info: 'note',
} as const satisfies Record<Severity, string>;

/** Plain text has two things that mean something: placeholders (3.11.5), and links (3.11.6). */
export function plainMessage(text: string): string {
  return formattedMessage(/\[.*\]\(/s.test(text) ? text.replace(/[[\]\\]/g, '\\$&') : text);
}

/** Markdown, in which placeholders mean something as well. */
export function formattedMessage(markdown: string): string {
  return markdown.replace(/[{}]/g, '$&$&');
}
