// The sweep over the functions as they are deployed: what a dead topic kept, and a target that is taken out of the
// settings by a deployment.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import { bucket, subjects, type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let application: Awaited<ReturnType<typeof serve>>;

const settings = (...names: string[]): MonitorInput => {
  const probe = { url: application.url, failAfter: 1, passAfter: 1 };
  const targets = names.map((name) => [name, { environment: 'production', checks: { probe } }] as const);
  return { name: 'swept', targets: Object.fromEntries(targets) };
};

beforeAll(async () => {
  world = await startWorld();
  application = await serve(() => ({ status: 500, headers: {}, body: '' }));
  watched = await watch(world, settings('shop', 'shop.old'));
});
afterAll(async () => {
  await watched.monitor.stop();
  await application.close();
  await world.stop();
});

test('what a topic did not take goes out with the sweep, and a sweep after it writes nothing', async () => {
  world.sns.faults.inject({ kind: 'answer', status: 403 }, { operation: 'Publish', times: Number.POSITIVE_INFINITY });
  expect(subjects(await watched.run())).toEqual([]);
  world.sns.faults.clear();
  expect(subjects(await watched.sweep()).sort()).toEqual([
    '[CRITICAL] shop production: probe is failing',
    '[CRITICAL] shop.old production: probe is failing',
  ]);
  const written = () => world.s3.calls.filter(({ operation }) => operation === 'PutObject').length;
  const before = written();
  expect(await watched.sweep()).toMatchObject({ notices: [], redelivered: 0, deadLetters: [] });
  expect(written()).toBe(before);
});

test('a target that a deployment took out is closed, with that reason', async () => {
  await watched.monitor.stop();
  watched = await watch(world, settings('shop'));
  const { notices } = await watched.sweep();
  expect(notices.map(({ subject }) => subject)).toEqual(['[RESOLVED] shop.old production: probe is no longer checked']);
  expect(subjects(await watched.sweep())).toEqual([]);
  const state = JSON.parse(Buffer.from(world.s3.read(bucket, 'state/shop.old.json') ?? []).toString());
  expect(state).toMatchObject({ checks: {}, outbox: [] });
});
