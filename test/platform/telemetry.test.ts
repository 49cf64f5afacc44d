import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { metricNames, metricNamespace } from '../../lambda/config/metrics.ts';
import { createTelemetry } from '../../lambda/platform/telemetry.ts';

let lines: Record<string, unknown>[];

beforeEach(() => {
  lines = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      lines.push(JSON.parse(String(text)));
      return true;
    });
  }
});
afterEach(() => vi.restoreAllMocks());

test('a log line is JSON with its level, the monitor and its fields', () => {
  const telemetry = createTelemetry({ service: 'control-core', fields: { requestId: 'r-1' } });
  telemetry.info('run ended', { target: 'pap-api' });
  telemetry.warn('slow');
  telemetry.error('failed', { error: 'boom' });
  const common = { service: 'control-core', requestId: 'r-1' };
  expect(lines).toMatchObject([
    { level: 'INFO', message: 'run ended', target: 'pap-api', ...common },
    { level: 'WARN', message: 'slow', ...common },
    { level: 'ERROR', message: 'failed', error: 'boom', ...common },
  ]);
});

test('a metric is written at once, with exactly its dimensions', () => {
  const telemetry = createTelemetry({ service: 'control-core' });
  telemetry.metric(metricNames.heartbeat, 1, 'Count', { kind: 'probe', schedule: 'every 5m' });
  telemetry.metric(metricNames.publishFailed, 2, 'Count');
  const embedded = (name: string, dimensions: string[]) => ({
    CloudWatchMetrics: [
      { Namespace: metricNamespace, Dimensions: [dimensions], Metrics: [{ Name: name, Unit: 'Count' }] },
    ],
  });
  expect(lines).toMatchObject([
    {
      _aws: embedded('Heartbeat', ['service', 'kind', 'schedule']),
      Heartbeat: 1,
      service: 'control-core',
      kind: 'probe',
      schedule: 'every 5m',
    },
    { _aws: embedded('PublishFailed', ['service']), PublishFailed: 2, service: 'control-core' },
  ]);
});
