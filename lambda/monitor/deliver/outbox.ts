// Which run publishes which notice to which topic. Pure. A run claims what it publishes in the same write that puts it
// into the outbox, so that runs that overlap do not all send it; a claim ends by itself, so that a run that died holds
// nothing up. Within an incident the order is kept on every topic: nobody claims a notice while an earlier one of that
// incident is with another run. What happens on one topic says nothing about the others.
import type { NoticeTopic } from '../../config/topics.ts';
import type { EdgeReason } from '../../errors.ts';
import type { Delivery, OutboxEntry, TargetState } from '../memory/state.ts';
import type { Notice } from '../notice/notice.ts';

/** How long a claim lasts. */
export const claimMs = 60_000;

/** A notice on its way to one topic. */
export interface Parcel {
  notice: Notice;
  delivery: Delivery;
}

export type Sending =
  | { kind: 'published' }
  /** It leaves the outbox unpublished: the topic is not wanted any more, or it is kept as undeliverable under `key`. */
  | { kind: 'given-up'; key?: string; message?: string }
  /** Behind others or without a slot (pace.ts); with a time, it is registered to be told with others since then. */
  | { kind: 'waiting'; collapsingSince?: string; noSlot?: boolean }
  | { kind: 'failed'; reason: EdgeReason | 'unexpected'; message: string; permanent: boolean; sent: number };

/** Of one run, by parcelKey(). */
export type Sendings = ReadonlyMap<string, Sending>;

export function parcelKey(topic: NoticeTopic, notice: string): string {
  return `${topic} ${notice}`;
}

export function entryFor(notice: Notice, topics: readonly NoticeTopic[]): OutboxEntry {
  return { notice, left: topics.map((topic) => ({ topic, failures: 0 })) };
}

/**
 * The state with everything claimed that is free for this run; the very object when there is nothing to claim.
 * @param but parcelKey() of what this run has tried already
 */
export function claim(state: TargetState, run: string, now: Date, but: Pick<Sendings, 'has'> = new Map()): TargetState {
  const elsewhere = new Set<string>();
  let changed = false;
  const outbox = state.outbox.map(({ notice, left }): OutboxEntry => {
    const incidents = notice.entries.map(({ incident }) => incident);
    return {
      notice,
      left: left.map((one) => {
        const places = incidents.map((incident) => `${one.topic} ${incident}`);
        const taken = one.claim && one.claim.run !== run && Date.parse(one.claim.until) > now.getTime();
        if (taken || but.has(parcelKey(one.topic, notice.id)) || places.some((place) => elsewhere.has(place))) {
          for (const place of places) elsewhere.add(place);
          return one;
        }
        if (one.claim?.run === run) return one;
        changed = true;
        const until = new Date(now.getTime() + claimMs).toISOString();
        return { ...one, claim: { run, until, ...(one.claim && { takenOver: true }) } };
      }),
    };
  });
  return changed ? { ...state, outbox } : state;
}

/** In the order in which they are to be sent. */
export function claimedBy({ outbox }: Pick<TargetState, 'outbox'>, run: string): Parcel[] {
  return outbox.flatMap(({ notice, left }) =>
    left.flatMap((delivery) => (delivery.claim?.run === run ? [{ notice, delivery }] : [])),
  );
}

/** The state without what was published, with the claims of this run ended and its failures noted. */
export function settleOutbox(state: TargetState, run: string, sendings: Sendings, now: Date): TargetState {
  const outbox = state.outbox.flatMap(({ notice, left }): OutboxEntry[] => {
    const after = left.flatMap((one) => settled(one, sendings.get(parcelKey(one.topic, notice.id)), run, now));
    return after.length === 0 ? [] : [{ notice, left: after }];
  });
  return { ...state, outbox };
}

function settled(delivery: Delivery, sending: Sending | undefined, run: string, now: Date): Delivery[] {
  const { claim: held, ...rest } = delivery;
  const free = held && held.run !== run ? delivery : rest;
  switch (sending?.kind) {
    case undefined:
      return [free];
    case 'published':
    case 'given-up':
      return [];
    case 'waiting': {
      const { collapsingSince } = sending;
      return [{ ...free, ...(collapsingSince !== undefined && { collapsingSince }) }];
    }
    case 'failed': {
      const { reason, message, permanent, sent } = sending;
      const at = now.toISOString();
      return [
        {
          ...free,
          ...(sent > 0 && { sent }),
          failures: delivery.failures + 1,
          failingSince: delivery.failingSince ?? at,
          lastFailure: { at, reason, message, permanent },
        },
      ];
    }
  }
}
