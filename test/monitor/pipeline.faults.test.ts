// Everything goes wrong at once, differently for each seed: calls fail before or after their effect, answers are slow,
// processes die, runs overlap, clocks disagree. Once it stops, nothing may be missing and nothing said twice under two
// ids. A seed that fails is the bug report.
import { expect, test } from 'vitest';
import { monitorTarget } from '../../lambda/monitor/pipeline.ts';
import { targetState } from '../../lambda/monitor/state.ts';
import type { TopicMessage } from '../../lambda/platform/ports.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { checkEntry, finding, noon, targetWith } from './builders.ts';
import { failing, monitorOf, passing, type World } from './scripted.ts';
import {
  memoryStore,
  mortal,
  recordingTelemetry,
  recordingTopic,
  simulatedClock,
  slowly,
  unreliably,
} from './simulated.ts';

const ids = ['schema', 'probe:login', 'backup:nightly'];
const target = targetWith([
  checkEntry('schema'),
  checkEntry('probe:login', { failAfter: 2, passAfter: 2 }),
  checkEntry('backup:nightly'),
]);

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

test('nothing is lost and nothing is said twice, for 60 seeds', async () => {
  for (const seed of seeds) await expect(history(seed), `seed ${seed}`).resolves.toBeUndefined();
});

async function history(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const chance = (percent: number) => random.below(100) < percent;
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const topic = recordingTopic();
  const telemetry = recordingTelemetry();
  const world: World = {};
  let trouble = true;
  const revisions: number[] = [];

  const run = async () => {
    const life = mortal(
      trouble && chance(25) ? 1 + random.below(12) : Number.POSITIVE_INFINITY,
      chance(50) ? 'before' : 'after',
    );
    const network = slowly(clock, () => (trouble ? random.below(800) : 10));
    const weather = unreliably(() => trouble && chance(6));
    // Two machines never have quite the same time.
    const skewMs = trouble ? random.below(4_000) - 2_000 : 0;
    const ownClock = { ...clock, now: () => new Date(clock.now().getTime() + skewMs) };
    const monitor = monitorOf({
      world,
      clock: ownClock,
      objects: life.store(weather.store(network.store(objects))),
      topic: life.topic(weather.topic(network.topic(topic))),
      telemetry,
      random: () => random.below(1_000) / 1_000,
    });
    const deadline = new Date(ownClock.now().getTime() + 120_000);
    await clock.sleep(random.below(4_000));
    // A run that fails is delivered again by the queue, or the next one does its work.
    await monitorTarget(monitor, { target, checks: ids, deadline }).catch(() => undefined);
    const stored = objects.read('state/pap-api.json');
    if (stored !== undefined) revisions.push(targetState.parse(JSON.parse(stored)).revision);
  };

  for (let turn = 0; turn < 12; turn += 1) {
    for (const id of ids) {
      if (!chance(40)) continue;
      const subjects = ['a', 'b', 'c'].filter(() => chance(50));
      world[id] = subjects.length === 0 ? passing() : failing(...subjects.map((subject) => finding({ subject })));
    }
    await clock.drive(Promise.all(Array.from({ length: 1 + random.below(2) }, run)));
    clock.pass(300_000);
  }
  trouble = false;
  for (const id of ids) world[id] = passing();
  for (let turn = 0; turn < 4; turn += 1) {
    await clock.drive(run());
    clock.pass(300_000);
  }

  const state = targetState.parse(JSON.parse(objects.read('state/pap-api.json') ?? '{}'));
  if (state.outbox.length > 0) throw new Error(`${state.outbox.length} notices were left in the outbox`);
  if (revisions.some((revision, index) => revision < (revisions[index - 1] ?? 0)))
    throw new Error('the state went backwards');
  checkMessages(topic.arrived, state.sequence);
  for (const id of ids) checkStory(id, topic.arrived);
}

/** Every notice that was ever decided arrived, and what arrived twice is the same message. */
function checkMessages(arrived: readonly TopicMessage[], sequence: number): void {
  const byId = Map.groupBy(arrived, ({ attributes }) => String(attributes.notice));
  for (const [id, copies] of byId) {
    if (new Set(copies.map(({ body }) => body)).size > 1) throw new Error(`${id} was sent with two texts`);
  }
  const numbers = [...byId.values()]
    .map(([first]) => Number(first?.attributes.sequence))
    .sort((left, right) => left - right);
  const expected = Array.from({ length: sequence }, (_, index) => index + 1);
  if (String(numbers) !== String(expected)) throw new Error(`notices ${numbers} arrived, ${sequence} were decided`);
}

/** What was said of one check is: opened, anything, resolved; and so again. */
function checkStory(check: string, arrived: readonly TopicMessage[]): void {
  const said = arrived
    .filter(({ attributes }) => attributes.check?.includes(check))
    .map(({ attributes }) => ({ number: Number(attributes.sequence), status: String(attributes.status) }))
    .sort((left, right) => left.number - right.number);
  const distinct = said.filter(({ number }, index) => number !== said[index - 1]?.number);
  const statuses = distinct.map(({ status }) => status);
  let open = false;
  for (const status of statuses) {
    if (status === 'resolved' && !open) throw new Error(`${check}: an end without a beginning in ${statuses}`);
    open = status !== 'resolved';
  }
  if (open) throw new Error(`${check}: no end in ${statuses}`);
}
