// The check function as a person calls it: everything, a part, names that are not there, what a caller may not say,
// more than one call can run; and that looking changes nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';
import { bucket, publishModel, subjects, type Watched, watch } from './watched-world.ts';

const small = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'].map((letter) => `shop-${letter}`);

let world: World;
let watched: Watched;
let endpoints: Switchboard;

beforeAll(async () => {
  world = await startWorld();
  endpoints = await startSwitchboard();
  world.s3.createBucket('backups');
  await migrate(await world.postgres.createDatabase('production'), '1.4.0');
  world.secrets.put('db', world.postgres.url('production'));
  const target = {
    environment: 'production',
    database: { secret: 'db', tls: { mode: 'disable' } },
    checks: {
      schema: { model: 'app' },
      'backup:nightly': { bucket: 'backups', key: 'b_{YYYY}{MM}{DD}.sql' },
      ...endpoints.target('app').checks,
    },
  } as const;
  const targets = { 'pap-api': target, ...Object.fromEntries(small.map((name) => [name, endpoints.target(name)])) };
  watched = await watch(world, { name: 'on-demand', targets });
  await publishModel(world, 'app', '1.4.0', world.postgres.url('production'));
});
afterAll(async () => {
  await watched.monitor.stop();
  await endpoints.close();
  await world.stop();
});

/** Everything that a run could have changed. */
function everything(): unknown {
  const stored = world.s3.keys(bucket).map((key) => [key, Buffer.from(world.s3.read(bucket, key) ?? []).toString()]);
  const sent = Object.values(watched.monitor.topicArns).map((arn) => world.sns.published(arn));
  const queued = world.sqs.size(watched.queueUrl);
  const written = world.s3.calls.filter(({ operation }) => operation !== 'GetObject' && operation !== 'ListObjectsV2');
  return structuredClone({ stored, sent, queued, written: written.length, published: world.sns.calls.length });
}

test('more targets than one call can run are refused, with the way to name them', async () => {
  const { status, summary, results } = await watched.ask({});
  expect({ status, results }).toEqual({ status: 'refused', results: [] });
  expect(summary[0]).toBe('Refused: 12 targets are more than one call can run (10).');
  const first = /the first: (\{.*?\})/.exec(summary[1] ?? '')?.[1] ?? '';
  expect(summary[1]).toContain('in 2 calls');
  expect(summary[1]).toContain(`All names: pap-api, ${small.join(', ')}`);
  // What it says to do, done.
  const answer = await watched.ask(JSON.parse(first));
  expect(new Set(answer.results.map(({ target }) => target)).size).toBe(10);
  expect((await watched.ask({ targets: small.slice(-2) })).status).toBe('pass');
});

describe('a part', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['one target', { target: 'pap-api' }, ['backup:nightly', 'database', 'probe', 'schema']],
    ['one check, with what explains it', { target: 'pap-api', checks: ['schema'] }, ['database', 'schema']],
    ['a kind', { target: 'pap-api', checks: ['backup'] }, ['backup:nightly']],
    ['an id', { target: 'pap-api', checks: ['backup:nightly'] }, ['backup:nightly']],
    ['several', { targets: ['pap-api'], checks: ['probe', 'database'] }, ['database', 'probe']],
    ['a kind of those that have it', { targets: ['pap-api', 'shop-a'], checks: ['schema'] }, ['database', 'schema']],
  ])('%s', async (_what, event, checks) => {
    const { results } = await watched.ask(event);
    expect(results.map(({ check }) => check)).toEqual(checks);
    for (const { target } of results) expect(target).toBe('pap-api');
  });

  test('is answered for people and for machines', async () => {
    const answer = await watched.ask({ target: 'pap-api', checks: ['backup', 'probe'] });
    expect(answer).toMatchObject({
      status: 'fail',
      results: [
        {
          target: 'pap-api',
          check: 'backup:nightly',
          status: 'fail',
          findings: [{ code: 'backup.none', severity: 'critical', impact: 'recovery', remedy: expect.any(String) }],
          findingsLeftOut: 0,
          measures: [],
          durationMs: expect.any(Number),
          collectedAt: expect.stringMatching(/^\d{4}-.*Z$/),
          decision: { says: 'opened', why: expect.any(String) },
        },
        {
          check: 'probe',
          status: 'pass',
          findings: [],
          measures: expect.arrayContaining([expect.objectContaining({ name: 'total', unit: 'ms' })]),
        },
      ],
    });
    expect(answer.summary).toEqual([
      'pap-api: FAIL',
      expect.stringMatching(/^ {2}FAIL backup:nightly: There is no backup in the bucket backups/),
      expect.stringMatching(/^ {4}critical: There is no backup/),
      expect.stringMatching(/^ {2}PASS probe: GET .* answered as expected/),
      'Nothing was remembered or sent. Add "notify": true to do both, as a scheduled run does.',
    ]);
  });
});

describe('a call is refused', () => {
  test.each<[string, unknown, RegExp, RegExp]>([
    [
      'for an unknown target',
      { target: 'pap-apj' },
      /no target "pap-apj"; did you mean "pap-api"\?/,
      /There are: pap-api, shop-a/,
    ],
    [
      'for an unknown check',
      { target: 'pap-api', checks: ['schemas'] },
      /no check "schemas"; did you mean "schema"\?/,
      /There are: backup, backup:nightly/,
    ],
    ['for a name like no other', { target: 'zzzzzzzzzzzz' }, /no target "zzzzzzzzzzzz"\.$/, /There are: /],
    ['for a name that is no name', { target: '../state\n' }, /no target "\.\.\/state\\\\n"/, /There are: /],
    ...['url', 'sql', 'bucket', 'host', 'query', 'secret', 'topicArn', '__proto__x'].map(
      (member): [string, unknown, RegExp, RegExp] => [
        `for naming a ${member}`,
        { target: 'pap-api', [member]: 'http://elsewhere.example.com' },
        new RegExp(`it may not have "${member}": a call names targets and checks of the settings, and nothing else`),
        /Call it with \{\} for everything/,
      ],
    ),
    ['for a target of another type', { target: 3 }, /target: /, /Call it with \{\}/],
    ['for no targets', { targets: [] }, /targets: /, /Call it with \{\}/],
    ['for a text', 'everything', /the event is not a call of this function/, /Call it with \{\}/],
    ['for nothing', null, /the event is not a call of this function/, /Call it with \{\}/],
    ['for a list', [], /the event is not a call of this function/, /Call it with \{\}/],
  ])('%s', async (_what, event, says, remedy) => {
    const { status, summary, results } = await watched.ask(event as Record<string, unknown>);
    expect({ status, results }).toEqual({ status: 'refused', results: [] });
    expect(summary[0]).toMatch(/^Refused: /);
    expect(summary[0]).toMatch(says);
    expect(summary[1]).toMatch(remedy);
    for (const line of summary) expect(line).not.toContain('\n');
  });
});

describe('looking', () => {
  test('writes and sends nothing, whatever is seen', async () => {
    endpoints.turn('broken', 'app');
    await watched.run();
    const before = everything();
    for (const event of [
      { target: 'pap-api' },
      { targets: small.slice(0, 10) },
      { target: 'pap-api', notify: false },
      { url: 'x' },
    ]) {
      await watched.ask(event);
    }
    endpoints.turn('well', 'app');
    const { results } = await watched.ask({ target: 'pap-api' });
    expect(results.find(({ check }) => check === 'probe')?.decision?.says).toBe('resolved');
    await world.sns.settled();
    expect(everything()).toEqual(before);
  });

  test('says what a run that remembers would do, and why', async () => {
    const said = async () => (await watched.look('pap-api', 'backup:nightly')).decision;
    expect(await said()).toEqual({
      says: 'nothing',
      why: expect.stringMatching(/^nothing to send: already said; the next reminder is due at/),
    });
  });

  test('with "notify" remembers and sends, as a scheduled run does', async () => {
    const before = everything();
    const count = world.subscriber.notices.length;
    const { summary } = await watched.ask({ target: 'pap-api', notify: true });
    await world.sns.settled();
    const notices = world.subscriber.notices.slice(count);
    expect(subjects({ notices })).toEqual(['[RESOLVED] pap-api production: probe is all right again']);
    expect(summary).toContain(`  sent: notice ${notices[0]?.attributes.notice}`);
    expect(summary.join('\n')).not.toContain('Nothing was remembered');
    expect(everything()).not.toEqual(before);
    expect(subjects(await watched.run())).toEqual([]);
  });
});
