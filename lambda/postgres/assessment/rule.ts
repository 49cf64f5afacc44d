// One row of the severity table: how bad a difference is, what it breaks, and the words for it. Pure values.
import type { Impact, Severity } from '../../monitor/finding.ts';
import type { DriftEntry } from '../drift.ts';
import type { CommonAttribute } from '../kinds/shared.ts';
import type { Kind, kinds } from '../kinds.ts';

/** Looks at expected and actual; true when the row applies. */
export type Predicate = (entry: DriftEntry) => boolean;

export interface Rule {
  severity: Severity;
  impact: Impact;
  /** What it breaks, one clause; may hold the placeholders of message.ts: "every query that reads {it} fails". */
  breaks: string;
  /** What differs, one clause. @default made from the verb, the attribute and both values */
  differs?: string;
  when?: Predicate;
}

/** Rows in order: the first that applies counts; the last has no condition. */
export type Rules = readonly [...Rule[], Rule];

/** The rows of one kind of object. An attribute of kinds.ts without rows does not compile. */
export interface KindRules<K extends Kind> {
  missing: Rules;
  unexpected: Rules;
  /** Production has it under another name. @default the rows of rules.ts for any kind */
  renamed?: Rules;
  /** What any kind may have only needs rows where they are not the same for all. */
  changed: Readonly<
    Record<Exclude<keyof (typeof kinds)[K]['attributes'], CommonAttribute>, Rules> &
      Partial<Record<CommonAttribute, Rules>>
  >;
}

type Refinement = Pick<Rule, 'when' | 'differs'>;

export function critical(impact: Impact, breaks: string, refinement: Refinement = {}): Rule {
  return { severity: 'critical', impact, breaks, ...refinement };
}

export function warning(impact: Impact, breaks: string, refinement: Refinement = {}): Rule {
  return { severity: 'warning', impact, breaks, ...refinement };
}

export function info(impact: Impact, breaks: string, refinement: Refinement = {}): Rule {
  return { severity: 'info', impact, breaks, ...refinement };
}

/** What differs about an object that production has under another name. */
export const called = '{noun} is called {actual} in production';
