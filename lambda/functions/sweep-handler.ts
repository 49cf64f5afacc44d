// A sweep as check carries it out: looks after a few targets of which no check is due.
import type { MonitorSettings } from '../config/settings.ts';
import { type Monitor, sweepTarget } from '../monitor/pipeline.ts';
import type { SweepMessage } from './events.ts';
import { beat } from './sweep-beat.ts';

/** @throws the first failure, after all have been tried: a sweep that is repeated does no harm */
export async function sweep(
  { targets, tickId }: SweepMessage,
  { monitor, settings, deadline }: { monitor: Monitor; settings: MonitorSettings; deadline: Date },
): Promise<void> {
  const { telemetry } = monitor;
  const swept = await Promise.allSettled(
    targets.map(async ({ name, removed }) => {
      const target = settings.targets.find((one) => one.name === name);
      // While a deployment is under way, one function may know a target that the other one does not.
      if ((target === undefined) !== removed) return;
      const report = await sweepTarget(monitor, { target: target ?? name, deadline });
      if (report === undefined) return;
      const { run, delivery, remarks } = report;
      telemetry.info('swept', { target: name, run, tick: tickId, published: delivery?.published ?? [], remarks });
    }),
  );
  for (const one of swept) if (one.status === 'rejected') throw one.reason;
  beat(telemetry);
}
