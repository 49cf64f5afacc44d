import { Lazy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { settingsToJson } from '../../infra/settings-json.ts';

describe('settingsToJson', () => {
  it('is the same JSON for the same settings', () => {
    const settings = {
      name: 'demo',
      targets: [{ name: 'a', runbook: undefined, checks: { schema: { every: '15m' } } }],
    };
    expect(JSON.parse(settingsToJson(settings))).toEqual({
      name: 'demo',
      targets: [{ name: 'a', checks: { schema: { every: '15m' } } }],
    });
    expect(settingsToJson(structuredClone(settings))).toBe(settingsToJson(settings));
  });

  const stack = new Stack();
  const queue = new Queue(stack, 'Queue');
  const inDatabase = (host: unknown) => ({ targets: [{ name: 'a' }, { name: 'b', database: { host } }] });
  it.each<[string, unknown, string]>([
    ['a token', inDatabase(queue.queueArn), 'targets[1].database.host is a CDK token'],
    [
      'a token inside a text',
      inDatabase(`https://${queue.queueName}/health`),
      'targets[1].database.host is a CDK token',
    ],
    ['a lazy value', inDatabase(Lazy.string({ produce: () => 'later' })), 'targets[1].database.host is a CDK token'],
    [
      'a number that is a token',
      inDatabase(Token.asNumber({ Ref: 'Port' })),
      'targets[1].database.host is a CDK token',
    ],
    ['a list that is a token', inDatabase(Token.asList({ Ref: 'Hosts' })), 'targets[1].database.host is a CDK token'],
    ['a token as it is', inDatabase(Token.asAny({ Ref: 'Host' })), 'targets[1].database.host is a CDK token'],
    ['a secret value', inDatabase(SecretValue.secretsManager('a')), 'targets[1].database.host is a CDK token'],
    ['the whole settings', Token.asAny({ Ref: 'Settings' }), 'settings is a CDK token'],
    ['a key', { targets: [{ [queue.queueName]: 1 }] }, 'a key of targets[0] is a CDK token'],
    ['a function', inDatabase(() => 'host'), 'targets[1].database.host is a function'],
    ['a big integer', inDatabase(1n), 'targets[1].database.host is a bigint'],
    ['no number', inDatabase(Number.NaN), 'targets[1].database.host is NaN'],
  ])('refuses %s, with its path', (_name, settings, message) => {
    expect(() => settingsToJson(settings)).toThrow(message);
  });

  it('names every one at once, and never what is in it', () => {
    const settings = { name: queue.queueName, targets: [{ database: { host: queue.queueArn, note: 'in clear' } }] };
    expect(() => settingsToJson(settings)).toThrow(/- name is .*\n- targets\[0\]\.database\.host is /);
    expect(() => settingsToJson(settings)).not.toThrow(/Token\[|in clear/);
  });
});
