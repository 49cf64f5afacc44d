// What happens to notices when SNS does everything it can do, over its real protocol.
import { describe, expect, test } from 'vitest';
import { metricNames } from '../../../lambda/config/metrics.ts';
import { awsWorld, planted } from '../aws-world.ts';
import { finding } from '../builders.ts';
import { bucket, failing, passing } from '../scripted.ts';

const aws = awsWorld();
const failures = () => aws.telemetry.metrics.filter(({ name }) => name === metricNames.publishFailed).length;
const errors = () => aws.telemetry.lines.filter(({ level }) => level === 'error');

describe('a failure that passes is retried within the run', () => {
  test.each([
    ['500', { kind: 'answer', status: 500 }],
    ['503', { kind: 'answer', status: 503 }],
    ['429', { kind: 'answer', status: 429, code: 'Throttled' }],
    ['no answer', { kind: 'silence' }],
    ['a cut connection', { kind: 'reset' }],
  ] as const)('%s', async (_, fault) => {
    aws.world.schema = failing();
    aws.sns.faults.inject(fault, { operation: 'Publish', times: 2 });
    const report = await aws.run();
    expect(report.delivery).toEqual({ published: [report.notices[0]?.id], failed: [], waiting: [], undeliverable: [] });
    expect(aws.told()).toEqual(['opened ["schema"]']);
    expect(failures()).toBe(0);
  });

  test('an answer that is lost repeats the notice, with the same id', async () => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'apply-then-reset' }, { operation: 'Publish' });
    await aws.run();
    const [first, second, ...others] = aws.sns.published(aws.topicArn).slice(-2);
    expect(others).toEqual([]);
    expect(first?.attributes.notice?.Value).toBe(second?.attributes.notice?.Value);
    expect(first?.body).toBe(second?.body);
  });
});

describe('a failure that does not pass keeps the notice, loudly', () => {
  test.each([
    ['403', 403, undefined, 'denied', true, /access denied .*Allow sns:Publish on arn:aws:sns/],
    ['404: the topic is gone', 404, undefined, 'missing', true, /it does not exist .*somebody deleted it/],
    ['400 of nobody knows what', 400, 'InvalidSecurity', 'invalid', true, /SNS refused it \(400 InvalidSecurity/],
    ['500, again and again', 500, undefined, 'unavailable', false, /SNS could not serve it \(500/],
    ['503, again and again', 503, undefined, 'unavailable', false, /SNS could not serve it \(503/],
  ] as const)('%s', async (_, status, code, reason, permanent, message) => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'answer', status, ...(code && { code }) }, { operation: 'Publish', times: 100 });
    const report = await aws.run();
    expect(report.delivery?.failed).toEqual([
      { notice: report.notices[0]?.id, topic: 'alerts', message: expect.stringMatching(message), permanent },
    ]);
    expect(aws.state().outbox).toMatchObject([{ left: [{ failures: 1, lastFailure: { reason, permanent } }] }]);
    expect(aws.state().outbox[0]?.left[0]?.claim).toBeUndefined();
    expect(failures()).toBe(1);
    expect(errors()).toHaveLength(1);
    expect(JSON.stringify(errors())).not.toContain(planted);

    // Every run tries again and says so; when it works again, nothing was lost.
    await aws.run();
    expect(failures()).toBe(2);
    expect(aws.state().outbox[0]?.left[0]?.failures).toBe(2);
    aws.sns.faults.clear();
    await aws.run();
    expect(aws.told()).toEqual(['opened ["schema"]']);
    expect(aws.state().outbox).toEqual([]);
    expect(failures()).toBe(2);
  });

  test('an SNS that never answers', async () => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'silence' }, { operation: 'Publish', times: 100 });
    const report = await aws.run();
    expect(report.delivery?.failed[0]?.message).toMatch(/SNS did not answer in time/);
    expect(report.delivery?.failed[0]?.permanent).toBe(false);
    expect(aws.state().outbox).toHaveLength(1);
  });
});

test('one message that is refused does not stop those after it', async () => {
  aws.world.schema = failing(finding({ severity: 'critical' }));
  aws.world['probe:login'] = failing(finding({ severity: 'warning', subject: 'login' }));
  aws.sns.faults.inject({ kind: 'answer', status: 400, code: 'InvalidParameter' }, { operation: 'Publish' });
  const report = await aws.run();
  expect(report.delivery).toMatchObject({ published: [report.notices[1]?.id], failed: [] });
  expect(aws.told()).toEqual(['opened ["probe:login"]']);
});

describe('what a topic will never take is given up, and not in silence', () => {
  test('refused for what it says: at once, kept whole with what was said of it', async () => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'answer', status: 400, code: 'InvalidParameter' }, { operation: 'Publish' });
    const report = await aws.run();
    const id = report.notices[0]?.id ?? '';
    expect(id).not.toBe('');
    const key = `undeliverable/pap-api/${id}-alerts.json`;
    expect(report.delivery).toEqual({
      published: [],
      failed: [],
      waiting: [],
      undeliverable: [{ notice: id, topic: 'alerts', message: expect.stringContaining('InvalidParameter'), key }],
    });
    expect(report.remarks).toEqual([
      expect.stringMatching(`^notice ${id} was given up for the alerts topic and is kept as s3://${bucket}/${key}: `),
    ]);
    expect(JSON.parse(aws.stored(key) ?? '')).toMatchObject({
      format: 1,
      topic: 'alerts',
      failures: 1,
      reason: 'refused',
      notice: { id, entries: [{ check: 'schema' }] },
    });
    expect(aws.state().outbox).toEqual([]);
    expect(aws.telemetry.metrics.map(({ name }) => name)).toEqual([
      metricNames.publishFailed,
      metricNames.undeliverable,
    ]);
    expect(errors()).toMatchObject([
      { message: expect.stringMatching(/^a notice can never be published/), fields: { key } },
    ]);
  });

  test('a topic that is gone: after a day of trying, and not before', async () => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'answer', status: 404 }, { operation: 'Publish', times: 100 });
    const failingFor = async (hours: number, runs: number) => {
      const [entry] = aws.state().outbox;
      const failingSince = new Date(Date.now() - hours * 3_600_000).toISOString();
      const left = entry?.left.map((one) => ({ ...one, failures: runs, failingSince }));
      aws.s3.put(bucket, 'state/pap-api.json', JSON.stringify({ ...aws.state(), outbox: [{ ...entry, left }] }));
      return aws.run();
    };
    await aws.run();
    expect((await failingFor(23, 100)).delivery?.failed).toHaveLength(1);
    expect((await failingFor(25, 3)).delivery?.failed).toHaveLength(1);
    expect((await failingFor(25, 100)).delivery?.undeliverable).toHaveLength(1);
    expect(aws.state().outbox).toEqual([]);
    // What comes later is tried as ever.
    aws.sns.faults.clear();
    aws.world.schema = passing();
    await aws.run();
    expect(aws.told()).toEqual(['resolved ["schema"]']);
  });

  test('what cannot be kept stays in the outbox', async () => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'answer', status: 400, code: 'InvalidParameter' }, { operation: 'Publish' });
    aws.s3.faults.inject({ kind: 'answer', status: 403 }, { operation: 'PutObject', resource: /undeliverable/ });
    expect((await aws.run()).delivery).toMatchObject({ undeliverable: [], failed: [{ permanent: true }] });
    expect(aws.state().outbox).toHaveLength(1);
    await aws.run();
    expect(aws.told()).toEqual(['opened ["schema"]']);
  });
});

describe('several topics', () => {
  test('each gets the notice in its own form, under one id', async () => {
    aws.useTopics('events', 'chat');
    aws.world.schema = failing();
    aws.world['probe:login'] = failing(finding({ subject: 'login' }));
    const { notices } = await aws.run();
    const id = notices[0]?.id;
    expect(aws.bodies('events')).toMatchObject([{ specversion: '1.0', id, data: { id } }]);
    expect(aws.bodies('chat')).toMatchObject([
      { source: 'custom', metadata: { threadId: notices[0]?.entries[0]?.incident, additionalContext: { notice: id } } },
      { source: 'custom', metadata: { threadId: notices[0]?.entries[1]?.incident, additionalContext: { notice: id } } },
    ]);
    expect(aws.state().outbox).toEqual([]);
  });

  test('the failure of one neither delays nor repeats the others, and its order is kept', async () => {
    aws.useTopics('events');
    const broken = { operation: 'Publish', resource: /events/ } as const;
    aws.sns.faults.inject({ kind: 'answer', status: 404 }, { ...broken, times: 100 });
    aws.world.schema = failing();
    const report = await aws.run();
    expect(report.delivery).toMatchObject({
      published: [report.notices[0]?.id],
      failed: [{ topic: 'events', notice: report.notices[0]?.id }],
    });
    expect(aws.state().outbox).toMatchObject([{ left: [{ topic: 'events', failures: 1 }] }]);
    aws.world.schema = passing();
    await aws.run();
    expect(aws.told()).toEqual(['opened ["schema"]', 'resolved ["schema"]']);
    aws.sns.faults.clear();
    await aws.run();
    expect(aws.told()).toEqual(['opened ["schema"]', 'resolved ["schema"]']);
    expect(aws.bodies('events')).toMatchObject([
      { type: 'driftwatch.notice.opened' },
      { type: 'driftwatch.notice.resolved' },
    ]);
    expect(aws.state().outbox).toEqual([]);
  });

  test('one of two chat messages that arrived is not repeated', async () => {
    aws.useTopics('chat');
    aws.world.schema = failing();
    aws.world['probe:login'] = failing(finding({ subject: 'login' }));
    const chat = { operation: 'Publish', resource: /chat/ } as const;
    const { info } = aws.telemetry;
    aws.telemetry.info = (message, fields) => {
      info(message, fields);
      if (message !== 'notice published' || fields?.topic !== 'chat') return;
      aws.telemetry.info = info;
      aws.sns.faults.inject({ kind: 'answer', status: 403 }, { ...chat, times: 1 });
    };
    await aws.run();
    expect(aws.state().outbox).toMatchObject([{ left: [{ topic: 'chat', sent: 1, failures: 1 }] }]);
    await aws.run();
    expect(aws.bodies('chat')).toHaveLength(2);
  });

  test('a topic that the settings no longer want is not waited for', async () => {
    aws.useTopics('events');
    aws.sns.faults.inject({ kind: 'answer', status: 404 }, { operation: 'Publish', resource: /events/, times: 100 });
    aws.world.schema = failing();
    await aws.run();
    aws.useTopics();
    await aws.run();
    expect(aws.state().outbox).toEqual([]);
    expect(aws.telemetry.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ topic: 'events' }) }),
    );
  });
});

test('what a topic that is gone refuses is not tried for every notice, and order is kept', async () => {
  aws.world.schema = failing();
  aws.world['probe:login'] = failing(finding({ severity: 'warning', subject: 'login' }));
  aws.sns.faults.inject({ kind: 'answer', status: 404 }, { operation: 'Publish', times: 100 });
  const before = aws.sns.calls.length;
  await aws.run();
  expect(aws.sns.calls.length - before).toBe(1);
  aws.world.schema = passing();
  await aws.run();
  aws.sns.faults.clear();
  await aws.run();
  expect(aws.told()).toEqual(['opened ["schema"]', 'opened ["probe:login"]', 'resolved ["schema"]']);
});

test('when the outbox cannot be written, the next run repeats the notice with the same id, and nothing else', async () => {
  await aws.run();
  aws.world.schema = failing();
  // Of the two writes of a run that speaks, only the second fails: that of the decision has arrived.
  const { state, published } = { state: /state\/pap-api/, published: () => aws.sns.published(aws.topicArn).slice(-2) };
  const deciding = aws.telemetry.info;
  aws.telemetry.info = (message, fields) => {
    deciding(message, fields);
    if (message === 'notice published') {
      aws.s3.faults.inject({ kind: 'answer', status: 403 }, { operation: 'PutObject', resource: state });
      aws.telemetry.info = deciding;
    }
  };
  await aws.run();
  expect(errors()).toMatchObject([
    {
      message: 'the outbox could not be written: what was published will be published again, with the same ids',
      fields: { error: expect.stringMatching(/access denied$/), remedy: expect.stringMatching(/^Allow s3:PutObject/) },
    },
  ]);
  expect(aws.state().outbox).toHaveLength(1);
  // The claim of the run that could not write it has to end first.
  const entry = aws.state().outbox[0];
  expect(entry?.left[0]?.claim?.run).toBeDefined();
  aws.s3.put(
    bucket,
    'state/pap-api.json',
    JSON.stringify({
      ...aws.state(),
      outbox: [{ ...entry, left: entry?.left.map((one) => ({ ...one, claim: undefined })) }],
    }),
  );
  await aws.run();
  expect(aws.told()).toEqual(['opened ["schema"]', 'opened ["schema"]']);
  expect(published()[0]?.attributes.notice).toEqual(published()[1]?.attributes.notice);
  expect(aws.state().outbox).toEqual([]);
});

test('a state that is deleted while its notices are published is written anew, without them', async () => {
  await aws.run();
  aws.world.schema = failing();
  const { info } = aws.telemetry;
  aws.telemetry.info = (message, fields) => {
    info(message, fields);
    if (message === 'notice published') aws.s3.delete(bucket, 'state/pap-api.json');
  };
  await aws.run();
  expect(aws.told()).toEqual(['opened ["schema"]']);
  expect(aws.state()).toMatchObject({ sequence: 1, outbox: [] });
});
