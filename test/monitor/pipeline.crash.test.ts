// The process dies at every single call to the outside, before or after its effect. The next run must lose nothing and
// say nothing under a second id.
import { describe, expect, test } from 'vitest';
import { type Milliseconds, parseDuration } from '../../lambda/config/duration.ts';
import { targetState } from '../../lambda/monitor/memory/state.ts';
import { monitorTarget, type RunReport } from '../../lambda/monitor/pipeline.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { finding, noon, targetWith } from './builders.ts';
import { blind, bucket, failing, monitorOf, passing, type World } from './scripted.ts';
import {
  Died,
  type Mortal,
  memoryStore,
  mortal,
  recordingTelemetry,
  recordingTopic,
  simulatedClock,
} from './simulated.ts';

const target = targetWith(['schema', 'probe:login', 'backup:nightly']);
const fiveMinutes = 300_000;

function scene() {
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const topic = recordingTopic();
  const telemetry = recordingTelemetry();
  const world: World = {};
  const random = seededRandom(7);
  return {
    clock,
    objects,
    topic,
    telemetry,
    world,
    /** One run five minutes after the last, by a process that lives as long as `life` says. */
    async run(
      life: Mortal = mortal(Number.POSITIVE_INFINITY, 'before'),
      timeouts: Record<string, Milliseconds> = {},
    ): Promise<RunReport> {
      clock.pass(fiveMinutes);
      const monitor = monitorOf({
        world,
        clock,
        objects: life.store(objects),
        topic: life.topic(topic),
        telemetry,
        random: () => random.below(1_000_000) / 1_000_000,
      });
      const deadline = new Date(clock.now().getTime() + 60_000);
      const checks = target.checks.map((entry) => ({ ...entry, timeout: timeouts[entry.id] ?? entry.timeout }));
      const ids = checks.map(({ id }) => id);
      return clock.drive(monitorTarget(monitor, { target: { ...target, checks }, checks: ids, deadline }));
    },
    state: () => targetState.parse(JSON.parse(objects.read('state/pap-api.json') ?? '{}')),
  };
}

type Scene = ReturnType<typeof scene>;

/** What the run that dies, and those after it, find. */
const turns: Record<string, { before: World[]; dying: World }> = {
  'the first run ever finds trouble': { before: [], dying: { schema: failing() } },
  'trouble of two severities begins': {
    before: [{}],
    dying: { schema: failing(), 'backup:nightly': failing(finding({ severity: 'warning' })) },
  },
  'trouble changes': {
    before: [{ schema: failing(finding({ subject: 'a' })) }],
    dying: { schema: failing(finding({ subject: 'a' }), finding({ subject: 'b' })) },
  },
  'trouble ends while other trouble begins': {
    before: [{ schema: failing() }],
    dying: { schema: passing(), 'probe:login': failing(finding({ subject: 'login' })) },
  },
  'what was unverified becomes so for the third time': {
    before: [{ 'probe:login': blind() }, { 'probe:login': blind() }],
    dying: { 'probe:login': blind() },
  },
};

async function upTo(scene: Scene, worlds: readonly World[]): Promise<void> {
  for (const world of worlds) {
    Object.assign(scene.world, world);
    await scene.run();
  }
}

/** By subject and body without what names the run: what a person was told. */
function told({ topic }: Scene): string[] {
  const lines = topic.arrived.map(({ subject, attributes }) => `${subject} [${attributes.status}]`);
  return [...new Set(lines)].sort();
}

describe.each(Object.entries(turns))('%s', (_, { before, dying }) => {
  test('and the process dies at any call', async () => {
    const calm = scene();
    await upTo(calm, [...before, dying]);
    await calm.run();
    const expected = told(calm);
    expect(expected.length).toBeGreaterThan(0);

    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const crashed = scene();
        await upTo(crashed, before);
        Object.assign(crashed.world, dying);
        const life = mortal(nth, when);
        const death = await crashed.run(life).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (life.calls < nth) {
          expect(nth).toBeGreaterThan(4);
          break;
        }
        if (death !== undefined) expect(death).toBeInstanceOf(Died);
        await crashed.run();
        await crashed.run();
        const context = `dies ${when} call ${nth}`;
        expect(told(crashed), context).toEqual(expected);
        expect(crashed.state().outbox, context).toEqual([]);
        // One id, one text: what arrives again is the same message.
        const byId = Map.groupBy(crashed.topic.arrived, ({ attributes }) => String(attributes.notice));
        for (const copies of byId.values()) expect(new Set(copies.map(({ body }) => body)).size, context).toBe(1);
        expect(byId.size, context).toBe(expected.length);
      }
    }
  });
});

test('a green run is one read and one conditional write', async () => {
  const quiet = scene();
  await quiet.run();
  const life = mortal(Number.POSITIVE_INFINITY, 'before');
  await quiet.run(life);
  expect(life.calls).toBe(2);
  expect(quiet.objects.keys()).toEqual(['state/pap-api.json']);
});

test('a run that finds trouble writes the evidence before it speaks of it', async () => {
  const broken = scene();
  broken.world.schema = failing();
  const report = await broken.run();
  const key = `evidence/pap-api/${report.run}/schema.json`;
  expect(report.notices[0]?.entries[0]?.evidence).toBe(key);
  expect(JSON.parse(broken.objects.read(key) ?? '')).toMatchObject({ format: 1, check: 'schema', target: 'pap-api' });
  expect(broken.topic.arrived[0]?.body).toContain(`s3://${bucket}/${key}`);
});

test('a check that hangs leaves time to remember and to tell what the others found', async () => {
  const slow = scene();
  slow.world.schema = failing();
  slow.world['backup:nightly'] = () => new Promise(() => {});
  const before = slow.clock.now().getTime() + fiveMinutes;
  const report = await slow.run(undefined, { 'backup:nightly': parseDuration('10m') });
  expect(slow.clock.now().getTime() - before).toBe(45_000);
  expect(report.outcomes.map(({ check, judgement }) => `${check} ${judgement.status}`)).toEqual([
    'backup:nightly unknown',
    'probe:login pass',
    'schema fail',
  ]);
  expect(slow.topic.arrived).toHaveLength(1);
});
