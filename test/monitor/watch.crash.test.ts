// The process dies at every single call to the outside, before or after its effect: while a watch is started, superseded,
// stopped or ended. Whatever comes next finishes it: one report for each watch, under one id, and rounds that end.
import { describe, expect, test } from 'vitest';
import { targetState } from '../../lambda/monitor/memory/state.ts';
import { dueWatches } from '../../lambda/monitor/memory/watch-records.ts';
import { monitorTarget } from '../../lambda/monitor/pipeline.ts';
import { startWatch, stopRunningWatch, type WatchPlace } from '../../lambda/monitor/watches.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { alerts, noon, targetWith } from './builders.ts';
import { bucket, failing, monitorOf, type World } from './scripted.ts';
import {
  Died,
  type Mortal,
  memoryStore,
  mortal,
  recordingTelemetry,
  recordingTopic,
  simulatedClock,
  slowly,
} from './simulated.ts';

const target = targetWith(['schema', 'probe:login']);
const minute = 60_000;
const immortal = () => mortal(Number.POSITIVE_INFINITY, 'before');

function scene() {
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const topic = recordingTopic();
  const world: World = {};
  const random = seededRandom(11);
  const chance = () => random.below(1_000_000) / 1_000_000;
  const place = (life: Mortal): WatchPlace => ({
    ports: { clock, random: chance, place: { objects: life.store(objects), bucket } },
    deadline: new Date(clock.now().getTime() + minute),
    monitor: 'control-core',
    target,
    alerts,
  });
  return {
    clock,
    objects,
    topic,
    world,
    place,
    /** The same deployment at the same time, however often it is said. */
    start(version: string, startedAt: string, life = immortal()) {
      const asked = { version, forMs: 10 * minute, everyMs: minute };
      return clock.drive(startWatch(place(life), asked, new Date(startedAt)));
    },
    stop: (life = immortal()) => clock.drive(stopRunningWatch(place(life), 'ada')),
    run(watchRound: boolean, life = immortal(), slow = slowly(clock, () => 0)) {
      const parts = { world, clock, telemetry: recordingTelemetry(), random: chance };
      const monitor = monitorOf({ ...parts, objects: slow.store(life.store(objects)), topic: life.topic(topic) });
      const now = clock.now();
      return monitorTarget(monitor, {
        target,
        checks: ['schema', 'probe:login'],
        deadline: new Date(now.getTime() + minute),
        scheduledAt: now,
        watchRound,
      });
    },
    /** The next tick, and what it hands out. @returns whether it handed out a round */
    async tick(life = immortal()): Promise<boolean> {
      clock.pass(minute - (clock.now().getTime() % minute));
      const { due } = await dueWatches({ objects, bucket }, clock.now(), minute);
      if (due.length > 0) await clock.drive(this.run(true, life));
      return due.length > 0;
    },
    /** Ticks until no watch is left. */
    async toTheEnd() {
      for (let ticks = 0; await this.tick(); ticks += 1) if (ticks > 30) throw new Error('its rounds never end');
    },
    state: () => targetState.parse(JSON.parse(objects.read('state/pap-api.json') ?? '{}')),
    record: () => JSON.parse(objects.read('watches/pap-api.json') ?? '{}') as { over?: boolean },
    /** Reports that arrived, each id once; copies of one have to be the same message. */
    reports() {
      const reports = topic.arrived.filter(({ attributes }) => attributes.status === 'report');
      const byId = Map.groupBy(reports, ({ attributes }) => String(attributes.notice));
      for (const copies of byId.values()) expect(new Set(copies.map(({ body }) => body)).size).toBe(1);
      return [...byId.values()].map(([first]) => first?.subject ?? '');
    },
  };
}

type Scene = ReturnType<typeof scene>;

const ignoringDeath = (work: Promise<unknown>) =>
  work.catch((error: unknown) => {
    expect(error).toBeInstanceOf(Died);
  });

const first = /version 1\.5\.0 /;

/** What happens before, what dies at some call, and the reports there have to be in the end, with and without a repetition. */
const turns: Record<
  string,
  {
    before(s: Scene): Promise<unknown>;
    dying(s: Scene, life: Mortal): Promise<unknown>;
    again: boolean;
    reports: RegExp[];
  }
> = {
  'a start that is said again': {
    before: (s) => s.tick(),
    dying: (s, life) => s.start('1.5.0', noon, life),
    again: true,
    reports: [/version 1\.5\.0 passed its watch of 10 min$/],
  },
  'a start that supersedes and is said again': {
    async before(s) {
      await s.start('1.5.0', noon);
      await s.tick();
      await s.tick();
    },
    dying: (s, life) => s.start('1.6.0', '2026-11-20T12:02:00.000Z', life),
    again: true,
    reports: [/version 1\.5\.0 was superseded by 1\.6\.0/, /version 1\.6\.0 passed/],
  },
  'the run that ends it': {
    async before(s) {
      await s.start('1.5.0', noon);
      for (let ticks = 0; ticks < 9; ticks += 1) await s.tick();
    },
    dying: (s, life) => s.tick(life),
    again: false,
    reports: [first],
  },
  'a run of trouble amid the watch': {
    async before(s) {
      await s.start('1.5.0', noon);
      await s.tick();
      s.world.schema = failing();
    },
    dying: (s, life) => s.tick(life),
    again: false,
    reports: [/schema has gone wrong since version 1\.5\.0$/],
  },
};

describe.each(Object.entries(turns))('%s', (_, { before, dying, again, reports }) => {
  test('dies at any call', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth += 1) {
        const told = scene();
        await before(told);
        const life = mortal(nth, when);
        await ignoringDeath(dying(told, life));
        if (life.calls < nth) {
          expect(nth).toBeGreaterThan(3);
          break;
        }
        if (again) await dying(told, immortal());
        await told.toTheEnd();
        const context = `dies ${when} call ${nth}`;
        expect(told.reports(), context).toEqual(reports.map((subject) => expect.stringMatching(subject)));
        expect(told.state(), context).toMatchObject({ outbox: [], lastWatch: {} });
        expect(told.state().watching, context).toBeUndefined();
        expect(told.record(), context).toMatchObject({ over: true });
      }
    }
  });
});

test('a start that died after its record is begun by the next round, although nobody says it again', async () => {
  const told = scene();
  await told.tick();
  await ignoringDeath(told.start('1.5.0', noon, mortal(3, 'after')));
  expect(told.record()).toMatchObject({ over: false });
  expect(told.objects.keys()).not.toContain('state/pap-api.json');
  await told.toTheEnd();
  expect(told.reports()).toEqual([expect.stringMatching(first)]);
});

test('a stop that died before its record was closed leaves no rounds behind', async () => {
  for (let nth = 1; nth <= 4; nth += 1) {
    const told = scene();
    await told.start('1.5.0', noon);
    await told.tick();
    await ignoringDeath(told.stop(mortal(nth, 'after')));
    await told.toTheEnd();
    expect(told.reports()).toHaveLength(1);
    expect(told.record()).toMatchObject({ over: true });
  }
});

test('two runs that end it at once, and a start beside them, give one report each', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const told = scene();
    const random = seededRandom(seed);
    await told.start('1.5.0', noon);
    for (let ticks = 0; ticks < 9; ticks += 1) await told.tick();
    told.clock.pass(6 * minute);
    const slow = slowly(told.clock, () => random.below(400));
    const beside = startWatch(told.place(immortal()), { version: '1.6.0', forMs: 10 * minute, everyMs: minute });
    await told.clock.drive(
      Promise.all([
        told.run(true, immortal(), slow),
        told.run(true, immortal(), slow),
        told.run(false, immortal(), slow),
        beside,
      ]),
    );
    await told.toTheEnd();
    expect(told.reports(), `seed ${seed}`).toEqual([
      expect.stringMatching(/version 1\.5\.0/),
      expect.stringMatching(/version 1\.6\.0 passed/),
    ]);
  }
});

test('a function that was down at the end, and long after, still ends it with the report of its time', async () => {
  for (const watchRound of [true, false]) {
    const told = scene();
    await told.start('1.5.0', noon);
    await told.tick();
    told.clock.pass(26 * 60 * minute);
    if (watchRound) await told.tick();
    else await told.clock.drive(told.run(false));
    expect(told.reports()).toEqual([
      expect.stringMatching(/too little was verified in 10 min of watching version 1\.5\.0$/),
    ]);
    expect(told.topic.arrived[0]?.body).toContain('was watched from 2026-11-20 12:00 to 12:10 UTC (10 min)');
    await told.toTheEnd();
    expect(told.reports()).toHaveLength(1);
  }
});

test('a memory that became unreadable amid a watch loses what was seen, and not the report', async () => {
  const told = scene();
  await told.start('1.5.0', noon);
  await told.tick();
  told.objects.write('state/pap-api.json', '{');
  await told.toTheEnd();
  expect(told.reports()).toEqual([expect.stringMatching(/memory/), expect.stringMatching(/version 1\.5\.0/)]);
});

test('beside the rounds, a run of a watched target is one read and one conditional write', async () => {
  const told = scene();
  await told.start('1.5.0', noon);
  await told.tick();
  for (const watchRound of [true, false]) {
    told.clock.pass(minute);
    const life = immortal();
    await told.clock.drive(told.run(watchRound, life));
    expect(life.calls).toBe(2);
  }
});
