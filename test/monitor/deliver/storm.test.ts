// Notices told together: what is registered, who tells it, and what happens when nobody does.
import { describe, expect, test } from 'vitest';
import { lead } from '../../../lambda/monitor/deliver/lead.ts';
import { publishAll } from '../../../lambda/monitor/deliver/publish.ts';
import { isStorm, register, registered, stormStanding } from '../../../lambda/monitor/deliver/storm.ts';
import { composeStorm } from '../../../lambda/monitor/deliver/storm-text.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { at, fail, finding, noon, story, targetWith } from '../builders.ts';
import { memoryStore, recordingTelemetry, recordingTopic, simulatedClock } from '../simulated.ts';

const bucket = 'driftwatch';

function noticeOf(target: string, severity: 'critical' | 'warning' = 'critical'): Notice {
  const evidence = { schema: `evidence/${target}/run/schema.json` };
  const [notice] = story(targetWith(['schema'], { name: target })).run(
    0,
    [fail('schema', 0, [finding({ severity })])],
    evidence,
  ).notices;
  if (!notice) throw new Error('nothing was said');
  return notice;
}

function scene() {
  const clock = simulatedClock(noon);
  const objects = memoryStore(clock);
  const telemetry = recordingTelemetry();
  const topic = recordingTopic();
  const place = { objects, bucket };
  const ports = { clock, random: () => 0.5, telemetry, topic, place };
  return {
    ...ports,
    objects,
    ports,
    add: (notice: Notice, role: 'alerts' | 'chat' = 'alerts') =>
      register(place, role, `[CRITICAL] ${notice.target} production: schema is failing`, notice),
    lead: (role: 'alerts' | 'chat' = 'alerts') =>
      clock.drive(
        lead({ ports, topic: role, arn: role, place: { bucket }, deadline: new Date(clock.now().getTime() + 45_000) }),
      ),
  };
}

test('one leads, waits for others, tells all of them and deletes what it told', async () => {
  const storm = scene();
  const notices = ['shop-1', 'shop-2', 'shop-3'].map((name) => noticeOf(name));
  const [first, second, third] = notices;
  if (!first || !second || !third) throw new Error('three were made');
  await storm.add(first);
  const leading = storm.lead();
  await storm.add(second);
  await storm.add(third);
  expect((await leading).sort()).toEqual(notices.map(({ id }) => id).sort());
  expect(storm.topic.arrived).toMatchObject([
    {
      subject: '[CRITICAL] 3 targets: 3 notices at once',
      attributes: { target: ['shop-1', 'shop-2', 'shop-3'], severity: ['critical'], status: ['opened'] },
    },
  ]);
  for (const { id, target } of notices) {
    expect(storm.topic.arrived[0]?.body).toContain(id);
    expect(storm.topic.arrived[0]?.body).toContain(`s3://${bucket}/evidence/${target}/run/schema.json`);
  }
  expect(await registered(storm.ports, 'alerts')).toEqual([]);
});

test('one that nobody joined is told under its own subject, and where its details are', async () => {
  const storm = scene();
  const notice = noticeOf('shop-1');
  await storm.add(notice);
  await storm.lead();
  const [message] = storm.topic.arrived;
  expect(message?.subject).toBe('[CRITICAL] shop-1 production: schema is failing');
  expect(message?.body.split('\n')).toEqual([
    '[CRITICAL] shop-1 production: schema is failing',
    '',
    'Too many messages came at that moment to send this one whole: its findings are in the evidence.',
    '',
    `Notice ${notice.id}, state of 2026-11-20 12:00:00 UTC`,
    'Evidence: s3://driftwatch/evidence/shop-1/run/schema.json',
    '',
    '--',
    expect.stringMatching(/^Notice storm-/),
  ]);

  await storm.add(noticeOf('shop-2'), 'chat');
  await storm.lead('chat');
  const { content } = JSON.parse(storm.topic.arrived.at(-1)?.body ?? '');
  expect(content.title).toContain('shop-2 production: schema is failing');
  expect(content.description).toMatch(/^Too many messages came/);
});

test('of two that would lead in the same seconds one does, and the storm is known', async () => {
  const storm = scene();
  await storm.add(noticeOf('shop-1'));
  expect(await isStorm(storm.ports, 'alerts')).toBe(false);
  expect(await storm.lead()).toHaveLength(1);
  await storm.add(noticeOf('shop-2'));
  expect(await storm.lead()).toEqual([]);
  expect(await isStorm(storm.ports, 'alerts')).toBe(true);
  storm.clock.pass(15_000);
  expect(await storm.lead()).toHaveLength(1);
});

test('what cannot be published stays registered, and that is an error', async () => {
  const storm = scene();
  await storm.add(noticeOf('shop-1'));
  storm.topic.publish = () => Promise.reject(new Error('no'));
  expect(await storm.lead()).toEqual([]);
  expect(await registered(storm.ports, 'alerts')).toHaveLength(1);
  expect(storm.telemetry.lines).toMatchObject([{ level: 'error' }]);
});

test('what waited for a topic that is not wanted any more is told to nobody when the topic comes back', async () => {
  const storm = scene();
  const notice = noticeOf('shop-1');
  // By a run that died before the outbox knew of it.
  await storm.add(notice, 'chat');
  const parcel = { notice, delivery: { topic: 'chat', failures: 0 } } as const;
  const deadline = new Date(storm.clock.now().getTime() + 45_000);
  const gone = { ports: storm.ports, topic: 'chat', arn: undefined, messages: () => [], deadline } as const;
  expect([...(await publishAll([parcel], gone)).values()]).toEqual([{ kind: 'given-up' }]);
  expect(await storm.lead('chat')).toEqual([]);
});

test('an object that is no registration is said and holds nothing up', async () => {
  const storm = scene();
  storm.objects.write('storm/alerts/nonsense.json', '{}');
  await storm.add(noticeOf('shop-1'));
  expect(await storm.lead()).toHaveLength(1);
  expect(storm.telemetry.lines[0]).toMatchObject({ level: 'warn', fields: { key: 'storm/alerts/nonsense.json' } });
});

describe('a registered notice', () => {
  const minutes = (count: number) => new Date(at(count));
  test.each([
    ['is waited for', true, 9, 'waiting'],
    ['tries for a slot of its own after ten minutes', true, 10, 'alone'],
    ['was told when its object is gone', false, 9, 'told'],
    ['was told long ago', false, 60, 'told'],
    ['is not known to be told when a lifecycle rule may have deleted the object', false, 12 * 60, 'alone'],
  ] as const)('%s', async (_, isThere, waited, standing) => {
    const storm = scene();
    const notice = noticeOf('shop-1');
    if (isThere) await storm.add(notice);
    const asked = { notice: notice.id, since: noon, now: minutes(waited) };
    expect(await stormStanding(storm.place, 'alerts', asked)).toBe(standing);
  });
});

test.each(['alerts', 'chat'] as const)(
  'more than one message of %s holds are told by several, all of them',
  async (role) => {
    const storm = scene();
    const names = Array.from({ length: 300 }, (_, index) => `shop-${index}-${'x'.repeat(30)}`);
    for (const name of names)
      await storm.add(noticeOf(name, name.startsWith('shop-299') ? 'critical' : 'warning'), role);
    const told = new Set<string>();
    for (let turn = 0; turn < 5; turn += 1) {
      for (const id of await storm.lead(role)) told.add(id);
      storm.clock.pass(15_000);
    }
    expect(told.size).toBe(300);
    const text = storm.topic.arrived.map(({ body }) => body).join('\n');
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
    // The worst first.
    expect(storm.topic.arrived[0]?.body.indexOf('shop-299')).toBeLessThan(
      storm.topic.arrived[0]?.body.indexOf('shop-0-') ?? 0,
    );
  },
);

test('ten thousand registered notices keep the limit of SNS', () => {
  const members = Array.from({ length: 10_000 }, (_, index) => ({
    format: 1 as const,
    notice: `shop-${index}-1-abcdef0123`,
    sequence: 1,
    monitor: 'control-core',
    target: `shop-${index}`,
    environment: 'production',
    severity: 'critical' as const,
    status: 'opened' as const,
    subject: `[CRITICAL] shop-${index} production: schema is failing`,
    at: noon,
    evidence: [`evidence/shop-${index}/20261120T120000Z-000000/schema.json`],
  }));
  const { message, told } = composeStorm('alerts', members, { bucket });
  expect(told.length).toBeGreaterThan(400);
  expect(new TextEncoder().encode(message.body + JSON.stringify(message.attributes)).length).toBeLessThan(262_144);
  expect(message.body).toContain(`${10_000 - told.length} more follow.`);
});
