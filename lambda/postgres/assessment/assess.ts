// What a difference means: how bad it is, what it breaks, and one sentence that says so. Pure; knows the severity
// table and nothing else.
import type { Impact, Severity } from '../../monitor/finding.ts';
import type { DriftEntry } from '../drift.ts';
import { message, type Wording } from './message.ts';
import type { Rule } from './rule.ts';
import { rulesFor } from './rules.ts';

export interface Assessment {
  /** Stable and dotted: `schema.column.missing`, `schema.column.type.changed`, `schema.materialized-view.missing`. */
  code: string;
  severity: Severity;
  impact: Impact;
  message: string;
}

export function assess(entry: DriftEntry, wording: Wording = {}): Assessment {
  const rule = rulesFor(entry).find(({ when }) => when?.(entry) ?? true) as Rule;
  return { code: codeOf(entry), severity: rule.severity, impact: rule.impact, message: message(entry, rule, wording) };
}

function codeOf({ kind, verb, attribute }: DriftEntry): string {
  return ['schema', kind, ...(attribute === undefined ? [] : [attribute]), verb].map(dashed).join('.');
}

/** Words of a newer snapshot may hold anything; a code goes into file names, filters and headers. */
function dashed(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/[^a-z0-9-]+/g, '-');
}
