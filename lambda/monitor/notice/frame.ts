// What every notice has, whatever it tells: its id, its place in the order, and whom it is about. Pure; the id is made of
// what makes the notice what it is, so that deciding again over the same state gives the same one.
import type { TargetSettings } from '../../config/settings.ts';
import type { TargetState } from '../memory/state.ts';
import { shortHash } from '../short-hash.ts';
import type { Notice } from './notice.ts';

export interface FrameContext {
  state: Pick<TargetState, 'target' | 'createdAt'>;
  target: Pick<TargetSettings, 'environment' | 'runbook'>;
  monitor: string;
  run: string;
  at: string;
}

type Frame = Pick<Notice, 'id' | 'sequence' | 'monitor' | 'target' | 'environment' | 'runbook' | 'at' | 'run'>;

/** @param content what it tells, as keys that tell it apart from every other notice with this number */
export function frameOf(
  sequence: number,
  content: readonly string[],
  { state, target, monitor, run, at }: FrameContext,
): Frame {
  const made = [state.target, state.createdAt, sequence, ...content];
  return {
    id: `${state.target}-${sequence}-${shortHash(made.join('\n'))}`,
    sequence,
    monitor,
    target: state.target,
    environment: target.environment,
    ...(target.runbook !== undefined && { runbook: target.runbook }),
    at,
    run,
  };
}
