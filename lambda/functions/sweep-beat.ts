// The heartbeat of the sweep, by which an alarm knows that it goes on.
import { heartbeatDimensions, metricNames } from '../config/metrics.ts';
import { sweepKey, sweepKind } from '../config/sweep.ts';
import type { Telemetry } from '../platform/ports.ts';

export function beat(telemetry: Telemetry): void {
  const [kind, schedule] = heartbeatDimensions;
  telemetry.metric(metricNames.heartbeat, 1, 'Count', { [kind]: sweepKind, [schedule]: sweepKey });
}
