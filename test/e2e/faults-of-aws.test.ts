// S3, SNS and SQS going wrong under the functions: what the logs and answers say then, and that nothing is lost. A
// notice that could not be decided, remembered or sent comes with the run after the fault has ended, and comes once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateFormat } from '../../lambda/monitor/memory/state.ts';
import { createQueue } from '../../lambda/platform/queue.ts';
import { startWorld, type World } from '../../local/world.ts';
import { type Switchboard, startSwitchboard } from './switchboard.ts';
import { bucket, subjects, type Watched, watch } from './watched-world.ts';

type Fault = Parameters<World['s3']['faults']['inject']>[0];

interface S3Scenario {
  operation: 'GetObject' | 'PutObject';
  fault: Fault;
  /** Calls that meet it. @default all until it is cleared */
  times?: number;
  /** Of the run that meets it: its notice comes all the same, or its message goes to the dead letters. */
  outcome: 'told' | 'dead letter';
  /** What the log says of it, and what is to be done. */
  log?: { what: RegExp; remedy: RegExp };
  /** @default its state */
  resource?: (target: string) => RegExp;
}

const answer = (status: number, code?: string): Fault => ({ kind: 'answer', status, ...(code && { code }) });
const denied = (action: string) => ({
  what: /^(reading|writing) s3:\/\/driftwatch\/state\/.*: access denied$/,
  remedy: new RegExp(`^Allow ${action} on arn:aws:s3:::driftwatch/\\* to the role this runs as`),
});

const ofS3: Record<string, S3Scenario> = {
  'reading-403': { operation: 'GetObject', fault: answer(403), outcome: 'dead letter', log: denied('s3:GetObject') },
  // It says that nothing is remembered; the write finds out that something is.
  'reading-404': { operation: 'GetObject', fault: answer(404), times: 1, outcome: 'told' },
  'reading-404-bucket': {
    operation: 'GetObject',
    fault: answer(404, 'NoSuchBucket'),
    outcome: 'dead letter',
    log: { what: /there is no bucket driftwatch$/, remedy: /Correct the name of the bucket, or create it/ },
  },
  'reading-409': { operation: 'GetObject', fault: answer(409), times: 1, outcome: 'told' },
  'reading-412': { operation: 'GetObject', fault: answer(412), times: 1, outcome: 'told' },
  'reading-500': { operation: 'GetObject', fault: answer(500), times: 4, outcome: 'told' },
  'reading-503': { operation: 'GetObject', fault: answer(503), times: 1, outcome: 'told' },
  'reading-cut': { operation: 'GetObject', fault: { kind: 'reset' }, times: 4, outcome: 'told' },
  'writing-403': { operation: 'PutObject', fault: answer(403), outcome: 'dead letter', log: denied('s3:PutObject') },
  'writing-404': { operation: 'PutObject', fault: answer(404), times: 1, outcome: 'told' },
  'writing-409': { operation: 'PutObject', fault: answer(409), times: 2, outcome: 'told' },
  'writing-412': { operation: 'PutObject', fault: answer(412), times: 2, outcome: 'told' },
  'writing-500': { operation: 'PutObject', fault: answer(500), times: 4, outcome: 'told' },
  'writing-503': { operation: 'PutObject', fault: answer(503), times: 1, outcome: 'told' },
  'writing-unheard': { operation: 'PutObject', fault: { kind: 'apply-then-reset' }, times: 1, outcome: 'told' },
  'evidence-403': {
    operation: 'PutObject',
    fault: answer(403),
    outcome: 'told',
    log: { what: /^writing s3:\/\/driftwatch\/evidence\/.*: access denied$/, remedy: /^Allow s3:PutObject/ },
    resource: (target) => new RegExp(`evidence/${target}/`),
  },
};

interface SnsScenario {
  fault: Fault;
  /** What the answer of the run that meets it says, and what is to be done. */
  says: RegExp;
}
const ofSns: Record<string, SnsScenario> = {
  'topic-403': {
    fault: answer(403),
    says: /access denied \(403 AuthorizationError.*Allow sns:Publish on arn:aws:sns:/,
  },
  'topic-404': { fault: answer(404), says: /it does not exist \(404 .*Deploy the stack again/ },
  'topic-409': { fault: answer(409), says: /SNS refused it \(409 .*Report it as a bug/ },
  'topic-412': { fault: answer(412), says: /SNS refused it \(412 .*Report it as a bug/ },
  'topic-500': { fault: answer(500), says: /SNS could not serve it \(500 .*The next run tries again/ },
  'topic-503': { fault: answer(503), says: /SNS could not serve it \(503 .*The next run tries again/ },
  'topic-cut': { fault: { kind: 'reset' }, says: /SNS cannot be reached \(ECONNRESET\).*interface endpoint or a NAT/ },
};

const corrupt: Record<string, { bytes: (target: string) => string; problem: RegExp }> = {
  'state-cut-off': { bytes: () => '{"format":1,"target', problem: /its 19 bytes are not JSON text/ },
  'state-misshapen': { bytes: (target) => JSON.stringify({ format: 1, target }), problem: /createdAt/ },
  'state-of-another': {
    bytes: (target) => stateOf('well').replaceAll('"well"', `"not-${target}"`),
    problem: /it is the state of "not-state-of-another"/,
  },
};

const silent = ['silent-reading', 'silent-writing', 'silent-topic'];
const others = ['well', 'state-of-the-future', 'state-not-movable', 'topic-unheard'];

let world: World;
let watched: Watched;
let endpoints: Switchboard;

beforeAll(async () => {
  world = await startWorld();
  endpoints = await startSwitchboard();
  const names = [...[ofS3, ofSns, corrupt].flatMap(Object.keys), ...silent, ...others];
  const targets = Object.fromEntries(names.map((name) => [name, endpoints.target(name)]));
  watched = await watch(world, { name: 'faults', targets });
  expect(await watched.run()).toMatchObject({ notices: [], handled: names.length, redelivered: 0, deadLetters: [] });
});
afterAll(async () => {
  await watched.monitor.stop();
  await endpoints.close();
  await world.stop();
});

const stateKey = (target: string) => `state/${target}.json`;
const stateOf = (target: string) => Buffer.from(world.s3.read(bucket, stateKey(target)) ?? []).toString();
const opened = (target: string) => `[CRITICAL] ${target} test: probe is failing`;
const resolved = (target: string) => `[RESOLVED] ${target} test: probe is all right again`;

/** The lines that both functions have logged about a target since then, at least as bad as a warning. */
function complaints(since: number, target: string): { message: string; error: string; remedy: string }[] {
  return watched.monitor
    .log()
    .slice(since)
    .map((line) => JSON.parse(line))
    .filter((line) => line.target === target && ['WARN', 'ERROR'].includes(line.level))
    .map(({ message, error = '', remedy = '' }) => ({ message, error, remedy }));
}

describe('S3', () => {
  const names = Object.keys(ofS3);
  const those = (outcome: S3Scenario['outcome']) => names.filter((name) => ofS3[name]?.outcome === outcome);

  test('that fails costs a delay at most', { timeout: 90_000 }, async () => {
    endpoints.turn('broken', ...names);
    for (const [name, { operation, fault, times = Number.POSITIVE_INFINITY, resource }] of Object.entries(ofS3)) {
      const match = resource?.(name) ?? `${bucket}/${stateKey(name)}`;
      world.s3.faults.inject(fault, { operation, resource: match, times });
    }
    const logged = watched.monitor.log().length;
    const during = await watched.run();
    expect(subjects(during).sort()).toEqual(those('told').map(opened).sort());
    expect(during.deadLetters.map((body) => JSON.parse(body).target).sort()).toEqual(those('dead letter').sort());
    for (const [name, { log, outcome }] of Object.entries(ofS3)) {
      const said = complaints(logged, name);
      if (!log) {
        expect(said, name).toEqual([]);
        continue;
      }
      // A message is received three times before it is set aside, and each time is said.
      expect(said, name).toHaveLength(outcome === 'told' ? 1 : 3);
      expect(said[0], name).toMatchObject({
        error: expect.stringMatching(log.what),
        remedy: expect.stringMatching(log.remedy),
      });
    }

    world.s3.faults.clear();
    expect(subjects(await watched.run()).sort()).toEqual(those('dead letter').map(opened).sort());
    expect(subjects(await watched.run())).toEqual([]);
    endpoints.turn('well', ...names);
    expect(subjects(await watched.run()).sort()).toEqual(names.map(resolved).sort());
  });

  test('that may not be read is said to who asks, and the check is made all the same', async () => {
    world.s3.faults.inject(answer(403), { resource: /^driftwatch/, times: Number.POSITIVE_INFINITY });
    const { status, summary } = await watched.ask({ target: 'well' });
    world.s3.faults.clear();
    expect(status).toBe('pass');
    expect(summary.join('\n')).toMatch(
      /note: what is remembered of well could not be read: .*access denied.*Allow s3:GetObject/,
    );
  });
});

describe('SNS', () => {
  const names = Object.keys(ofSns);

  test.each(Object.entries(ofSns))(
    'that answers with %s is told to who asks, and nothing counts as sent',
    async (name, { fault, says }) => {
      endpoints.turn('broken', name);
      world.sns.faults.inject(fault, { times: Number.POSITIVE_INFINITY });
      const logged = watched.monitor.log().length;
      const { summary } = await watched.ask({ target: name, notify: true });
      world.sns.faults.clear();
      expect(summary.join('\n')).toMatch(
        /note: notice \S+ could not be published to the alerts topic and stays in the outbox: publishing to/,
      );
      expect(summary.join('\n')).toMatch(says);
      expect(complaints(logged, name)).toMatchObject([{ error: expect.stringMatching(says) }]);
    },
  );

  test('gets every notice with the next run, once', async () => {
    expect(subjects(await watched.run()).sort()).toEqual(names.map(opened).sort());
    expect(subjects(await watched.run())).toEqual([]);
    endpoints.turn('well', ...names);
    expect(subjects(await watched.run()).sort()).toEqual(names.map(resolved).sort());
  });

  test('whose answer is lost gets the notice again, with the same id', async () => {
    endpoints.turn('broken', 'topic-unheard');
    world.sns.faults.inject({ kind: 'apply-then-reset' }, { operation: 'Publish' });
    const { notices } = await watched.run();
    endpoints.turn('well', 'topic-unheard');
    expect(subjects({ notices })).toEqual([opened('topic-unheard'), opened('topic-unheard')]);
    expect(new Set(notices.map(({ attributes }) => attributes.notice)).size).toBe(1);
    expect(subjects(await watched.run())).toEqual([resolved('topic-unheard')]);
  });
});

test('services that never answer delay a notice, and lose none', { timeout: 180_000 }, async () => {
  endpoints.turn('broken', ...silent);
  const silence: Fault = { kind: 'silence' };
  world.s3.faults.inject(silence, { operation: 'GetObject', resource: `${bucket}/${stateKey('silent-reading')}` });
  world.s3.faults.inject(silence, { operation: 'PutObject', resource: `${bucket}/${stateKey('silent-writing')}` });
  world.sns.faults.inject(silence, { operation: 'Publish' });
  const before = world.subscriber.notices.length;
  await watched.ask({ targets: silent, notify: true });
  await world.sns.settled();
  // What finds no free second waits to be told together with others, by a sweep that leads at the latest.
  const toldSince = (place: number) =>
    expect.poll(
      async () => {
        await watched.monitor.sweep();
        await world.sns.settled();
        const notices = world.subscriber.notices.slice(place);
        return silent.filter((name) =>
          notices.some(({ subject = '', message }) => `${subject}\n${message}`.includes(name)),
        );
      },
      { timeout: 60_000, interval: 4_000 },
    );
  await toldSince(before).toEqual(silent);
  endpoints.turn('well', ...silent);
  const ending = world.subscriber.notices.length;
  await watched.run();
  await toldSince(ending).toEqual(silent);
});

describe('a state that cannot be read', () => {
  test.each(Object.entries(corrupt))('%s is kept aside, and that is told', async (name, { bytes, problem }) => {
    const garbage = bytes(name);
    world.s3.put(bucket, stateKey(name), garbage);
    const looked = await watched.ask({ target: name });
    expect(looked.summary.join('\n')).toMatch(/is unreadable \(.*\); the next scheduled run keeps it aside/);
    expect(looked.summary.join('\n')).toMatch(problem);
    expect(stateOf(name)).toBe(garbage);

    const logged = watched.monitor.log().length;
    const { notices } = await watched.run();
    expect(subjects({ notices })).toEqual([`[WARNING] ${name} test: Driftwatch's memory of it could not be read`]);
    const [kept = ''] = world.s3.keys(bucket, `state/${name}.corrupt-`);
    expect(Buffer.from(world.s3.read(bucket, kept) ?? []).toString()).toBe(garbage);
    expect(notices[0]?.message).toMatch(problem);
    expect(notices[0]?.message).toContain(kept);
    expect(complaints(logged, name)).toMatchObject([{ message: expect.stringContaining('it is kept aside') }]);
    expect(JSON.parse(stateOf(name))).toMatchObject({ format: stateFormat, target: name });
    expect(subjects(await watched.run())).toEqual([]);
    expect(world.s3.keys(bucket, `state/${name}.corrupt-`)).toEqual([kept]);
  });

  test('is not overwritten when it cannot be kept aside', async () => {
    const name = 'state-not-movable';
    world.s3.put(bucket, stateKey(name), 'garbage');
    world.s3.faults.inject(answer(403), {
      operation: 'PutObject',
      resource: /\.corrupt-/,
      times: Number.POSITIVE_INFINITY,
    });
    const { deadLetters, notices } = await watched.run();
    expect(deadLetters).toHaveLength(1);
    expect(notices).toEqual([]);
    expect(stateOf(name)).toBe('garbage');
    world.s3.faults.clear();
    expect(subjects(await watched.run())).toEqual([
      `[WARNING] ${name} test: Driftwatch's memory of it could not be read`,
    ]);
  });

  test('because a newer Driftwatch wrote it is left as it is', async () => {
    const name = 'state-of-the-future';
    const known = stateOf(name);
    const newer = known.replace(`"format":${stateFormat}`, `"format":${stateFormat + 1}`);
    world.s3.put(bucket, stateKey(name), newer);
    const logged = watched.monitor.log().length;
    const { deadLetters, notices } = await watched.run();
    expect(deadLetters).toHaveLength(1);
    expect(notices).toEqual([]);
    expect(complaints(logged, name)[0]).toMatchObject({
      error: expect.stringMatching(/has format 3, and this Driftwatch reads up to 2; it was left as it is/),
      remedy: expect.stringMatching(/Deploy the newer Driftwatch again/),
    });
    expect(stateOf(name)).toBe(newer);
    world.s3.put(bucket, stateKey(name), known);
  });
});

describe('the queue', () => {
  const send = (...bodies: string[]) => {
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    return createQueue({ client: { endpoint: world.sqs.url, region: 'eu-central-1', credentials } }).send(
      watched.queueUrl,
      bodies,
    );
  };
  const run = {
    driftwatch: 'run',
    target: 'well',
    checks: ['probe'],
    kind: 'probe',
    schedule: 'x',
    scheduledAt: new Date().toISOString(),
    tickId: 'x',
  };

  test('leaves messages that are not ours to the dead letters, and says so', async () => {
    const bodies = [
      'hello',
      '{"driftwatch":"run"}',
      JSON.stringify({ ...run, url: 'http://elsewhere.example.com' }),
      JSON.stringify({ Type: 'Notification', Message: JSON.stringify(run) }),
    ];
    await send(...bodies);
    const logged = watched.monitor.log().length;
    const { deadLetters, handled } = await watched.run('nothing');
    expect(deadLetters.sort()).toEqual(bodies.sort());
    expect(handled).toBe(0);
    const lines = watched.monitor
      .log()
      .slice(logged)
      .map((line) => JSON.parse(line));
    expect(lines.filter(({ level }) => level === 'ERROR')).toHaveLength(3 * bodies.length);
    expect(lines[0]).toMatchObject({
      message: 'a message of the queue is not a run of Driftwatch: it is left to the dead-letter queue',
      begins: expect.any(String),
    });
  });

  test('lets go of what the settings no longer have', async () => {
    await send(JSON.stringify({ ...run, target: 'removed' }), JSON.stringify({ ...run, checks: ['probe:removed'] }));
    const logged = watched.monitor.log().length;
    expect(await watched.run('nothing')).toMatchObject({ handled: 2, deadLetters: [], notices: [] });
    expect(complaints(logged, 'removed')).toMatchObject([{ message: expect.stringContaining('no longer have') }]);
  });
});
