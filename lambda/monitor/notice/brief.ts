// Findings in the bounded form in which they are remembered and sent: the worst ones, so many at most, each text cut to
// a length a message can carry. The evidence object has all of them, whole.
import { createHash } from 'node:crypto';
import type { JsonValue } from '../../json.ts';
import { type Finding, findingId, worstFirst } from '../finding.ts';
import type { NamedFinding, StoredFinding } from './notice.ts';

/** Findings that a notice carries for one check. */
export const sentFindings = 25;
/** Findings that an incident remembers by name. */
const namedFindings = 50;

const longest = { code: 200, subject: 400, message: 1_200, remedy: 4_000, details: 12_000 } as const;

/** What makes a finding the same in the next run, in a few characters. */
export function fingerprint(finding: Pick<Finding, 'code' | 'subject'>): string {
  return createHash('sha256').update(findingId(finding)).digest('base64url').slice(0, 12);
}

/**
 * At most `most` findings, without doubles, each within the lengths above: of too many those that are `wanted` and then
 * the worst, in the order in which they came, which is that in which their repairs run.
 */
export function brief(
  findings: readonly Finding[],
  most: number,
  wanted: (finding: Finding) => boolean = () => false,
): StoredFinding[] {
  const unique = distinct(findings);
  const others = unique.filter((finding) => !wanted(finding));
  const kept = new Set([...worstFirst(unique.filter(wanted)), ...worstFirst(others)].slice(0, most));
  return unique
    .filter((finding) => kept.has(finding))
    .map(({ details, ...finding }) => ({
      id: fingerprint(finding),
      ...finding,
      code: cut(finding.code, longest.code),
      subject: cut(finding.subject, longest.subject),
      message: cut(finding.message, longest.message),
      remedy: cutLines(finding.remedy, longest.remedy),
      ...(details && withinSize(details)),
    }));
}

/** Findings without those that repeat the identity of an earlier one. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const id = findingId(finding);
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** The first of the findings by name, for saying later that they are gone. */
export function named(findings: readonly Finding[]): NamedFinding[] {
  return brief(findings, namedFindings).map(({ id, subject, message, extent }) => ({
    id,
    subject,
    message,
    ...(extent !== undefined && { extent }),
  }));
}

/** The text, or its beginning and an ellipsis; never half of a surrogate pair. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** Whole lines, and how much is missing: nobody may run half of a statement unawares. */
function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = cut(text, most - 100);
  const whole = kept.slice(0, Math.max(kept.lastIndexOf('\n'), 0));
  return `${whole}\n[cut here, ${whole.length} of ${text.length} characters: all of it is in the evidence]`.trimStart();
}

/** The details, if need be without their largest members. */
function withinSize(details: Record<string, JsonValue>): { details?: Record<string, JsonValue> } {
  const sizes = Object.entries(details)
    .map(([name, value]) => ({ name, value, size: JSON.stringify([name, value]).length }))
    .sort((left, right) => left.size - right.size);
  let left: number = longest.details;
  const kept = sizes.filter(({ size }) => {
    left -= size;
    return left >= 0;
  });
  if (kept.length === sizes.length) return { details };
  return kept.length === 0 ? {} : { details: Object.fromEntries(kept.map(({ name, value }) => [name, value])) };
}
