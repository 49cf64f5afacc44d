// What the functions write is what the alarms read: CloudWatch matches a metric by its namespace, name and exact
// dimensions, and an alarm on one that nobody writes is silent, or raised, for ever.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  heartbeatDimensions,
  metricNames,
  metricNamespace,
  topicDimension,
  watchTickDimensions,
} from '../../lambda/config/metrics.ts';
import { resourcesOf, synth } from './synth.ts';

interface Series {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

interface LogLine extends Record<string, unknown> {
  _aws?: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

/** What reaches CloudWatch when the telemetry of the functions is used as they use it. */
async function logged(): Promise<LogLine[]> {
  const [kind, schedule] = heartbeatDimensions;
  const module = new URL('../../lambda/platform/telemetry.ts', import.meta.url).href;
  const beats = ['backup', 'database', 'probe', 'schema', 'sweep'].map((each) => ({
    [kind]: each,
    [schedule]:
      { backup: 'cron 0 6 * * ? * in Europe/Berlin', schema: 'every 15m', sweep: 'every 15m' }[each] ?? 'every 5m',
  }));
  beats.push(watchTickDimensions);
  const script = `
    const { createTelemetry } = await import(${JSON.stringify(module)});
    const telemetry = createTelemetry({ service: 'demo' });
    for (const beat of ${JSON.stringify(beats)}) telemetry.metric('${metricNames.heartbeat}', 1, 'Count', beat);
    telemetry.metric('${metricNames.publishFailed}', 1, 'Count');
    telemetry.metric('${metricNames.undeliverable}', 1, 'Count');
    for (const topic of ['alerts', 'operator'])
      telemetry.metric('${metricNames.subscriptionsConfirmed}', 1, 'Count', { ${topicDimension}: topic });
    telemetry.info('as usual');
    telemetry.warn('unusual');
    telemetry.error('wrong');`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: { POWERTOOLS_SERVICE_NAME: 'demo', POWERTOOLS_METRICS_NAMESPACE: metricNamespace },
  });
  return `${stdout}${stderr}`
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
}

function seriesIn(line: LogLine): Series[] {
  return (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) =>
      Dimensions.map((names) => ({
        namespace: Namespace,
        name: Name,
        dimensions: Object.fromEntries(names.map((name) => [name, line[name] as string])),
      })),
    ),
  );
}

interface Filter {
  FilterPattern: string;
  MetricTransformations: [
    { MetricNamespace: string; MetricName: string; Dimensions: { Key: string; Value: string }[] },
  ];
}

/** What a metric filter makes of a log line. */
function filtered(line: LogLine, { FilterPattern, MetricTransformations: [transformation] }: Filter): Series[] {
  const [, member = '', value] = /^\{ \$\.(\w+) = "(\w+)" \}$/.exec(FilterPattern) ?? [];
  if (value === undefined || line[member] !== value) return [];
  const dimensions = transformation.Dimensions.map(({ Key, Value }) => [Key, line[Value.replace('$.', '')] as string]);
  return [
    {
      namespace: transformation.MetricNamespace,
      name: transformation.MetricName,
      dimensions: Object.fromEntries(dimensions),
    },
  ];
}

const template = synth();
const read: Series[] = resourcesOf(template, 'AWS::CloudWatch::Alarm')
  .filter(({ properties }) => properties.Namespace === metricNamespace)
  .map(({ properties }) => ({
    namespace: metricNamespace,
    name: properties.MetricName as string,
    dimensions: Object.fromEntries(
      (properties.Dimensions as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
    ),
  }));

const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(
  ({ properties }) => properties as unknown as Filter,
);

describe('the metrics of the monitor', () => {
  let lines: LogLine[];
  beforeAll(async () => {
    lines = await logged();
  });

  it('that alarms read are all there', () => {
    const [filter] = filters;
    const series = lines.flatMap((line) => [...seriesIn(line), ...(filter ? filtered(line, filter) : [])]);
    expect(read.length).toBe(11);
    for (const each of read) expect(series).toContainEqual(each);
  });

  it('count errors in the log of both functions, and nothing less', () => {
    expect(filters.length).toBe(2);
    for (const filter of filters) {
      expect(lines.filter((line) => filtered(line, filter).length > 0).map(({ message }) => message)).toEqual([
        'wrong',
      ]);
    }
  });
});
