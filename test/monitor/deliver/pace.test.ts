// Slots: at most five publishes a second to a topic, by however many runs, and nobody waits for ever.
import { describe, expect, test } from 'vitest';
import { EdgeError } from '../../../lambda/errors.ts';
import { slotsPerSecond, takeSlot } from '../../../lambda/monitor/deliver/pace.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { noon } from '../builders.ts';
import { memoryStore, recordingTelemetry, simulatedClock } from '../simulated.ts';

function scene() {
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const random = seededRandom(3);
  const telemetry = recordingTelemetry();
  const ports = { clock, random: () => random.below(1_000) / 1_000, telemetry, place: { objects, bucket: 'b' } };
  return { ...ports, ports, objects, until: (ms: number) => new Date(clock.now().getTime() + ms) };
}

test('the first to come goes at once, with one write', async () => {
  const { clock, objects, ports, until } = scene();
  expect(await clock.drive(takeSlot(ports, 'alerts', until(4_000)))).toBe(true);
  expect(clock.now().toISOString()).toBe(noon);
  expect(objects.keys()).toEqual([expect.stringMatching(/^pace\/alerts\/1795176000-[0-4]$/)]);
});

test('of forty at once, five go in every second, and who finds no slot in its time does not', async () => {
  const { clock, ports, until } = scene();
  const begin = clock.now().getTime();
  const ends = until(4_000);
  const times = await clock.drive(
    Promise.all(
      Array.from({ length: 40 }, async () => {
        const taken = await takeSlot(ports, 'alerts', ends);
        return taken ? Math.floor((clock.now().getTime() - begin) / 1_000) : undefined;
      }),
    ),
  );
  const seconds = Map.groupBy(times, (second) => second);
  expect([0, 1, 2, 3].map((second) => seconds.get(second)?.length)).toEqual(Array(4).fill(slotsPerSecond));
  expect(seconds.get(undefined)).toHaveLength(20);
});

test('topics do not share slots', async () => {
  const { clock, ports, until } = scene();
  const all = ['alerts', 'events', 'chat'] as const;
  const taken = all.flatMap((topic) => Array.from({ length: 5 }, () => takeSlot(ports, topic, until(900))));
  expect(await clock.drive(Promise.all(taken))).toEqual(Array(15).fill(true));
  expect(clock.now().toISOString()).toBe(noon);
});

describe('when slots cannot be written', () => {
  test.each([
    ['that passes, another slot is tried', 'unavailable', 1, true, 0],
    ['and never can, it does not go', 'unavailable', 1_000, false, 0],
    ['for want of a permission, it goes all the same, and that is said', 'denied', 1_000, true, 1],
  ] as const)('%s', async (_, reason, times, expected, warnings) => {
    const { clock, ports, objects, telemetry, until } = scene();
    let left: number = times;
    const place = {
      bucket: 'b',
      objects: {
        ...objects,
        put: (...call: Parameters<typeof objects.put>) => {
          left -= 1;
          return left >= 0 ? Promise.reject(new EdgeError(reason, 'no', { remedy: 'Later.' })) : objects.put(...call);
        },
      },
    };
    expect(await clock.drive(takeSlot({ ...ports, place }, 'alerts', until(3_000)))).toBe(expected);
    expect(telemetry.lines.filter(({ level }) => level === 'warn')).toHaveLength(warnings);
  });
});
