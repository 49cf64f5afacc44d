// Logs and metrics of the functions, by Powertools: JSON lines for CloudWatch Logs, and figures in the embedded metric
// format, each written at once so that a process that dies has said what it knew.
import { Logger } from '@aws-lambda-powertools/logger';
import type { LogAttributes } from '@aws-lambda-powertools/logger/types';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricNamespace } from '../config/metrics.ts';
import type { Telemetry } from './ports.ts';

export interface TelemetryOptions {
  /** The monitor's name: the dimension `service` of every metric. */
  service: string;
  /** On every log line, such as the request's id. @default none */
  fields?: Record<string, string>;
}

export function createTelemetry({ service, fields = {} }: TelemetryOptions): Telemetry {
  const logger = new Logger({ serviceName: service, persistentLogAttributes: fields });
  const metrics = new Metrics({ namespace: metricNamespace, serviceName: service });
  const log = (level: 'info' | 'warn' | 'error') => (message: string, more?: Record<string, unknown>) =>
    more ? logger[level](message, more as LogAttributes) : logger[level](message);
  return {
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    metric(name, value, unit, dimensions) {
      const single = metrics.singleMetric();
      if (dimensions) single.addDimensions(dimensions);
      single.addMetric(name, unit, value);
    },
  };
}
