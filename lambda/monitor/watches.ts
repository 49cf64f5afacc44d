// What people and pipelines do with the watch of a target: start it, stop it, ask how it stands. The record is written
// before the state, so that a start that dies between the two is finished by the next round; what is done twice is done
// once. The answer is lines for people.

import { formatDuration } from '../config/duration.ts';
import type { TargetSettings } from '../config/settings.ts';
import { minuteOf } from '../point-in-time.ts';
import { beginWatch, type LifeContext, stopWatch } from '../watch/life.ts';
import { watchClause, watchText } from '../watch/report.ts';
import { type Asked, watchOf } from '../watch/request.ts';
import { standingOf } from '../watch/standing.ts';
import type { Refused } from './decide/silences.ts';
import { type ChangeInput, changeState } from './memory/change-state.ts';
import { recall } from './memory/memory.ts';
import { freshState, type TargetState } from './memory/state.ts';
import { hurryWatchRecord, readWatchRecord, writeWatchRecord } from './memory/watch-records.ts';
import { capital } from './notice/wording.ts';
import { printable } from './printable.ts';
import { withRetries } from './retry.ts';

export interface WatchPlace {
  ports: ChangeInput<never>['ports'];
  deadline: Date;
  /** The monitor's name. */
  monitor: string;
  target: TargetSettings;
  alerts: LifeContext['alerts'];
}

export type WatchAnswer = { done: string[]; state: TargetState };

const writing = { attempts: 15, firstDelayMs: 100 } as const;

/** @param startedAt when the deployment was; @default now */
export async function startWatch(place: WatchPlace, asked: Asked, startedAt?: Date): Promise<WatchAnswer | Refused> {
  const { ports, deadline, target } = place;
  const { clock, random } = ports;
  const request = watchOf(target.name, asked, startedAt ?? clock.now());
  if ('refused' in request) return request;
  if (Date.parse(request.until) <= clock.now().getTime()) {
    return {
      refused: `the watch of ${target.name} would have been over at ${minuteOf(request.until)}`,
      remedy: 'Ask for it when the deployment happens.',
    };
  }
  const begin = (state: TargetState) => beginWatch(state, request, contextOf(place));
  const refused = await withRetries({ clock, random, deadline, ...writing }, async () => {
    const recalled = await recall(ports.place, target.name);
    const planned = begin(recalled.kind === 'state' ? recalled.state : freshState(target.name, clock.now()));
    if ('refused' in planned) return planned;
    const { record, condition } = await readWatchRecord(ports.place, target.name);
    const isWritten = record?.watch.id === planned.watch.id && !record.over;
    const isNewer = record && !record.over && Date.parse(record.watch.startedAt) > Date.parse(planned.watch.startedAt);
    if (isWritten || isNewer) return undefined;
    return writeWatchRecord(ports.place, target.name, { watch: planned.watch, over: false }, condition);
  });
  if (refused) return refused;
  const begun = await changeState({ ports, target: target.name, deadline, change: begin });
  if ('refused' in begun) return begun;
  const { version, until, everyMs, known, usual } = begun.watch;
  const name = printable(version);
  return {
    state: begun.state,
    done: begun.already
      ? [`Version ${name} of ${target.name} is being watched already, until ${minuteOf(until)}.`]
      : [
          `Watching version ${name} of ${target.name} until ${minuteOf(until)}: every check runs every ${formatDuration(everyMs)}, and its first failing run is told.`,
          `What was failing before: ${Object.keys(known).length}. Measures to compare with: ${usual.length}. It ends with a report.`,
        ],
  };
}

export async function stopRunningWatch(place: WatchPlace, by: string | undefined): Promise<WatchAnswer | Refused> {
  const { ports, deadline, target } = place;
  const change = (state: TargetState) => stopWatch(state, by, contextOf(place));
  const stopped = await changeState({ ports, target: target.name, deadline, change });
  if ('refused' in stopped) return stopped;
  const { report, state } = stopped;
  await hurryWatchRecord(ports.place, target.name, report.id, ports.clock.now());
  return { state, done: [`${capital(watchClause(report))}. Its report goes out within minutes.`] };
}

/** How the watch stands, or what the last one ended with. */
export async function watchStanding({ ports, target }: WatchPlace): Promise<WatchAnswer> {
  const recalled = await recall(ports.place, target.name);
  const now = ports.clock.now();
  const state = recalled.kind === 'state' ? recalled.state : freshState(target.name, now);
  const { watching, lastWatch } = state;
  const at = now.toISOString();
  const done = watching
    ? standingOf(watching, at)
    : lastWatch
      ? [`${capital(watchClause(lastWatch))}.`, ...watchText(lastWatch).join('\n\n').split('\n')]
      : [`${target.name} has not been watched.`];
  return { state, done };
}

function contextOf({ monitor, target, alerts, ports }: WatchPlace): LifeContext {
  return { monitor, target, alerts, now: ports.clock.now() };
}
