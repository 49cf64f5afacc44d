// What a difference is one from: the model, or the accepted state of what no model speaks of. Pure.
import type { DriftEntry } from '../../postgres/drift.ts';
import { scopeOf } from '../../postgres/kinds.ts';
import type { HeldEvidence } from './evidence.ts';

/** Whether production differs there from what was accepted, and not from the model. */
export function isOfAcceptedState({ kind, attribute }: DriftEntry): boolean {
  return scopeOf(kind, attribute) !== 'structure';
}

export interface Baseline {
  scope: string;
  /** One clause: what was accepted, by whom, when and why. */
  says: string;
  /** What to do when production is right. */
  otherwise: string;
}

/** What a difference is one from, when that is not the model. */
export function baselineOf({ kind, attribute }: DriftEntry, held: HeldEvidence, target: string): Baseline | undefined {
  const scope = scopeOf(kind, attribute);
  const accepted = held.accepted.find((each) => each.scope === scope);
  if (!accepted) return undefined;
  const { acceptedAt, acceptedBy, reason } = accepted;
  return {
    scope,
    says: `The accepted state is that of ${acceptedAt.slice(0, 10)}, by ${acceptedBy}: ${reason}`,
    otherwise: `If production is right, accept it: driftwatch accept --target ${target} --scope ${scope} --reason "..."`,
  };
}
