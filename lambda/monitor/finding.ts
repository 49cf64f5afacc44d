// What a check says is wrong, in the words every part of the product shares. Pure values.
import type { JsonValue } from '../json.ts';

/** `critical`: users are affected or about to be; `warning`: act today; `info`: worth knowing. Worst first. */
export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What the trouble breaks, worst first. */
export const impacts = [
  'availability',
  'breaks-reads',
  'breaks-writes',
  'integrity',
  'security',
  'recovery',
  'monitoring',
  'performance',
  'cosmetic',
] as const;
export type Impact = (typeof impacts)[number];

export interface Finding {
  /** Stable, dotted, kind first: `schema.column.missing`, `backup.too-old`. */
  code: string;
  severity: Severity;
  impact: Impact;
  /** The thing that is wrong: `public.users.api_key_sandbox`, `s3://backups/nightly/`. */
  subject: string;
  /** One sentence in the reader's terms: what is wrong and what that breaks. */
  message: string;
  /** What to do next; one sentence or SQL. */
  remedy: string;
  /** Of how many things it is true, when it speaks of several (tenants): growing is news, shrinking is not. */
  extent?: number | undefined;
  /** What else the reader may want to see, for machines and for the on-demand answer. */
  details?: Record<string, JsonValue>;
}

/** What makes two findings of two runs the same trouble. */
export function findingId(finding: Pick<Finding, 'code' | 'subject'>): string {
  return `${finding.code} ${finding.subject}`;
}

/** The worse of the severities present; `undefined` for no findings. */
export function worstSeverity(findings: readonly Pick<Finding, 'severity'>[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity));
}

/** Worst first: by severity, then by impact; what is equal in both keeps its order. */
export function worstFirst<F extends Pick<Finding, 'severity' | 'impact'>>(findings: readonly F[]): F[] {
  const rank = (finding: F) => severities.indexOf(finding.severity) * impacts.length + impacts.indexOf(finding.impact);
  return findings.toSorted((left, right) => rank(left) - rank(right));
}

/** Whether `severity` is as bad as `minimum` or worse. */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(minimum);
}
