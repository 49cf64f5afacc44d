// What happens to a target's memory when S3 does everything it can do, over its real protocol.
import { describe, expect, test } from 'vitest';
import { EdgeError } from '../../../lambda/errors.ts';
import { awsWorld, planted } from '../aws-world.ts';
import { bucket, failing, passing } from '../scripted.ts';

const aws = awsWorld();
const key = 'state/pap-api.json';
const stateOnly = { resource: `${bucket}/${key}` };

async function failureOf(run: Promise<unknown>): Promise<EdgeError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EdgeError)) throw new Error(`expected an EdgeError, got ${String(error)}`);
  expect(`${error.message} ${error.remedy} ${JSON.stringify(aws.telemetry.lines)}`).not.toContain(planted);
  return error;
}

const stateCalls = () =>
  aws.s3.calls.filter(({ resource }) => resource === `${bucket}/${key}`).map(({ operation }) => operation);

test('a green run costs one GET and one conditional PUT', async () => {
  await aws.run();
  const before = aws.s3.calls.length;
  await aws.run();
  const calls = aws.s3.calls.slice(before);
  expect(calls.map(({ operation, resource }) => `${operation} ${resource}`)).toEqual([
    `GetObject ${bucket}/${key}`,
    `PutObject ${bucket}/${key}`,
  ]);
  expect(calls[1]?.parameters['if-match']).toBeDefined();
});

test('trouble is remembered with its notice in the same write, and the notice leaves once it is sent', async () => {
  aws.world.schema = failing();
  await aws.run();
  expect(aws.state()).toMatchObject({ revision: 2, sequence: 1, outbox: [] });
  expect(aws.told()).toEqual(['opened ["schema"]']);
});

describe('when writing fails and may pass', () => {
  test.each([
    ['412: another run wrote first', { kind: 'answer', status: 412 }],
    ['409: two runs wrote at once', { kind: 'answer', status: 409 }],
    ['500', { kind: 'answer', status: 500 }],
    ['503: slow down', { kind: 'answer', status: 503 }],
    ['no answer', { kind: 'silence' }],
    ['a cut connection', { kind: 'reset' }],
    ['an answer that is lost: the write had arrived', { kind: 'apply-then-reset' }],
  ] as const)('%s: decided again, said once', async (_, fault) => {
    await aws.run();
    aws.world.schema = failing();
    aws.s3.faults.inject(fault, { operation: 'PutObject', ...stateOnly });
    const report = await aws.run();
    expect(aws.told()).toEqual(['opened ["schema"]']);
    expect(report.decisions.find(({ check }) => check === 'schema')?.says).toBe('opened');
    expect(aws.state()).toMatchObject({ sequence: 1, outbox: [] });
    expect(aws.state().checks.schema?.failing.bad).toBe(1);
  });

  test('a state that is deleted meanwhile is written anew, with what was known', async () => {
    aws.world.schema = failing();
    await aws.run();
    let removed = false;
    aws.world['probe:login'] = async () => {
      if (!removed) aws.s3.delete(bucket, key);
      removed = true;
      return passing();
    };
    aws.world.schema = passing();
    await aws.run();
    expect(removed).toBe(true);
    expect(aws.told()).toEqual(['opened ["schema"]', 'resolved ["schema"]']);
  });
});

describe('when it fails for good, the run fails and says why', () => {
  test.each([
    [
      'GetObject',
      403,
      'denied',
      /^reading s3:\/\/driftwatch\/state\/pap-api\.json: access denied$/,
      /Allow s3:GetObject/,
    ],
    [
      'PutObject',
      403,
      'denied',
      /^writing s3:\/\/driftwatch\/state\/pap-api\.json: access denied$/,
      /Allow s3:PutObject/,
    ],
    ['GetObject', 500, 'unavailable', /S3 could not serve it \(500/, /next run tries again/],
    ['GetObject', 503, 'unavailable', /S3 could not serve it \(503/, /next run tries again/],
    ['PutObject', 503, 'unavailable', /S3 could not serve it \(503/, /next run tries again/],
  ] as const)('%s %i', async (operation, status, reason, message, remedy) => {
    await aws.run();
    aws.s3.faults.inject({ kind: 'answer', status }, { operation, ...stateOnly, times: 100 });
    const error = await failureOf(aws.run());
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });

  test('a bucket that is not there', async () => {
    aws.s3.faults.inject({ kind: 'answer', status: 404, code: 'NoSuchBucket' }, { operation: 'GetObject' });
    const error = await failureOf(aws.run());
    expect(error.message).toBe('reading s3://driftwatch/state/pap-api.json: there is no bucket driftwatch');
  });

  test('an S3 that never answers', async () => {
    aws.s3.faults.inject({ kind: 'silence' }, { ...stateOnly, times: 100 });
    const error = await failureOf(aws.run());
    expect(error.reason).toBe('timeout');
    expect(error.message).toMatch(/^reading s3:\/\/driftwatch\/state\/pap-api\.json/);
  });
});

describe('a state that is no state', () => {
  const aside = () => aws.s3.keys(bucket, 'state/').filter((one) => one.includes('.corrupt-'));

  test.each([
    ['cut off', '{"format":1,"target":"pap-a', /its 27 bytes are not JSON text/],
    ['empty', '', /its 0 bytes are not JSON text/],
    ['of another shape', '{"format":1,"target":"pap-api","checks":[]}', /createdAt/],
    ['of another target', undefined, /it is the state of "pro-tenant"/],
    ['a list', '[]', /expected object/],
  ])('%s: kept aside, said, begun afresh', async (_, body, problem) => {
    if (body === undefined) {
      aws.target = { ...aws.target, name: 'pro-tenant' };
      await aws.run();
      aws.target = { ...aws.target, name: 'pap-api' };
    }
    const text = body ?? aws.stored('state/pro-tenant.json') ?? '';
    aws.s3.put(bucket, key, text);
    const report = await aws.run();
    expect(aside()).toHaveLength(1);
    expect(aside()[0]).toMatch(/^state\/pap-api\.corrupt-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.json$/);
    expect(aws.stored(aside()[0] ?? '')).toBe(text);
    expect(report.remarks.join()).toContain(aside()[0]);
    expect(aws.telemetry.lines.find(({ level }) => level === 'error')?.fields.problem).toMatch(problem);
    expect(aws.told()).toEqual(['report ["monitor"]']);
    expect(aws.state().checks.schema?.last.status).toBe('pass');
    // Said once.
    await aws.run();
    expect(aws.told()).toHaveLength(1);
  });

  test('when it cannot be kept aside it is not overwritten', async () => {
    aws.s3.put(bucket, key, 'rubbish');
    aws.s3.faults.inject({ kind: 'answer', status: 403 }, { operation: 'PutObject', resource: /corrupt/ });
    const error = await failureOf(aws.run());
    expect(error.message).toMatch(/^writing s3:\/\/driftwatch\/state\/pap-api\.corrupt-.*: access denied$/);
    expect(aws.stored(key)).toBe('rubbish');
  });

  test('one that a newer Driftwatch wrote is left alone', async () => {
    const newer = '{"format":3,"target":"pap-api","something":"else"}';
    aws.s3.put(bucket, key, newer);
    const error = await failureOf(aws.run());
    expect(error.message).toBe(
      's3://driftwatch/state/pap-api.json has format 3, and this Driftwatch reads up to 2; it was left as it is',
    );
    expect(error.remedy).toMatch(/Deploy the newer Driftwatch again/);
    expect(aws.stored(key)).toBe(newer);
    expect(aside()).toEqual([]);
    expect(stateCalls().at(-1)).toBe('GetObject');
  });
});

test('evidence that cannot be stored holds up no notice', async () => {
  aws.world.schema = failing();
  aws.s3.faults.inject({ kind: 'answer', status: 403 }, { operation: 'PutObject', resource: /evidence/ });
  const report = await aws.run();
  expect(aws.told()).toEqual(['opened ["schema"]']);
  expect(report.notices[0]?.entries[0]).not.toHaveProperty('evidence');
  expect(aws.telemetry.lines.find(({ level }) => level === 'warn')).toMatchObject({
    message: 'evidence could not be stored',
    fields: { error: expect.stringMatching(/access denied$/), remedy: expect.stringMatching(/^Allow s3:PutObject/) },
  });
});
