// Who publishes what, when runs overlap.
import { describe, expect, test } from 'vitest';
import {
  claim,
  claimedBy,
  claimMs,
  entryFor,
  type Parcel,
  type Sending,
  settleOutbox,
} from '../../../lambda/monitor/deliver/outbox.ts';
import { freshState, type TargetState } from '../../../lambda/monitor/memory/state.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { fail, finding, noon, story, targetWith } from '../builders.ts';

const now = new Date(noon);
const later = (ms: number) => new Date(now.getTime() + ms);

/** A notice about each of these incidents. */
function notice(id: string, ...incidents: string[]): Notice {
  const [template] = story(targetWith(['schema'])).run(0, [fail('schema', 0, [finding()])]).notices;
  const [entry] = template?.entries ?? [];
  if (!template || !entry) throw new Error('nothing was said');
  return { ...template, id, entries: incidents.map((incident) => ({ ...entry, incident })) };
}

function stateWith(...notices: Notice[]): TargetState {
  return { ...freshState('pap-api', now), outbox: notices.map((one) => entryFor(one, ['alerts'])) };
}

const ids = (parcels: readonly Parcel[]) => parcels.map(({ notice: { id } }) => id);
const without = ({ outbox }: TargetState) =>
  outbox.flatMap(({ left, notice: { id } }) => left.map(({ claim: held }) => [id, held?.run]));

test('what is free is claimed, once', () => {
  const claimed = claim(stateWith(notice('n1', 'a'), notice('n2', 'b')), 'run-a', now);
  expect(ids(claimedBy(claimed, 'run-a'))).toEqual(['n1', 'n2']);
  expect(claim(claimed, 'run-a', now)).toBe(claimed);
});

test('what a run has claimed does not keep it from what comes after', () => {
  const claimed = claim(stateWith(notice('n1', 'a')), 'run-a', now);
  const grown = { ...claimed, outbox: [...claimed.outbox, ...stateWith(notice('n2', 'a')).outbox] };
  expect(ids(claimedBy(claim(grown, 'run-a', now), 'run-a'))).toEqual(['n1', 'n2']);
});

describe('what another run has claimed', () => {
  const given = () => claim(stateWith(notice('n1', 'a')), 'run-a', now);
  test('is left to it', () => {
    const claimed = given();
    expect(claim(claimed, 'run-b', later(claimMs - 1))).toBe(claimed);
  });
  test('is taken over when its claim has ended', () => {
    expect(ids(claimedBy(claim(given(), 'run-b', later(claimMs)), 'run-b'))).toEqual(['n1']);
  });
  test('is not overtaken by a later notice of the same incident, and by those of others is', () => {
    const claimed = given();
    const grown = {
      ...claimed,
      outbox: [...claimed.outbox, ...stateWith(notice('n2', 'b', 'a'), notice('n3', 'b'), notice('n4', 'c')).outbox],
    };
    const both = claim(grown, 'run-b', now);
    // n3 waits behind n2, which waits behind n1.
    expect(ids(claimedBy(both, 'run-b'))).toEqual(['n4']);
    const after = claim(
      settleOutbox(both, 'run-a', new Map([['alerts n1', { kind: 'published' }]]), now),
      'run-a',
      now,
    );
    expect(without(after)).toEqual([
      ['n2', 'run-a'],
      ['n3', 'run-a'],
      ['n4', 'run-b'],
    ]);
  });
});

describe('when a run has tried', () => {
  const given = () => claim(stateWith(notice('n1', 'a'), notice('n2', 'b')), 'run-a', now);
  const failed = { kind: 'failed', reason: 'missing', message: 'gone', permanent: true, sent: 0 } as const;
  test('what was published leaves, what failed stays, free and with the reason', () => {
    const sendings = new Map<string, Sending>([
      ['alerts n1', { kind: 'published' }],
      ['alerts n2', failed],
    ]);
    const settled = settleOutbox(given(), 'run-a', sendings, now);
    expect(settled.outbox).toEqual([
      {
        notice: expect.objectContaining({ id: 'n2' }),
        left: [
          {
            topic: 'alerts',
            failures: 1,
            failingSince: noon,
            lastFailure: { at: noon, reason: 'missing', message: 'gone', permanent: true },
          },
        ],
      },
    ]);
  });
  test('what is given up leaves, and nothing remains of it', () => {
    const sendings = new Map<string, Sending>([['alerts n1', { kind: 'given-up', key: 'undeliverable/n1' }]]);
    expect(without(settleOutbox(given(), 'run-a', sendings, now))).toEqual([['n2', undefined]]);
  });
  test('how much of it was sent stays, and since when it fails', () => {
    const once = settleOutbox(given(), 'run-a', new Map([['alerts n1', { ...failed, sent: 2 }]]), now);
    const again = claim(once, 'run-a', later(1));
    const twice = settleOutbox(again, 'run-a', new Map([['alerts n1', { ...failed, sent: 3 }]]), later(1));
    expect([once, twice].map(({ outbox }) => outbox[0]?.left[0])).toMatchObject([
      { sent: 2, failures: 1, failingSince: noon },
      { sent: 3, failures: 2, failingSince: noon, lastFailure: { at: later(1).toISOString() } },
    ]);
  });
  test('it does not try the same again, nor what comes after it in its incident', () => {
    const state = stateWith(notice('n1', 'a'), notice('n2', 'a'), notice('n3', 'b'));
    expect(ids(claimedBy(claim(state, 'run-a', now, new Set(['alerts n1'])), 'run-a'))).toEqual(['n3']);
  });
  test('what waits to be told with others stays free, and since when it waits', () => {
    const waiting = (collapsingSince?: string) =>
      new Map([['alerts n1', { kind: 'waiting', collapsingSince }]] as const);
    const settledWith = (sendings: ReturnType<typeof waiting>) =>
      settleOutbox(claim(stateWith(notice('n1', 'a')), 'run-a', now), 'run-a', sendings as never, now).outbox[0]?.left;
    expect(settledWith(waiting(noon))).toEqual([{ topic: 'alerts', failures: 0, collapsingSince: noon }]);
    expect(settledWith(waiting())).toEqual([{ topic: 'alerts', failures: 0 }]);
  });
  test('what is taken over from a run that died says so, and nothing else does', () => {
    const first = claim(stateWith(notice('n1', 'a')), 'run-a', now);
    const claimOf = ({ outbox }: typeof first) => outbox[0]?.left[0]?.claim;
    expect(claimOf(first)).not.toHaveProperty('takenOver');
    expect(claimOf(claim(first, 'run-b', later(claimMs)))).toMatchObject({ run: 'run-b', takenOver: true });
  });
  test('what another run has claimed meanwhile stays with it', () => {
    const taken = claim(given(), 'run-b', later(claimMs));
    expect(without(settleOutbox(taken, 'run-a', new Map(), later(claimMs)))).toEqual([
      ['n1', 'run-b'],
      ['n2', 'run-b'],
    ]);
  });
});

describe('of two topics', () => {
  const given = () => ({ ...freshState('pap-api', now), outbox: [entryFor(notice('n1', 'a'), ['alerts', 'events'])] });
  const places = (parcels: readonly Parcel[]) => parcels.map((one) => `${one.delivery.topic} ${one.notice.id}`);
  test('what was published to one is left for the other alone', () => {
    const claimed = claim(given(), 'run-a', now);
    expect(places(claimedBy(claimed, 'run-a'))).toEqual(['alerts n1', 'events n1']);
    const settled = settleOutbox(claimed, 'run-a', new Map([['alerts n1', { kind: 'published' }]]), now);
    expect(places(claimedBy(claim(settled, 'run-b', now), 'run-b'))).toEqual(['events n1']);
  });
  test('what waits on one is overtaken on the other', () => {
    const stuck = settleOutbox(
      claim(given(), 'run-a', now),
      'run-a',
      new Map([['alerts n1', { kind: 'published' }]]),
      now,
    );
    const grown = { ...stuck, outbox: [...stuck.outbox, entryFor(notice('n2', 'a'), ['alerts', 'events'])] };
    const tried = new Map([['events n1', true]]);
    expect(places(claimedBy(claim(grown, 'run-a', now, tried), 'run-a'))).toEqual(['alerts n2']);
  });
});
