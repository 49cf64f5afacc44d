// Runs of one target that overlap: schedules fire at the same moment, messages arrive twice. Each seed is another
// interleaving. As long as nobody dies, every notice is sent exactly once.
import { expect, test } from 'vitest';
import { targetState } from '../../lambda/monitor/memory/state.ts';
import { monitorTarget } from '../../lambda/monitor/pipeline.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { finding, noon, targetWith } from './builders.ts';
import { failing, monitorOf, passing, type World } from './scripted.ts';
import { memoryStore, recordingTelemetry, recordingTopic, simulatedClock, slowly } from './simulated.ts';

const target = targetWith(['schema', 'probe:login', 'probe:health', 'backup:nightly']);
const broken = (subject: string) => failing(finding({ subject }));

test.each(Array.from({ length: 40 }, (_, seed) => seed))('interleaving %i', async (seed) => {
  const random = seededRandom(seed);
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const topic = recordingTopic();
  const telemetry = recordingTelemetry();
  const network = slowly(clock, () => random.below(2_000));
  const world: World = {};
  const monitor = monitorOf({
    world,
    clock,
    objects: network.store(objects),
    topic: network.topic(topic),
    telemetry,
    random: () => random.below(1_000) / 1_000,
  });
  const run = async (checks: string[], delayMs: number) => {
    await clock.sleep(delayMs);
    return monitorTarget(monitor, { target, checks, deadline: new Date(clock.now().getTime() + 120_000) });
  };
  const together = (...runs: string[][]) =>
    clock.drive(Promise.all(runs.map((checks) => run(checks, random.below(3_000)))));

  await together(['schema'], ['probe:login', 'probe:health']);
  Object.assign(world, { schema: broken('a'), 'probe:login': broken('b'), 'backup:nightly': broken('c') });
  await together(['schema'], ['probe:login', 'probe:health'], ['backup:nightly'], ['schema']);
  Object.assign(world, {
    schema: failing(finding({ subject: 'a' }), finding({ subject: 'd' })),
    'probe:login': passing(),
  });
  await together(['schema'], ['schema', 'probe:login'], ['probe:login']);
  Object.assign(world, { schema: passing(), 'backup:nightly': passing() });
  await together(['schema'], ['backup:nightly'], ['schema', 'backup:nightly']);

  const state = targetState.parse(JSON.parse(objects.read('state/pap-api.json') ?? '{}'));
  expect(state.outbox).toEqual([]);
  const ids = topic.arrived.map(({ attributes }) => String(attributes.notice));
  expect(new Set(ids).size).toBe(ids.length);
  expect(state.sequence).toBe(ids.length);
  const said = (check: string) =>
    topic.arrived
      .filter(({ attributes }) => attributes.check?.includes(check))
      .map(({ attributes }) => attributes.status);
  expect(said('schema')).toEqual(['opened', 'updated', 'resolved']);
  expect(said('probe:login')).toEqual(['opened', 'resolved']);
  expect(said('backup:nightly')).toEqual(['opened', 'resolved']);
  expect(telemetry.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
