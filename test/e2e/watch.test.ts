// A deployment that is watched, by the functions as they are deployed: asked for by command, call and event, carried out by
// ticks and the queue, ended with a report at the subscriber. Time is made short by moving the end that is remembered.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import type { Ended } from './command.ts';
import { type Desk, openDesk } from './desk.ts';
import { bucket, subjects, type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let desk: Desk;
let application: Awaited<ReturnType<typeof serve>>;
let status = 200;

beforeAll(async () => {
  world = await startWorld();
  application = await serve(() => ({ status, headers: {}, body: '' }));
  const settings = {
    name: 'watched',
    targets: {
      shop: { environment: 'production', checks: { probe: { url: application.url, failAfter: 3, passAfter: 1 } } },
      other: { environment: 'production', checks: { probe: { url: application.url } } },
    },
  };
  watched = await watch(world, settings);
  desk = await openDesk(world, settings);
});
afterAll(async () => {
  await watched.monitor.stop();
  await application.close();
  await world.stop();
  await desk.leave();
});

const command = (...args: string[]): Promise<Ended> => desk.run('watch', ...args);

const round = () => watched.run('watch');

const stored = (key: string) => JSON.parse(world.s3.read(bucket, key)?.toString() ?? '{}');

/** The watch is over a second ago, and no round of it was missed. */
function overNow(): void {
  const over = new Date(Date.now() - 1_000).toISOString();
  const state = stored('state/shop.json');
  const record = stored('watches/shop.json');
  world.s3.put(bucket, 'state/shop.json', JSON.stringify({ ...state, watching: { ...state.watching, until: over } }));
  const watch = { ...record.watch, until: over };
  world.s3.put(bucket, 'watches/shop.json', JSON.stringify({ ...record, watch }));
}

test('without a watch, the tick hands out nothing', async () => {
  expect(await round()).toMatchObject({ handled: 0, notices: [] });
  expect(await command('status', '--target', 'shop')).toMatchObject({
    code: 2,
    stdout: 'shop has not been watched.\n',
  });
});

test('a watch is started by command, and its rounds are of its target only', async () => {
  const version = '$(touch pwned) 1.5.0';
  const started = await command('start', '--target', 'shop', '--version', version, '--for', '10m', '--every', '1m');
  expect(started).toMatchObject({ code: 0, stderr: '' });
  expect(started.stdout).toContain(`Watching version ${version} of shop until `);
  expect(await round()).toMatchObject({ handled: 1, notices: [] });
  expect(Object.keys(stored('state/shop.json').watching.checks)).toEqual(['probe']);
  expect(world.s3.read(bucket, 'state/other.json')).toBeUndefined();
  const standing = await command('status', '--target', 'shop');
  expect(standing).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is wrong so far.') });
});

test('its first failing run is told, and it ends with a report', async () => {
  status = 500;
  expect(subjects(await round())).toEqual(['[CRITICAL] shop production: probe is failing']);
  expect(await command('status', '--target', 'shop')).toMatchObject({ code: 1 });
  overNow();
  const { notices } = await round();
  expect(notices.map(({ subject }) => subject)).toEqual([
    '[WATCH FAILED] shop production: probe has gone wrong since version $(touch pwned) 1.5.0',
  ]);
  expect(notices[0]?.message).toContain('Version $(touch pwned) 1.5.0 was watched from ');
  expect(notices[0]?.message).toContain(', as ada asked.');
  expect(await command('status', '--target', 'shop')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Probe has been failing since the deployment.'),
  });
  expect(await round()).toMatchObject({ handled: 0, notices: [] });
});

test('an event of a pipeline starts the next one, a newer event supersedes it, and it is stopped by a call', async () => {
  const event = (version: string) =>
    watched.monitor.event({
      version: '0',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      'detail-type': 'deployment',
      source: 'driftwatch',
      account: '123456789012',
      time: new Date().toISOString(),
      region: 'eu-central-1',
      resources: [],
      detail: { target: 'shop', version, for: '30m', every: '1m' },
    });
  status = 200;
  expect(await event('1.6.0')).toMatchObject({ status: 'done' });
  expect(subjects(await round())).toEqual(['[RESOLVED] shop production: probe is all right again']);
  expect(await event('1.7.0')).toMatchObject({ status: 'done' });
  expect(subjects(await round())).toEqual([
    '[WATCH INCONCLUSIVE] shop production: version 1.6.0 was superseded by 1.7.0 while it was watched',
  ]);
  expect(await watched.ask({ target: 'shop', watch: 'stop', by: 'grace' })).toMatchObject({ status: 'done' });
  expect(subjects(await round())).toEqual([
    '[WATCH INCONCLUSIVE] shop production: the watch of version 1.7.0 was stopped',
  ]);
  await expect(watched.monitor.event({ source: 'aws.ec2', 'detail-type': 'x', detail: {} })).rejects.toThrow();
});

test('what cannot be watched is told', async () => {
  const refused = await Promise.all([
    command('start', '--target', 'shopp', '--version', '1'),
    command('start', '--target', 'shop', '--version', '1', '--for', '365d'),
    command('start', '--target', 'shop', '--version', '1', '--for', '0h'),
    command('start', '--target', 'shop', '--version', '1', '--every', '90s'),
    command('start', '--target', 'shop', '--version', 'a\u0007b'),
    command('start', '--target', 'shop'),
    command('stop', '--target', 'shop'),
  ]);
  expect(refused.map(({ stderr }) => stderr)).toEqual(
    [
      'the settings have no target "shopp"; did you mean "shop"?',
      'a watch lasts 10 min to 7 d',
      'Expected a duration such as 30m, 2h or 7d.',
      'the rounds of a watch are whole minutes apart',
      'the version "a\\u0007b" has characters that cannot be printed',
      '--version',
      'shop is not being watched',
    ].map((says) => expect.stringContaining(says)),
  );
  expect(new Set(refused.slice(1).map(({ code }) => code))).toEqual(new Set([64]));
});
