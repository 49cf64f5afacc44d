// The stored document: that states which were written once can still be read, and what is not a state is told apart.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { acknowledge } from '../../../lambda/monitor/decide/acknowledge.ts';
import { addToHistory } from '../../../lambda/monitor/decide/history.ts';
import { addSilence } from '../../../lambda/monitor/decide/silences.ts';
import { freshState, parseState, stateFormat, type TargetState } from '../../../lambda/monitor/memory/state.ts';
import { beginWatch } from '../../../lambda/watch/life.ts';
import { watchOf } from '../../../lambda/watch/request.ts';
import { alerts, at, checkEntry, fail, finding, noon, pass, story, targetWith, unknown } from '../builders.ts';
import { stateOf } from '../stories.ts';

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** Something of everything that a state can hold. */
function eventful() {
  const told = story(
    targetWith(['schema', 'backup:nightly', checkEntry('probe:health', { passAfter: 2 }), 'database']),
  );
  told.run(0, [
    fail('schema', 0, [finding(), finding({ subject: 'public.users.note', severity: 'info', impact: 'cosmetic' })]),
    pass('backup:nightly', 0, { memory: { value: { refusedAt: at(0) } } }),
    fail('probe:health', 0, [finding({ subject: 'health' })], { reach: 'unreachable' }),
    pass('database', 0, { reach: 'reached', cameAlong: true }),
  ]);
  told.run(65, [
    unknown('schema', 65),
    unknown('backup:nightly', 65),
    pass('probe:health', 65, { version: '1.4.2', reach: 'reached' }),
  ]);
  told.state = stateOf(acknowledge(told.state, { by: 'ada', note: 'OPS-412', forMs: 3_600_000 }, new Date(at(66))));
  told.state = stateOf(
    addSilence(told.state, { check: 'probe', reason: 'new router', by: 'ada', forMs: 3_600_000 }, new Date(at(67))),
  );
  told.state = watchedFrom(told.state, '1.4.2', 67);
  told.state = watchedFrom(told.state, '1.5.0', 68);
  for (const minute of [68, 69]) told.run(minute, [pass('schema', minute)]);
  return told.run(70, [
    fail('schema', 70, [finding({ subject: 'public.users.other' })]),
    fail('database', 70, [finding({ subject: 'database' })], { reach: 'unreachable' }),
    fail('probe:health', 70, [finding({ subject: 'health' })], { reach: 'unreachable' }),
  ]).state;
}

const kept = (format: number) => readFile(new URL(`states/format-${format}.json`, import.meta.url));

/** A deployment that is watched; the one before is superseded. */
function watchedFrom(state: TargetState, version: string, minutes: number): TargetState {
  const asked = { version, commit: '4f2a91c', by: 'ada', forMs: 3_600_000, everyMs: 60_000 };
  const request = watchOf('pap-api', asked, new Date(at(minutes)));
  if ('refused' in request) throw new Error(request.refused);
  const now = new Date(at(minutes));
  const target = targetWith(['schema']);
  return stateOf(beginWatch(state, request, { monitor: 'control-core', target, alerts, now }));
}

test('a state of this format that was written before can still be read, and is written in the same way', async () => {
  const document = await kept(stateFormat);
  expect(parseState(document, 'pap-api')).toMatchObject({ kind: 'state', state: { format: stateFormat } });
  expect(JSON.parse(JSON.stringify(eventful()))).toEqual(JSON.parse(document.toString()));
});

test('a state of format 1 is brought to this one, and nothing of it is lost', async () => {
  const document = await kept(1);
  const parsed = parseState(document, 'pap-api');
  if (parsed.kind !== 'state') throw new Error(JSON.stringify(parsed));
  expect(parsed.state).toMatchObject({ format: stateFormat, silences: [], cutOff: { turns: [] } });
  const old = JSON.parse(document.toString());
  expect(JSON.parse(JSON.stringify(parsed.state))).toMatchObject({
    ...old,
    format: stateFormat,
    outbox: [{ notice: old.outbox[0].notice, left: [{ topic: 'alerts', failures: 0 }] }],
  });
  // It goes on as it was: what was open is known to be open.
  const resumed = story(targetWith(['schema', 'database']));
  resumed.state = { ...parsed.state, outbox: [] };
  expect(resumed.run(75, [pass('schema', 75)]).notices.map(({ status }) => status)).toEqual(['resolved']);
});

describe('what is no state of this target', () => {
  const state = freshState('pap-api', new Date(noon));
  test.each([
    ['a newer format', { ...state, format: stateFormat + 1 }, { kind: 'newer', format: stateFormat + 1 }],
    ['a much newer one of another shape', { format: 99 }, { kind: 'newer', format: 99 }],
    ['another target', { ...state, target: 'other' }, { kind: 'corrupt', problem: 'it is the state of "other"' }],
    ['nothing', '', { kind: 'corrupt', problem: 'its 0 bytes are not JSON text' }],
    [
      'bytes that are not UTF-8',
      new Uint8Array([0xff, 0xfe]),
      { kind: 'corrupt', problem: 'its 2 bytes are not JSON text' },
    ],
    [
      'a format that is none',
      { ...state, format: 'one' },
      { kind: 'corrupt', problem: expect.stringMatching(/^format: /) },
    ],
    [
      'a time that is none',
      { ...state, updatedAt: 'noon' },
      { kind: 'corrupt', problem: expect.stringMatching(/^updatedAt: /) },
    ],
    [
      'a member that is missing',
      { ...state, outbox: undefined },
      { kind: 'corrupt', problem: expect.stringMatching(/^outbox: /) },
    ],
  ])('%s', (_, stored, expected) => {
    expect(parseState(stored instanceof Uint8Array ? stored : bytes(stored), 'pap-api')).toEqual(expected);
  });
});

describe('the history', () => {
  const run = (hour: number, check = 'probe:health') => pass(check, hour * 60, {});
  const measured = (minutes: number, value: number) => {
    const outcome = pass('probe:health', minutes);
    return {
      ...outcome,
      judgement: { ...outcome.judgement, measures: [{ name: 'latency', value, unit: 'ms' as const }] },
    };
  };

  test('counts by the hour and by the day, with the sums of measures', () => {
    const history = addToHistory({ hours: [], days: [] }, [
      measured(1, 10),
      measured(2, 30),
      fail('probe:health', 61, [finding()]),
      unknown('probe:health', 62),
    ]);
    const latency = { unit: 'ms', n: 2, sum: 40, min: 10, max: 30 };
    expect(history).toEqual({
      hours: [
        { start: '2026-11-20T12', checks: { 'probe:health': { pass: 2, fail: 0, unknown: 0, measures: { latency } } } },
        { start: '2026-11-20T13', checks: { 'probe:health': { pass: 0, fail: 1, unknown: 1, measures: {} } } },
      ],
      days: [
        { start: '2026-11-20', checks: { 'probe:health': { pass: 2, fail: 1, unknown: 1, measures: { latency } } } },
      ],
    });
  });

  test('what comes late is counted where it belongs', () => {
    const history = addToHistory({ hours: [], days: [] }, [run(3), run(1), run(2)]);
    expect(history.hours.map(({ start }) => start)).toEqual(['2026-11-20T13', '2026-11-20T14', '2026-11-20T15']);
  });

  test('a number that is none is left out', () => {
    expect(
      addToHistory({ hours: [], days: [] }, [measured(1, Number.NaN)]).hours[0]?.checks['probe:health']?.measures,
    ).toEqual({});
  });

  test('does not grow with time', () => {
    const hours = Array.from({ length: 24 * 60 }, (_, hour) => run(hour));
    const history = addToHistory({ hours: [], days: [] }, hours);
    expect(history.hours).toHaveLength(30);
    expect(history.days).toHaveLength(15);
    expect(history.days.at(-1)?.start).toBe('2027-01-19');
  });
});
