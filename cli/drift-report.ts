// A comparison as the diff command prints it: JSON for pipelines, text for people. Both in the comparison's own order.
import type { JsonValue } from '../lambda/json.ts';
import { severities } from '../lambda/monitor/finding.ts';
import { assess } from '../lambda/postgres/assessment/assess.ts';
import type { Comparison, DriftEntry } from '../lambda/postgres/drift.ts';

export interface NamedComparison extends Comparison {
  /** Where each side came from, without passwords. */
  model: string;
  production: string;
}

export function driftJson({ model, production, drift, notVerified, equal }: NamedComparison): string {
  const entries = drift.map((entry) => {
    const { code, severity, impact, message } = assess(entry);
    const { kind, subject, verb, attribute = null, expected, actual } = entry;
    return { code, severity, impact, kind, subject, verb, attribute, expected, actual, message };
  });
  return JSON.stringify({ drift: entries, notVerified, equal, model, production }, null, 2);
}

export function driftText(comparison: NamedComparison): string {
  const { drift, notVerified, equal, model, production } = comparison;
  const assessed = drift.map((entry) => ({ entry, ...assess(entry) }));
  const sections = severities.flatMap((severity) => {
    const those = assessed.filter((one) => one.severity === severity);
    if (those.length === 0) return [];
    return [
      `\n${severity.toUpperCase()} (${those.length})`,
      ...those.flatMap(({ entry, message }) => describe(entry, message)),
    ];
  });
  const unread = notVerified.map(({ kind, subject, reason }) => `  ${kind} ${subject}: ${reason}`);
  return [
    headline(drift.length, notVerified.length, equal),
    `  model:      ${model}`,
    `  production: ${production}`,
    ...sections,
    ...(unread.length > 0 ? [`\nNOT VERIFIED (${unread.length})`, ...unread] : []),
  ].join('\n');
}

function headline(differences: number, unread: number, equal: number): string {
  const counts = [
    differences === 1 ? '1 difference' : `${differences === 0 ? 'No' : differences} differences`,
    `${equal} objects equal`,
    ...(unread > 0 ? [`${unread} not verified`] : []),
  ];
  return counts.join(', ');
}

function describe(entry: DriftEntry, message: string): string[] {
  const lines = [`  ${entry.kind} ${entry.subject}`, `      ${message}`];
  if (entry.verb !== 'changed') return lines;
  return [...lines, `      model:      ${show(entry.expected)}`, `      production: ${show(entry.actual)}`];
}

/** One line of it; definitions run over several. */
function show(value: JsonValue): string {
  if (value === null) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/\s+/g, ' ').trim();
}
