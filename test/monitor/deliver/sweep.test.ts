// The sweep: what it does for a target of which no check is due, and what it costs when there is nothing to do.
import { expect, test } from 'vitest';
import { addSilence } from '../../../lambda/monitor/decide/silences.ts';
import { awsWorld } from '../aws-world.ts';
import { at, finding } from '../builders.ts';
import { bucket, failing, passing } from '../scripted.ts';
import { stateOf } from '../stories.ts';

const aws = awsWorld();
const calls = () => aws.s3.calls.map(({ operation, resource }) => `${operation} ${resource}`);

test('with nothing to do it reads once and writes nothing', async () => {
  await aws.run();
  const before = calls().length;
  const revision = aws.state().revision;
  const report = await aws.sweep();
  expect(calls().slice(before)).toEqual([`GetObject ${bucket}/state/pap-api.json`]);
  expect(report).toMatchObject({ outcomes: [], notices: [], remarks: [] });
  expect(aws.state().revision).toBe(revision);
});

test('of a target without a state it makes none', async () => {
  expect(await aws.sweep()).toBeUndefined();
  expect(aws.s3.keys(bucket)).toEqual([]);
});

test('what cannot be read it leaves to the run, which keeps it aside', async () => {
  aws.s3.put(bucket, 'state/pap-api.json', 'no state');
  expect(await aws.sweep()).toBeUndefined();
  expect(aws.stored('state/pap-api.json')).toBe('no state');
  expect(aws.telemetry.lines).toMatchObject([{ level: 'warn', fields: { target: 'pap-api' } }]);
});

test('what an earlier run left in the outbox goes out', async () => {
  aws.world.schema = failing();
  aws.sns.faults.inject({ kind: 'answer', status: 404 }, { operation: 'Publish' });
  await aws.run();
  expect(aws.told()).toEqual([]);
  await aws.sweep();
  expect(aws.told()).toEqual(['opened ["schema"]']);
  expect(aws.state().outbox).toEqual([]);
});

test('what a silence kept back is told when it is over', async () => {
  const request = { reason: 'router', by: 'ada', forMs: 3_600_000 };
  await aws.run();
  const silenced = stateOf(addSilence(aws.state(), request, new Date()));
  aws.s3.put(bucket, 'state/pap-api.json', JSON.stringify(silenced));
  aws.world.schema = failing();
  await aws.run();
  await aws.sweep();
  expect(aws.told()).toEqual([]);
  const over = { ...aws.state(), silences: aws.state().silences.map((one) => ({ ...one, until: at(0) })) };
  aws.s3.put(bucket, 'state/pap-api.json', JSON.stringify(over));
  await aws.sweep();
  expect(aws.told()).toEqual(['opened ["schema"]']);
});

test('of a target that the settings no longer have, everything that was told is told to be over, once', async () => {
  aws.world.schema = failing();
  aws.world['probe:login'] = failing(finding({ subject: 'login', severity: 'warning' }));
  await aws.run();
  aws.world.schema = passing();
  await aws.sweep('pap-api');
  await aws.sweep('pap-api');
  expect(aws.told()).toEqual([
    'opened ["schema"]',
    'opened ["probe:login"]',
    'resolved ["schema"]',
    'resolved ["probe:login"]',
  ]);
  const [message] = aws.sns.published(aws.topicArn).slice(-1);
  expect(message?.subject).toBe('[RESOLVED] pap-api production: login is no longer checked');
  expect(aws.state()).toMatchObject({ checks: {}, outbox: [] });
});
