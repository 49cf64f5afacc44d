// A storm over the whole fleet: two hundred targets fail in the same minute. At most five messages a second reach a topic,
// everybody is told, and when it is over everything is told to be over and nothing waits.
import { expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { slotsPerSecond } from '../../lambda/monitor/deliver/pace.ts';
import { targetState } from '../../lambda/monitor/memory/state.ts';
import { monitorTarget, sweepTarget } from '../../lambda/monitor/pipeline.ts';
import type { Topic } from '../../lambda/platform/ports.ts';
import { alerts, finding, noon, targetWith } from '../monitor/builders.ts';
import { failing, monitorOf, passing, type World } from '../monitor/scripted.ts';
import { memoryStore, recordingTelemetry, simulatedClock, slowly } from '../monitor/simulated.ts';
import { seededRandom } from '../support/seeded-random.ts';

const fleet = Array.from({ length: 200 }, (_, index) => targetWith(['probe:health'], { name: `shop-${index + 1}` }));
/** As many runs at the same time as the functions of a deployment. */
const atOnce = 50;

test('two hundred targets fail in the same minute', { timeout: 120_000 }, async () => {
  const clock = simulatedClock(noon);
  const random = seededRandom(11);
  const objects = memoryStore(clock);
  const telemetry = recordingTelemetry();
  const world: World = {};
  const arrived: { second: number; topic: string; text: string }[] = [];
  const topic: Topic = {
    async publish(arn, { subject, body }) {
      const second = Math.floor(clock.now().getTime() / 1_000);
      arrived.push({ second, topic: arn, text: `${subject}\n${body}` });
      return { messageId: String(arrived.length) };
    },
    subscriptions: async () => ({ confirmed: 1, pending: 0 }),
  };
  const monitor = {
    ...monitorOf({
      world,
      clock,
      objects: slowly(clock, () => 5 + random.below(20)).store(objects),
      topic,
      telemetry,
      random: () => random.below(1_000_000) / 1_000_000,
    }),
    alerts: { ...alerts, events: true, chat: true },
    topics: { alerts: 'alerts', events: 'events', chat: 'chat' },
  };
  const deadline = () => new Date(clock.now().getTime() + parseDuration('2m'));
  const everywhere = async (work: (target: (typeof fleet)[number]) => Promise<unknown>) => {
    const waiting = [...fleet];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
    };
    await clock.drive(Promise.all(Array.from({ length: atOnce }, worker)));
  };
  const run = () =>
    everywhere((target) => monitorTarget(monitor, { target, checks: ['probe:health'], deadline: deadline() }));
  const sweep = () => everywhere((target) => sweepTarget(monitor, { target, deadline: deadline() }));
  const waiting = () =>
    fleet.flatMap(({ name }) => targetState.parse(JSON.parse(objects.read(`state/${name}.json`) ?? '{}')).outbox);
  const named = (role: string, word: RegExp) => {
    const text = arrived.flatMap((one) => (one.topic === role && word.test(one.text) ? [one.text] : [])).join('\n');
    return fleet.filter(({ name }) => new RegExp(`${name}\\b`).test(text)).length;
  };
  const busiest = () =>
    Math.max(...[...Map.groupBy(arrived, (one) => `${one.topic} ${one.second}`).values()].map(({ length }) => length));
  const untilQuiet = async () => {
    for (let turn = 0; turn < 10 && waiting().length > 0; turn += 1) {
      clock.pass(parseDuration('15m'));
      await sweep();
    }
  };

  await run();
  world['probe:health'] = failing(finding({ subject: 'health' }));
  clock.pass(parseDuration('5m'));
  await run();
  const inTheFirstRun = arrived.length;
  expect(named('alerts', /failing/)).toBeGreaterThan(100);
  await untilQuiet();
  expect(waiting()).toEqual([]);
  for (const role of ['alerts', 'events', 'chat']) expect([role, named(role, /failing|opened/)]).toEqual([role, 200]);
  // Collapsed: a person gets far fewer messages than there are targets, a program gets each of them.
  const count = (role: string) => arrived.filter((one) => one.topic === role).length;
  expect(count('alerts')).toBeLessThan(150);
  expect(count('events')).toBe(200);
  expect(inTheFirstRun).toBeGreaterThan(50);

  expect(busiest()).toBeLessThanOrEqual(slotsPerSecond);
  arrived.length = 0;
  world['probe:health'] = passing();
  clock.pass(parseDuration('5m'));
  await run();
  await untilQuiet();
  expect(waiting()).toEqual([]);
  expect(busiest()).toBeLessThanOrEqual(slotsPerSecond);
  for (const role of ['alerts', 'events', 'chat']) {
    expect([role, named(role, /all right|resolved/)]).toEqual([role, 200]);
  }
  expect(telemetry.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
