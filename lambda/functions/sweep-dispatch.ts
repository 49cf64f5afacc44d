// A sweep as dispatch hands it out: a message for a few of the states in the bucket. A target that the settings no longer
// have is swept as long as anything happens to its state. Apart from the handler, which dispatch does not need to load.
import { parseDuration } from '../config/duration.ts';
import type { MonitorSettings } from '../config/settings.ts';
import { sweepKind } from '../config/sweep.ts';
import { targetOfKey } from '../monitor/memory/state-key.ts';
import type { Clock, ObjectStore, Queue, Telemetry } from '../platform/ports.ts';
import type { SweepEvent, SweepMessage } from './events.ts';
import { beat } from './sweep-beat.ts';

/** Of a removed target, after its state was written last: its incidents are closed and its notices are out by then. */
const sweptAfterRemoval = parseDuration('3d');
/** Targets of one message: each costs one read when there is nothing to do. */
const targetsPerMessage = 10;

export interface SweepDispatch {
  settings: MonitorSettings;
  queueUrl: string;
  bucket: string;
  clock: Clock;
  objects: ObjectStore;
  queue: Queue;
  telemetry: Telemetry;
}

/** @returns a line for people for every target */
export async function handOutSweep(event: SweepEvent, dispatch: SweepDispatch): Promise<string[]> {
  const { settings, queueUrl, bucket, clock, objects, queue, telemetry } = dispatch;
  const scheduledAt = new Date(event.scheduledAt ?? clock.now()).toISOString();
  const tickId = event.tickId ?? `${sweepKind} ${scheduledAt}`;
  const configured = new Set(settings.targets.map(({ name }) => name));
  const targets: SweepMessage['targets'] = [];
  for await (const { key, lastModified } of objects.list(bucket, { prefix: 'state/' })) {
    const name = targetOfKey(key);
    if (name === undefined) continue;
    const removed = !configured.has(name);
    if (removed && clock.now().getTime() - lastModified.getTime() > sweptAfterRemoval) continue;
    targets.push({ name, removed });
  }
  // With nothing to look after, nobody else says that the sweep is alive.
  if (targets.length === 0) beat(telemetry);
  const bodies: string[] = [];
  for (let from = 0; from < targets.length; from += targetsPerMessage) {
    const message: SweepMessage = {
      driftwatch: 'sweep',
      targets: targets.slice(from, from + targetsPerMessage),
      scheduledAt,
      tickId,
    };
    bodies.push(JSON.stringify(message));
  }
  if (bodies.length > 0) await queue.send(queueUrl, bodies);
  telemetry.info('sweep handed out', { tick: tickId, targets: targets.length });
  return targets.map(({ name, removed }) => `${name}: ${removed ? 'swept, no longer in the settings' : 'swept'}`);
}
