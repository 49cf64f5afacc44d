// What happens to notices when SNS does everything it can do, over its real protocol.
import { describe, expect, test } from 'vitest';
import { metricNames } from '../../lambda/config/metrics.ts';
import { awsWorld, planted } from './aws-world.ts';
import { finding } from './builders.ts';
import { bucket, failing, passing } from './scripted.ts';

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
    expect(report.delivery).toEqual({ published: [report.notices[0]?.id], failed: [] });
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
    ['400', 400, 'InvalidParameter', 'invalid', true, /SNS refused it \(400 InvalidParameter/],
    ['500, again and again', 500, undefined, 'unavailable', false, /SNS could not serve it \(500/],
    ['503, again and again', 503, undefined, 'unavailable', false, /SNS could not serve it \(503/],
  ] as const)('%s', async (_, status, code, reason, permanent, message) => {
    aws.world.schema = failing();
    aws.sns.faults.inject({ kind: 'answer', status, ...(code && { code }) }, { operation: 'Publish', times: 100 });
    const report = await aws.run();
    expect(report.delivery?.failed).toEqual([
      { notice: report.notices[0]?.id, message: expect.stringMatching(message), permanent },
    ]);
    expect(aws.state().outbox).toMatchObject([{ failures: 1, lastFailure: { reason, permanent } }]);
    expect(aws.state().outbox[0]?.claim).toBeUndefined();
    expect(failures()).toBe(1);
    expect(errors()).toHaveLength(1);
    expect(JSON.stringify(errors())).not.toContain(planted);

    // Every run tries again and says so; when it works again, nothing was lost.
    await aws.run();
    expect(failures()).toBe(2);
    expect(aws.state().outbox[0]?.failures).toBe(2);
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
  expect(report.delivery?.published).toHaveLength(1);
  expect(report.delivery?.failed).toHaveLength(1);
  expect(aws.told()).toEqual(['opened ["probe:login"]']);
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
  expect(entry?.claim?.run).toBeDefined();
  aws.s3.put(
    bucket,
    'state/pap-api.json',
    JSON.stringify({ ...aws.state(), outbox: [{ ...entry, claim: undefined }] }),
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
