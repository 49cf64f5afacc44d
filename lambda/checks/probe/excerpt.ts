// What may be shown of an answer: the beginning of a text, in one line, without secrets. Knows which content is text;
// what is secret, the redactor knows.
import { printable } from '../../monitor/printable.ts';
import type { Redactor } from '../../monitor/redact.ts';
import type { Evaluation } from './assertion.ts';

const longestExcerpt = 200;
const longestValue = 80;

/** Null for what is no text, or nothing but white space. */
export function excerptOf(body: string, contentType: string | undefined, redactor: Redactor): string | null {
  if (!/^(text\/|.*[/+](json|xml)\b)/i.test(contentType ?? 'text/plain')) return null;
  const text = /html/i.test(contentType ?? '') ? withoutMarkup(body) : body;
  // Secrets are taken out before it is cut: half of one would not be recognised.
  const line = printable(redactor.text(text.slice(0, 100_000)).replace(/\s+/g, ' ').trim());
  return line === '' ? null : cut(line, longestExcerpt);
}

/** What was found, as it may be kept: short, without secrets, and nothing of members that hold one by their name. */
export function presentable(evaluation: Evaluation, redactor: Redactor): Evaluation {
  const shown = <Value>(value: Value, path: string): Value | string => {
    if (typeof value !== 'string') return value;
    return secretMember.test(path) ? '***' : cut(redactor.text(value), longestValue);
  };
  return {
    ...evaluation,
    result: shown(evaluation.result, evaluation.expression),
    found: evaluation.found
      .slice(0, 10)
      .map(({ path, value }) => ({ path: cut(path, longestValue), value: shown(value, path) })),
    missing: evaluation.missing.slice(0, 10).map((path) => cut(redactor.text(path), longestExcerpt)),
    error: evaluation.error === null ? null : cut(redactor.text(evaluation.error), longestExcerpt),
  };
}

const secretMember = /passw|secret|token|api_?key|cookie|session|credential|authorization/i;

function withoutMarkup(html: string): string {
  return html.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ');
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
