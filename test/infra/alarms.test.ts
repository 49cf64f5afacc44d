import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { heartbeatDimensions, metricNames, metricNamespace, serviceDimension } from '../../lambda/config/metrics.ts';
import { demo, newStack, resourcesOf, synth } from './synth.ts';

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  AlarmActions: unknown[];
  OKActions: unknown[];
  Period: number;
  EvaluationPeriods: number;
  TreatMissingData: string;
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}

const template = synth();
const alarmsOf = (of: Template) =>
  resourcesOf(of, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties as unknown as AlarmProperties);
const alarms = alarmsOf(template);
const named = (id: string) => {
  const found = alarms.find(({ AlarmName }) => AlarmName === `driftwatch/demo/${id}`);
  if (!found) throw new Error(`no alarm ${id}`);
  return found;
};

describe('alarms', () => {
  it('watch all that can break without the monitor noticing', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName.replace('driftwatch/demo/', '')).sort()).toEqual([
      'alerts unheard',
      'check errors',
      'check throttles',
      'deployments',
      'dispatch errors',
      'dispatch throttles',
      'failed runs',
      'failed ticks',
      'late runs',
      'logged errors',
      'missed backup cron 0 6 * * ? * in Europe/Berlin',
      'missed database every 5m',
      'missed probe every 5m',
      'missed schema every 15m',
      'missed sweep every 15m',
      'missed watch ticks',
      'operator unheard',
      'schedules',
      'undeliverable notices',
      'undelivered notices',
      'unpublished notices',
    ]);
  });

  it('watch metrics that are there: every dimension names a resource of this stack', () => {
    const ids = new Set(Object.keys(template.toJSON().Resources));
    for (const { AlarmName, Namespace, Dimensions } of alarms) {
      if (Namespace === metricNamespace || AlarmName.endsWith('/schedules')) continue;
      expect(Dimensions.length, AlarmName).toBeGreaterThan(0);
      for (const { Value } of Dimensions) {
        const { Ref, 'Fn::GetAtt': attribute } = Value as { Ref?: string; 'Fn::GetAtt'?: string[] };
        expect(ids.has(Ref ?? attribute?.[0] ?? ''), AlarmName).toBe(true);
      }
    }
  });

  it('call for action in words', () => {
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(/[:.] .*(read|look|confirm|raised|go out)/i);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
    }
  });

  it('stay within what CloudWatch looks back over', () => {
    const day = 86_400;
    for (const { AlarmName, Period, EvaluationPeriods } of alarms.filter((alarm) => alarm.Period !== undefined)) {
      expect(Period * EvaluationPeriods, AlarmName).toBeLessThanOrEqual(Period < 3_600 ? day : 7 * day);
    }
  });

  it('count a late message only after it could have been handed out again', () => {
    const work = resourcesOf(template, 'AWS::SQS::Queue').find(({ id }) => id.includes('Work'));
    expect(named('late runs')).toMatchObject({
      Threshold: work?.properties.VisibilityTimeout,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });
});

describe('the dead man', () => {
  it('is missed when nothing has finished for a while: no data is the alarm', () => {
    expect(named('missed probe every 5m')).toMatchObject({
      Namespace: metricNamespace,
      MetricName: metricNames.heartbeat,
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Period: 300,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
    });
    expect(named('missed probe every 5m').Dimensions).toEqual([
      { Name: heartbeatDimensions[0], Value: 'probe' },
      { Name: heartbeatDimensions[1], Value: 'every 5m' },
      { Name: serviceDimension, Value: 'demo' },
    ]);
  });

  it('listens for subscribers too', () => {
    for (const topic of ['alerts', 'operator']) {
      expect(named(`${topic} unheard`)).toMatchObject({
        MetricName: metricNames.subscriptionsConfirmed,
        Dimensions: [
          { Name: serviceDimension, Value: 'demo' },
          { Name: 'topic', Value: topic },
        ],
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
        Period: 3_600,
        EvaluationPeriods: 27,
      });
    }
  });

  it('leaves alarms on failures quiet when nothing happens', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(breaching.every(({ AlarmName }) => /missed|unheard/.test(AlarmName))).toBe(true);
    const others = alarms.filter((alarm) => !breaching.includes(alarm));
    expect(new Set(others.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(['notBreaching']));
  });

  it('is said to be missing where a cadence is too slow to be watched', () => {
    const { stack } = newStack(() => ({
      settings: {
        ...demo,
        targets: {
          web: {
            environment: 'production',
            checks: { 'probe:yearly': { url: 'https://example.com/', cron: '0 6 1 1 ? *' } },
          },
        },
      },
    }));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('nobody will notice when the probe checks'));
  });
});

/** Whether a policy lets CloudWatch's alarms of this account do something, and nothing in it keeps them from it. */
function letsAlarms(statements: PolicyStatement[], action: string): boolean {
  const applies = (statement: PolicyStatement) =>
    [statement.Action].flat().some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));
  const forCloudWatch = ({ Principal }: PolicyStatement) =>
    typeof Principal === 'object' && [Principal.Service].flat().includes('cloudwatch.amazonaws.com');
  const allowed = statements.some(
    (statement) =>
      statement.Effect === 'Allow' && applies(statement) && forCloudWatch(statement) && isFromHere(statement.Condition),
  );
  const denied = statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      applies(statement) &&
      (statement.Principal === '*' || forCloudWatch(statement)) &&
      JSON.stringify(statement.Condition) !== JSON.stringify({ Bool: { 'aws:SecureTransport': 'false' } }),
  );
  return allowed && !denied;
}

/** The condition that AWS documents for it: this account, and alarms of this region. */
function isFromHere(condition: unknown): boolean {
  const { StringEquals, ArnLike, ...others } = condition as Record<string, Record<string, unknown>>;
  const account = JSON.stringify(StringEquals) === JSON.stringify({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  const source = ArnLike === undefined || JSON.stringify(ArnLike['aws:SourceArn']).includes(':alarm:*');
  return account && source && Object.keys(others).length === 0;
}

interface PolicyStatement {
  Effect: string;
  Action: string | string[];
  Principal: string | { Service?: string | string[] };
  Condition?: unknown;
}

/** Follows every alarm to its topic, the topic to its policy, the policy to CloudWatch, and the topic's key to its own. */
function alarmsThatGetThrough(of: Template): string[] {
  const topics = resourcesOf(of, 'AWS::SNS::Topic');
  const keys = resourcesOf(of, 'AWS::KMS::Key');
  const statementsOf = (document: unknown) => (document as { Statement: PolicyStatement[] }).Statement;
  return alarmsOf(of)
    .filter(({ AlarmActions, OKActions }) =>
      [AlarmActions, OKActions].every((actions) =>
        actions.some((action) => {
          const topic = topics.find(({ id }) => id === (action as { Ref: string }).Ref);
          if (!topic) return false;
          const policies = resourcesOf(of, 'AWS::SNS::TopicPolicy').filter(({ properties }) =>
            (properties.Topics as { Ref: string }[]).some(({ Ref }) => Ref === topic.id),
          );
          const statements = policies.flatMap(({ properties }) => statementsOf(properties.PolicyDocument));
          if (!letsAlarms(statements, 'sns:Publish')) return false;
          const master = topic.properties.KmsMasterKeyId;
          if (master === undefined) return true;
          const key = keys.find(({ id }) => JSON.stringify(master) === JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }));
          if (!key) return false;
          const ofKey = statementsOf(key.properties.KeyPolicy);
          return letsAlarms(ofKey, 'kms:Decrypt') && letsAlarms(ofKey, 'kms:GenerateDataKey');
        }),
      ),
    )
    .map(({ AlarmName }) => AlarmName);
}

describe('from alarm to topic to policy to key', () => {
  it('every alarm gets through, starting and ending', () => {
    expect(alarmsThatGetThrough(template)).toEqual(alarms.map(({ AlarmName }) => AlarmName));
  });

  it('every alarm gets through a topic that your key encrypts', () => {
    const changed = synth((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    expect(alarmsThatGetThrough(changed)).toEqual(alarms.map(({ AlarmName }) => AlarmName));
  });

  it('none would through a topic of your own that only refuses plain text', () => {
    const changed = synth((stack) => ({ operatorTopic: new Topic(stack, 'Mine', { enforceSSL: true }) }));
    expect(alarmsThatGetThrough(changed)).toEqual([]);
  });

  it('none would through a key that does not know CloudWatch', () => {
    const changed = synth((stack) => ({
      operatorTopic: new Topic(stack, 'Mine', { enforceSSL: true, masterKey: new Key(stack, 'Key') }),
    }));
    expect(alarmsThatGetThrough(changed)).toEqual([]);
  });

  it('a key from elsewhere is said to need a policy that lets them through', () => {
    const { stack } = newStack((scope) => ({
      encryptionKey: Key.fromKeyArn(
        scope,
        'Key',
        'arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
      ),
    }));
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('must allow cloudwatch.amazonaws.com kms:Decrypt'),
    );
  });
});
