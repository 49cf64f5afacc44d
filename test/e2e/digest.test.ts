// The digest, from its schedule to the reader: once a period on every topic, whatever is delivered again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../local/world.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';
import { bucket, type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let endpoints: Switchboard;

beforeAll(async () => {
  world = await startWorld();
  endpoints = await startSwitchboard();
  watched = await watch(world, {
    name: 'shops',
    alerts: { events: true, digest: { every: 'day' } },
    targets: { 'shop-a': endpoints.target('a'), 'shop-b': endpoints.target('b') },
  });
});
afterAll(async () => {
  await watched.monitor.stop();
  await endpoints.close();
  await world.stop();
});

const published = (role: 'alerts' | 'events') =>
  world.sns.published(watched.monitor.topicArns[role] ?? expect.fail(`there is no topic ${role}`));
const inAnHour = () => new Date(Date.now() + 3_600_000);

test('says that nothing went wrong, to people and to programs, once', async () => {
  await watched.run();
  const at = inAnHour();
  await watched.monitor.digest(at);
  await watched.monitor.digest(at);
  expect(published('alerts').map(({ subject }) => subject)).toEqual(['[DIGEST] shops all targets: nothing went wrong']);
  expect(published('alerts')[0]?.body).toContain(
    'Nothing went wrong: 2 checks were carried out over 2 targets, and all of them passed.',
  );
  expect(published('events').map(({ body }) => JSON.parse(body).data.status)).toEqual(['digest']);
  expect(world.s3.keys(bucket).filter((key) => key.startsWith('digests/'))).toHaveLength(3);
  // The SDK of S3 writes a line of its own about an object without a body.
  expect(watched.monitor.log().filter((line) => !line.startsWith('{'))).toEqual([]);
});

test('names what is in trouble first, and a topic that failed gets it with the next delivery, the other not again', async () => {
  endpoints.turn('broken', 'b');
  await watched.run();
  const at = new Date(inAnHour().getTime() + 60_000);
  const before = { alerts: published('alerts').length, events: published('events').length };
  const events = watched.monitor.topicArns.events ?? expect.fail('there is no events topic');
  world.sns.faults.inject({ kind: 'answer', status: 500 }, { operation: 'Publish', resource: events, times: 4 });
  await watched.monitor.digest(at);
  const [first] = published('alerts').slice(before.alerts);
  expect(first?.subject).toBe('[DIGEST] shops all targets: 1 target is in trouble');
  expect(first?.body).toMatch(/== shop-b \(test\): 1 open ==[\s\S]*OPEN probe failing since[\s\S]*== shop-a/);
  expect(published('alerts')).toHaveLength(before.alerts + 1);
  expect(published('events')).toHaveLength(before.events + 1);
});
