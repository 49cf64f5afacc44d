import { Lazy, SecretValue, type Stack, Token } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { demo, newStack } from './synth.ts';

/** The demo with another host of the tenant's database. */
const withHost = (host: unknown) =>
  ({
    ...demo,
    targets: {
      'pro-tenant': { ...demo.targets['pro-tenant'], database: { ...demo.targets['pro-tenant'].database, host } },
    },
  }) as MonitorInput;

describe('settings', () => {
  it.each<[string, (queue: Queue) => unknown]>([
    ['an attribute of a resource', (queue) => queue.queueArn],
    ['one inside a text', (queue) => `db.${queue.queueName}.example.com`],
    ['a lazy value', () => Lazy.string({ produce: () => 'later' })],
    ['a token for a number', () => Token.asNumber({ Ref: 'Port' })],
    ['a token for a list', () => Token.asList({ Ref: 'Hosts' })],
    ['a token as it is', () => Token.asAny({ Ref: 'Host' })],
    ['a secret value', () => SecretValue.secretsManager('a')],
  ])('that hold %s are refused, with its path', (_name, value) => {
    expect(() => newStack((stack: Stack) => ({ settings: withHost(value(new Queue(stack, 'Queue'))) }))).toThrow(
      /targets\.pro-tenant\.database\.host\s.*CDK token/s,
    );
  });

  it('that a deployment cannot use are refused, with their path', () => {
    const target = { ...demo.targets['pap-api'], database: { secret: 'env:DATABASE_URL' } };
    expect(() => newStack(() => ({ settings: { ...demo, targets: { 'pap-api': target } } }))).toThrow(
      /Secrets Manager only.*\n- targets\.pap-api\.database\.secret\n/,
    );
  });

  it('that are wrong are refused, all of it at once', () => {
    const settings = { ...demo, name: 'no spaces', alerts: { emails: ['nobody'] } };
    expect(() => newStack(() => ({ settings }))).toThrow(/alerts\.emails\[0\][\s\S]*name/);
  });
});
