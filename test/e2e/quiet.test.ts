// What people ask not to be told: by the command and by a call of the function, over one endpoint that fails. Each part
// goes on from where the one before it ended.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../local/http-server.ts';
import { startWorld, type World } from '../../local/world.ts';
import type { Ended } from './command.ts';
import { type Desk, openDesk } from './desk.ts';
import { subjects, type Watched, watch } from './watched-world.ts';

let world: World;
let watched: Watched;
let desk: Desk;
let application: Awaited<ReturnType<typeof serve>>;
let status = 200;

beforeAll(async () => {
  world = await startWorld();
  application = await serve(() => ({ status, headers: {}, body: '' }));
  const settings = {
    name: 'quiet',
    targets: {
      shop: { environment: 'production', checks: { probe: { url: application.url, failAfter: 1, passAfter: 1 } } },
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

const command = (...args: string[]): Promise<Ended> => desk.run(...args, '--target', 'shop');
let silence = '';

test('a silence is asked for by name and with a reason, and keeps back what begins', async () => {
  const asked = await command('silence', 'start', '--for', '2h', '--reason', 'moving\nthe router', '--check', 'probe');
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  const said = /^Silenced: ([0-9a-f]{10}): probe, until .{20}, by ada: moving\\nthe router\n/.exec(asked.stdout);
  silence = said?.[1] ?? '';
  expect(silence, asked.stdout).not.toBe('');
  status = 500;
  expect(subjects(await watched.run())).toEqual([]);
  expect((await command('silence', 'list')).stdout).toContain(silence);
  const { decision } = await watched.look('shop', 'probe');
  expect(decision?.why).toMatch(/^nothing to send: silenced by ada until .*: moving\nthe router$/);
});

test('when it ends, what is still wrong is told, and why only now', async () => {
  expect(await watched.ask({ target: 'shop', endSilence: silence })).toEqual({
    status: 'done',
    summary: [`The silence ${silence} is over.`],
    results: [],
  });
  const { notices } = await watched.run();
  expect(notices.map(({ subject }) => subject)).toEqual(['[CRITICAL] shop production: probe is failing']);
  expect(notices[0]?.message).toContain(
    'Not told before because of the silence by ada (moving\\nthe router), which is over.',
  );
});

test('who acknowledges is named in what is told next', async () => {
  const asked = await command('acknowledge', '--note', 'OPS-412', '--for', '1h');
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Acknowledged by ada until .*: incident /) });
  const { decision } = await watched.look('shop', 'probe');
  expect(decision?.why).toMatch(/^nothing to send: ada is at it until /);
  status = 200;
  expect(subjects(await watched.run())).toEqual(['[RESOLVED] shop production: probe is all right again']);
});

test('by a call, the same; what is not complete or not there is refused', async () => {
  const asked = await watched.ask({ target: 'shop', silence: { for: '30m', reason: 'router', by: 'grace' } });
  expect(asked.summary[0]).toMatch(/^Silenced: [0-9a-f]{10}: everything, until .*, by grace: router$/);
  const refusals = await Promise.all(
    [
      { target: 'shop', silence: { for: '30m', reason: ' ', by: 'grace' } },
      { target: 'shop', silence: { for: '8d', reason: 'x', by: 'grace' } },
      { target: 'shop', silence: { for: '30m', reason: 'x', by: 'grace', check: 'schema' } },
      { target: 'shopp', silence: { for: '30m', reason: 'x', by: 'grace' } },
      { silence: { for: '30m', reason: 'x', by: 'grace' } },
      { target: 'shop', endSilence: 'none' },
      { target: 'shop', acknowledge: { by: 'grace' } },
      { target: 'shop', silence: { for: '30m', reason: 'x', by: 'grace' }, endSilence: 'none' },
    ].map((event) => watched.ask(event)),
  );
  expect(refusals.map(({ status: answered, summary }) => `${answered} ${summary[0]}`)).toEqual([
    expect.stringMatching(/^refused Refused: the event is not a call of this function: silence\.reason: /),
    'refused Refused: a silence lasts at most 7 d.',
    'refused Refused: the settings have no check "schema".',
    'refused Refused: the settings have no target "shopp"; did you mean "shop"?.',
    expect.stringMatching(/^refused Refused: .*target: /),
    'refused Refused: shop has no silence none.',
    'refused Refused: nothing about shop is announced and open.',
    expect.stringMatching(/^refused Refused: .*expected one of "silence", "endSilence" and "acknowledge"/),
  ]);
});

test('wrong usage of the commands is told', async () => {
  expect(await command('silence', 'start', '--for', '2h')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('--reason'),
  });
  expect(await command('silence', 'start', '--for', 'ever', '--reason', 'x')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('Expected a duration such as 30m, 2h or 7d.'),
  });
  expect(await command('silence', 'start', '--for', '8d', '--reason', 'x')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('a silence lasts at most 7 d'),
  });
  expect(await command('silence', 'end', 'none')).toMatchObject({
    code: 64,
    stderr: expect.stringContaining('shop has no silence none'),
  });
});
