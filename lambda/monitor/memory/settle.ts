// Decides over what is remembered and writes it back; when somebody else wrote in between, reads again and decides again.
// `decide` is pure, so that is safe: what was stored already is not counted or said twice.
import type { Clock, Telemetry, WriteCondition } from '../../platform/ports.ts';
import { type Decided, type DecideInput, decide } from '../decide/decide.ts';
import { claim } from '../deliver/outbox.ts';
import { withRetries } from '../retry.ts';
import { keepAside, type MemoryPlace, type Recalled, recall, remember } from './memory.ts';
import { freshState, type TargetState } from './state.ts';

export interface SettleInput extends Omit<DecideInput, 'state' | 'now'> {
  ports: { clock: Clock; random: () => number; telemetry: Telemetry; place: MemoryPlace };
  /** What the run read when it began. */
  recalled: Recalled;
  deadline: Date;
}

export interface Settled extends Pick<Decided, 'notices' | 'decisions'> {
  /** As it is stored now, with what this run is to publish claimed by it. */
  state: TargetState;
  condition: WriteCondition;
  /** Key under which an unreadable document was kept. */
  keptAside?: string;
}

/** Many: of runs that write at the same time one succeeds in every round. */
const writing = { attempts: 15, firstDelayMs: 100 } as const;

/** @throws EdgeError when the state cannot be read or written in the time there is */
export async function settle(input: SettleInput): Promise<Settled> {
  const { ports, run, deadline, target } = input;
  const { clock, random, place, telemetry } = ports;
  let known = input.recalled.kind === 'state' ? input.recalled.state : undefined;
  let earlier: Decided | undefined;
  return withRetries({ clock, random, deadline, ...writing }, async (attempt) => {
    const recalled = attempt === 1 ? input.recalled : await recall(place, target.name);
    if (attempt > 1) telemetry.info('decides again over what another run wrote', { target: target.name, run, attempt });
    const basis = await basisFor(recalled, known, input);
    if (recalled.kind === 'state') known = recalled.state;
    const decided = decide({ ...input, state: basis, now: clock.now() });
    const claimed = claim(decided.state, run, clock.now());
    const said = earlier && isOwnWrite(decided, input) ? earlier : decided;
    earlier = said;
    const isStored = recalled.kind === 'state' && claimed === recalled.state;
    const stored = isStored
      ? { state: claimed, condition: recalled.condition }
      : await remember(place, claimed, recalled.condition);
    const { notices, decisions } = said;
    return { ...stored, notices, decisions, ...(basis.keptAside && { keptAside: basis.keptAside.key }) };
  });
}

/** What is decided over: what is stored, else what was stored when this run began, else a beginning. */
async function basisFor(
  recalled: Recalled,
  known: TargetState | undefined,
  { ports, target }: SettleInput,
): Promise<TargetState> {
  const now = ports.clock.now();
  switch (recalled.kind) {
    case 'state':
      return recalled.state;
    case 'nothing':
      return known ?? freshState(target.name, now);
    case 'corrupt': {
      const key = await keepAside(ports.place, target.name, recalled.body, now);
      const { problem } = recalled;
      ports.telemetry.error('the state was unreadable: it is kept aside, and a fresh one begins', {
        target: target.name,
        problem,
        key,
      });
      return freshState(target.name, now, { key, at: now.toISOString(), problem });
    }
  }
}

/** Whether all of this run's outcomes are known already: an earlier write of it arrived although no answer came back. */
function isOwnWrite({ decisions }: Decided, { outcomes }: SettleInput): boolean {
  return (
    outcomes.length > 0 &&
    outcomes.every(({ check, collectedAt }) =>
      decisions.some(
        (one) => one.check === check && one.reason.code === 'outdated' && one.reason.knownAt === collectedAt,
      ),
    )
  );
}
