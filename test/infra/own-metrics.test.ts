// What the functions write is what the alarms read: CloudWatch matches a metric by its namespace, name and exact
// dimensions, and an alarm on one that nobody writes is silent, or raised, for ever.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { heartbeatDimensions, metricNames, metricNamespace, topicDimension } from '../../lambda/config/metrics.ts';
import { resourcesOf, synth } from './synth.ts';

interface Series {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** What reaches CloudWatch when the telemetry of the functions is used as they use it. */
async function written(): Promise<Series[]> {
  const [kind, schedule] = heartbeatDimensions;
  const module = fileURLToPath(new URL('../../lambda/platform/telemetry.ts', import.meta.url));
  const beats = ['backup', 'database', 'probe', 'schema'].map((each) => ({
    [kind]: each,
    [schedule]: { backup: 'cron 0 6 * * ? * in Europe/Berlin', schema: 'every 15m' }[each] ?? 'every 5m',
  }));
  const script = `
    const { createTelemetry } = await import(${JSON.stringify(module)});
    const telemetry = createTelemetry({ service: 'demo' });
    for (const beat of ${JSON.stringify(beats)}) telemetry.metric('${metricNames.heartbeat}', 1, 'Count', beat);
    telemetry.metric('${metricNames.publishFailed}', 1, 'Count');
    for (const topic of ['alerts', 'operator'])
      telemetry.metric('${metricNames.subscriptionsConfirmed}', 1, 'Count', { ${topicDimension}: topic });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { POWERTOOLS_SERVICE_NAME: 'demo', POWERTOOLS_METRICS_NAMESPACE: metricNamespace },
  });
  return stdout
    .trim()
    .split('\n')
    .flatMap((line) => {
      const record = JSON.parse(line) as Record<string, string> & {
        _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
      };
      return record._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((names) => ({
            namespace: Namespace,
            name: Name,
            dimensions: Object.fromEntries(names.map((name) => [name, record[name] as string])),
          })),
        ),
      );
    });
}

const read: Series[] = resourcesOf(synth(), 'AWS::CloudWatch::Alarm')
  .filter(({ properties }) => properties.Namespace === metricNamespace)
  .map(({ properties }) => ({
    namespace: metricNamespace,
    name: properties.MetricName as string,
    dimensions: Object.fromEntries(
      (properties.Dimensions as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
    ),
  }));

describe('the metrics of the monitor', () => {
  let series: Series[];
  beforeAll(async () => {
    series = await written();
  });

  it('are all read by an alarm that is there', () => {
    expect(read.length).toBe(7);
    for (const each of read) expect(series).toContainEqual(each);
  });
});
