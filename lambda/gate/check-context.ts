// The checks of a target, used by rules of the gate: the same collecting and judging, on behalf of somebody who asks now
// and remembers nothing.
import type { CheckEntry } from '../config/settings.ts';
import type { CollectContext, Judgement } from '../monitor/check.ts';
import { type Prose, say } from './prose.ts';
import type { GateInput, Verdict } from './rule.ts';

export function contextOf<Settings>(
  { target, bucket, ports }: GateInput,
  { id, settings }: { id: string; settings: Settings },
  signal: AbortSignal,
): CollectContext<Settings> {
  return {
    target: target.name,
    check: id,
    settings,
    database: target.database,
    runningVersion: undefined,
    onDemand: true,
    memoryBucket: bucket ?? '',
    signal,
    ports,
  };
}

export function checksOf({ checks }: { checks: readonly CheckEntry[] }, kind: string): CheckEntry[] {
  return checks.filter((entry) => entry.kind === kind);
}

/** @param about what stands before its summary: which check it was */
export function verdictOf(judgement: Judgement, about: Prose = []): Verdict {
  const summary = say`${about}${judgement.summary}`;
  switch (judgement.status) {
    case 'pass':
      return { status: 'pass', summary, details: [] };
    case 'unknown':
      return { status: 'unknown', summary, details: [], remedy: say`${judgement.remedy}` };
    case 'fail': {
      const [first, ...others] = judgement.findings;
      const details = others.map(({ severity, message }) => ({ tag: severity, text: say`${message}` }));
      return { status: 'fail', summary, details, remedy: say`${first.remedy}` };
    }
  }
}
