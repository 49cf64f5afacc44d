// What the check function does with calls and events that are about a watch: people start, stop and ask; a pipeline says
// that something was deployed, and reads no answer.
import type * as z from 'zod';
import type { TargetSettings } from '../config/settings.ts';
import { EdgeError } from '../errors.ts';
import { type CheckAnswer, refusal } from '../monitor/answer.ts';
import type { Refused } from '../monitor/decide/silences.ts';
import { select } from '../monitor/selection.ts';
import { startWatch, stopRunningWatch, type WatchAnswer, type WatchPlace, watchStanding } from '../monitor/watches.ts';
import type { Asked } from '../watch/request.ts';
import type { CheckFunction } from './check-handler.ts';
import { eventProblem } from './event-problem.ts';
import { deploymentEvent, watchEvent, watchWordEvent } from './events.ts';

type Call = (event: unknown, deadline: Date) => Promise<CheckAnswer>;

export function createWatchCalls({ monitor, settings }: CheckFunction): { onWatch: Call; onDeployment: Call } {
  const { telemetry, ports } = monitor;
  return { onWatch, onDeployment };

  function watchPlace(name: string, deadline: Date): WatchPlace {
    select(settings, { targets: [name] });
    const target = settings.targets.find((one) => one.name === name) as TargetSettings;
    const { clock, objects } = ports;
    const place = { objects, bucket: monitor.bucket };
    return {
      ports: { clock, random: monitor.random, place },
      deadline,
      monitor: monitor.name,
      target,
      alerts: monitor.alerts,
    };
  }

  async function onWatch(event: unknown, deadline: Date): Promise<CheckAnswer> {
    const parsed = watchEvent.safeParse(event);
    const word = watchWordEvent.safeParse(event);
    if (word.success) {
      const { target, watch, by } = word.data;
      return toWatch(target, deadline, (place) =>
        watch === 'status' ? watchStanding(place) : stopRunningWatch(place, by),
      );
    }
    if (!parsed.success) return refusal(eventProblem(parsed.error), watchUsage);
    const { target, watch } = parsed.data;
    return toWatch(target, deadline, (place) => startWatch(place, asked(watch)));
  }

  async function toWatch(
    target: string,
    deadline: Date,
    ask: (place: WatchPlace) => Promise<WatchAnswer | Refused>,
  ): Promise<CheckAnswer> {
    try {
      const answer = await ask(watchPlace(target, deadline));
      if ('refused' in answer) return refusal(answer.refused, answer.remedy);
      return { status: 'done', summary: answer.done, results: [] };
    } catch (error) {
      if (error instanceof EdgeError && error.reason === 'missing') return refusal(error.message, error.remedy);
      throw error;
    }
  }

  /** Nobody reads an answer: what cannot be done is an error of the log, which raises an alarm. */
  async function onDeployment(event: unknown, deadline: Date): Promise<CheckAnswer> {
    const parsed = deploymentEvent.safeParse(event);
    const answer = parsed.success ? await begin(parsed.data) : refusal(eventProblem(parsed.error), deploymentUsage);
    if (answer.status === 'refused') {
      telemetry.error('a deployment is not watched: its event was refused', { says: answer.summary });
    } else {
      telemetry.info('a deployment is watched', { says: answer.summary });
    }
    return answer;

    function begin({ time, detail }: z.output<typeof deploymentEvent>): Promise<CheckAnswer> {
      const at = new Date(Math.min(Date.parse(time), ports.clock.now().getTime()));
      return toWatch(detail.target, deadline, (place) => startWatch(place, asked(detail), at));
    }
  }
}

const watchUsage =
  'Ask like this: {"target": "<name>", "watch": {"version": "<version>", "commit": "<commit>", "for": "24h", "every": "5m"}}; {"target": "<name>", "watch": "status"}; or {"target": "<name>", "watch": "stop"}.';

const deploymentUsage =
  'Put it on the default event bus with the source "driftwatch", the detail type "deployment" and the detail {"target": "<name>", "version": "<version>"}; "commit", "for" and "every" may be added.';

function asked({
  for: forMs,
  every: everyMs,
  ...said
}: Omit<Asked, 'forMs' | 'everyMs'> & { for: number; every: number }): Asked {
  return { ...said, forMs, everyMs };
}
