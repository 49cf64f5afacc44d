// What the checks of a simulated life are and find: the truth of the moment at which they look.
import type { JsonValue } from '../../lambda/json.ts';
import type { Finding } from '../../lambda/monitor/finding.ts';
import type { Registry } from '../../lambda/monitor/run.ts';
import { finding } from '../monitor/builders.ts';
import { blind, failing, passing, scriptedCheck } from '../monitor/scripted.ts';
import { type CheckId, checkIds, type Plan, type Truth } from './plan.ts';

export function truthAt({ truths }: Plan, at: number): Readonly<Record<CheckId, Truth>> {
  const last = truths.findLast((one) => one.at <= at);
  if (!last) throw new Error(`the plan has no truth at ${at}`);
  return last.truth;
}

/** Findings of a truth, as its check words them. */
export function findingsOf(check: CheckId, truth: Truth): Finding[] {
  if (truth.status !== 'fail') return [];
  return Object.entries(truth.subjects).map(([subject, severity]) =>
    finding({ code: `${check}.broken`, subject, severity }),
  );
}

export function registryOf(look: (check: CheckId, now: Date) => Truth): Registry {
  const check = scriptedCheck(
    {},
    {
      async collect({ check: id, ports }) {
        const own = checkIds.find((one) => one === id);
        if (!own) throw new Error(`the plan has no check ${id}`);
        return { check: own, truth: look(own, ports.clock.now()) } as unknown as JsonValue;
      },
      judge(evidence) {
        const { check: id, truth } = evidence as unknown as { check: CheckId; truth: Truth };
        if (truth.status === 'unknown') return blind();
        return truth.status === 'pass' ? passing() : failing(...findingsOf(id, truth));
      },
    },
  );
  const reaching = {
    ...check,
    unreachable: (evidence: JsonValue) => {
      const { truth } = evidence as unknown as { truth: Truth };
      return truth.status === 'fail' && truth.unreachable;
    },
  };
  return {
    backup: check,
    database: reaching,
    probe: reaching,
    schema: { ...check, needsDatabase: () => true },
  };
}
