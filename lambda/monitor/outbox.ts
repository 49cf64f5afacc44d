// Which run publishes which notice. Pure. A run claims what it publishes in the same write that puts it into the outbox,
// so that runs that overlap do not all send it; a claim ends by itself, so that a run that died holds nothing up. Within
// an incident the order is kept: nobody claims a notice while an earlier one of that incident is with another run.
import type { EdgeReason } from '../errors.ts';
import type { Notice } from './notice.ts';
import type { OutboxEntry, TargetState } from './state.ts';

/** How long a claim lasts. */
export const claimMs = 60_000;

export type Sending =
  | { kind: 'published' }
  | { kind: 'failed'; reason: EdgeReason | 'unexpected'; message: string; permanent: boolean };

/**
 * The state with everything claimed that is free for this run; the very object when there is nothing to claim.
 * @param but ids of notices that this run has tried already
 */
export function claim(state: TargetState, run: string, now: Date, but: ReadonlySet<string> = new Set()): TargetState {
  const elsewhere = new Set<string>();
  let changed = false;
  const outbox = state.outbox.map((entry): OutboxEntry => {
    const incidents = entry.notice.entries.map(({ incident }) => incident);
    const taken = entry.claim && entry.claim.run !== run && Date.parse(entry.claim.until) > now.getTime();
    if (taken || but.has(entry.notice.id) || incidents.some((incident) => elsewhere.has(incident))) {
      for (const incident of incidents) elsewhere.add(incident);
      return entry;
    }
    if (entry.claim?.run === run) return entry;
    changed = true;
    return { ...entry, claim: { run, until: new Date(now.getTime() + claimMs).toISOString() } };
  });
  return changed ? { ...state, outbox } : state;
}

export function claimedBy({ outbox }: Pick<TargetState, 'outbox'>, run: string): Notice[] {
  return outbox.flatMap(({ notice, claim: held }) => (held?.run === run ? [notice] : []));
}

/** The state without what was published, with the claims of this run ended and its failures noted. */
export function settleOutbox(
  state: TargetState,
  run: string,
  sendings: ReadonlyMap<string, Sending>,
  now: Date,
): TargetState {
  const outbox = state.outbox.flatMap((entry): OutboxEntry[] => {
    const sending = sendings.get(entry.notice.id);
    if (sending?.kind === 'published') return [];
    const { claim: held, ...rest } = entry;
    const free = held && held.run !== run ? { ...rest, claim: held } : rest;
    if (!sending) return [free];
    const { reason, message, permanent } = sending;
    const lastFailure = { at: now.toISOString(), reason, message, permanent };
    return [{ ...free, failures: entry.failures + 1, lastFailure }];
  });
  return { ...state, outbox };
}
