// Which differences of a comparison count, and how much, by the settings. Pure. Nothing is dropped unseen: what does
// not count is handed back with the reason, to be counted in the summary.
import { parseDuration } from '../../config/duration.ts';
import type { Severity } from '../../monitor/finding.ts';
import { partsOfKey } from '../../postgres/assessment/prose.ts';
import { globPattern } from '../../postgres/glob.ts';
import type { Acceptance, Rule } from './counting-settings.ts';
import type { Difference } from './evidence.ts';

/** A difference that counts. */
export interface Counted {
  difference: Difference;
  /** What the rule makes of it; `undefined` for the severity that it has by itself. */
  severity: Severity | undefined;
  rule: Rule | undefined;
  /** An acceptance that has ended, or was of the same object as it differed before. */
  acceptance: { state: 'ended' | 'differs'; of: Acceptance } | undefined;
}

export interface Counting {
  counted: Counted[];
  ignored: { difference: Difference; rule: Rule }[];
  accepted: { difference: Difference; acceptance: Acceptance }[];
  /** Acceptances of differences that are no longer there. */
  idle: Acceptance[];
}

/** @param now decides which acceptances have ended */
export function count(
  differences: readonly Difference[],
  { rules, accept }: { rules: readonly Rule[]; accept: readonly Acceptance[] },
  now: Date,
): Counting {
  const byId = new Map(accept.map((each) => [each.difference, each]));
  const fitting = lastFitting(rules);
  const counting: Counting = { counted: [], ignored: [], accepted: [], idle: [] };
  const seen = new Set<string>();
  for (const difference of differences) {
    const acceptance = byId.get(difference.id);
    if (acceptance) seen.add(acceptance.difference);
    if (acceptance && !hasEnded(acceptance, now)) {
      counting.accepted.push({ difference, acceptance });
      continue;
    }
    const rule = fitting(difference);
    if (rule?.severity === 'ignore') counting.ignored.push({ difference, rule });
    else {
      counting.counted.push({
        difference,
        rule,
        severity: rule?.severity,
        acceptance: acceptance && { state: 'ended', of: acceptance },
      });
    }
  }
  counting.idle = accept.filter(({ difference }) => !seen.has(difference));
  const ofObject = new Map(counting.idle.flatMap((each) => (each.object === undefined ? [] : [[each.object, each]])));
  for (const each of counting.counted) {
    const of = ofObject.get(each.difference.subject);
    if (of && !each.acceptance) each.acceptance = { state: 'differs', of };
  }
  return counting;
}

/** The day it names is the last one. */
function hasEnded({ until }: Acceptance, now: Date): boolean {
  return now.getTime() >= Date.parse(until) + parseDuration('24h');
}

function lastFitting(rules: readonly Rule[]): (difference: Difference) => Rule | undefined {
  const patterns = rules.map(({ object }) => (object === undefined ? undefined : globPattern(object)));
  return (difference) => rules.findLast((rule, index) => fits(rule, patterns[index], difference));
}

/**
 * What an object takes along when it is missing or unexpected as a whole (its columns, its indexes) has no difference of
 * its own, so a rule for the object covers it.
 */
function fits(
  rule: Rule,
  pattern: RegExp | undefined,
  { kind, subject, parent, verb, attribute }: Difference,
): boolean {
  if (rule.kind !== undefined && rule.kind !== kind) return false;
  if (rule.verb !== undefined && rule.verb !== verb) return false;
  if (rule.attribute !== undefined && rule.attribute !== attribute) return false;
  if (pattern === undefined || pattern.test(subject)) return true;
  return rule.kind === undefined && parent !== undefined && pattern.test(partsOfKey(parent).id);
}
