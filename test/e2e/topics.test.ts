// The three topics over the functions as they are deployed: what a person, a program and a chat are told of the same
// trouble, from its beginning to its end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NoticeTopic } from '../../lambda/config/topics.ts';
import { eventData } from '../../lambda/monitor/notice/event.ts';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let application: Awaited<ReturnType<typeof serve>>;
let status = 500;

beforeAll(async () => {
  world = await startWorld();
  application = await serve(() => ({ status, headers: {}, body: '' }));
  const probe = { url: application.url, failAfter: 1, passAfter: 1 };
  watched = await watch(world, {
    name: 'topics',
    alerts: { events: true, chat: true },
    targets: { shop: { environment: 'production', checks: { 'probe:start': probe, 'probe:login': probe } } },
  });
});
afterAll(async () => {
  await watched.monitor.stop();
  await application.close();
  await world.stop();
});

const arrived = (topic: NoticeTopic) => world.sns.published(watched.monitor.topicArns[topic] ?? '');
const bodies = (topic: NoticeTopic) => arrived(topic).map(({ body }) => JSON.parse(body));

test('what begins and ends is told on each, in the form of each, under one id', async () => {
  await watched.run();
  status = 200;
  await watched.run();
  const alerts = arrived('alerts').map(({ subject, attributes }) => [subject, attributes.notice?.Value]);
  expect(alerts.map(([subject]) => subject)).toEqual([
    '[CRITICAL] shop production: login and start are failing',
    '[RESOLVED] shop production: login and start are all right again',
  ]);
  const events = bodies('events');
  expect(events.map(({ id, type, subject }) => [id, type, subject])).toEqual([
    [alerts[0]?.[1], 'driftwatch.notice.opened', 'shop'],
    [alerts[1]?.[1], 'driftwatch.notice.resolved', 'shop'],
  ]);
  for (const { data } of events) expect(eventData.parse(data)).toEqual(data);
  const chat = bodies('chat');
  expect(chat.map(({ content }) => content.title)).toEqual([
    '[CRITICAL] shop production: login is failing',
    '[CRITICAL] shop production: start is failing',
    '[RESOLVED] shop production: login is all right again',
    '[RESOLVED] shop production: start is all right again',
  ]);
  const threads = chat.map(({ metadata }) => metadata.threadId);
  expect(threads.slice(2)).toEqual(threads.slice(0, 2));
  expect(new Set(threads).size).toBe(2);
});
