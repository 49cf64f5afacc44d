// A target under watch, run after run, over real decisions: what the tests of reports and of the life of a watch tell.
import type { TargetSettings } from '../../lambda/config/settings.ts';
import { decide } from '../../lambda/monitor/decide/decide.ts';
import { freshState, type TargetState } from '../../lambda/monitor/memory/state.ts';
import type { Notice } from '../../lambda/monitor/notice/notice.ts';
import type { Outcome } from '../../lambda/monitor/outcome.ts';
import { beginWatch, stopWatch } from '../../lambda/watch/life.ts';
import { type Asked, watchOf } from '../../lambda/watch/request.ts';
import { alerts, at, noon } from '../monitor/builders.ts';

const minute = 60_000;

export interface Watched {
  state: TargetState;
  /** Notices of everything that happened, in order. */
  told: Notice[];
  start(minutes: number, asked?: Partial<Asked>): TargetState;
  stop(minutes: number, by?: string): void;
  /** A run: a round of the watch, or another one. */
  run(minutes: number, outcomes: readonly Outcome[], kind?: 'round' | 'other'): void;
  /** The newest report. */
  report(): Notice;
  verdict(): TargetState['lastWatch'];
}

/** @param target whose state begins a day before noon */
export function watchedTarget(target: TargetSettings): Watched {
  const contextAt = (minutes: number) => ({
    monitor: 'control-core',
    target,
    alerts,
    now: new Date(at(minutes)),
  });
  const accepted = <T extends { state: TargetState }>(result: T | { refused: string }): T => {
    if ('refused' in result) throw new Error(result.refused);
    return result;
  };
  return {
    state: freshState(target.name, new Date(Date.parse(noon) - 1_440 * minute)),
    told: [],
    start(minutes, more = {}) {
      const asked = { version: '1.5.0', forMs: 1_440 * minute, everyMs: 5 * minute, ...more };
      const request = watchOf(target.name, asked, new Date(at(minutes)));
      if ('refused' in request) throw new Error(request.refused);
      this.keep(accepted(beginWatch(this.state, request, contextAt(minutes))).state);
      return this.state;
    },
    stop(minutes, by) {
      this.keep(accepted(stopWatch(this.state, by, contextAt(minutes))).state);
    },
    run(minutes, outcomes, kind = 'round') {
      const decided = decide({
        state: this.state,
        outcomes,
        monitor: 'control-core',
        target,
        alerts,
        run: `run-${minutes}`,
        now: new Date(at(minutes)),
        ...(kind === 'round' && { round: at(minutes) }),
      });
      this.keep(decided.state);
    },
    report() {
      const found = this.told.findLast(({ report }) => report !== undefined);
      if (!found) throw new Error('no report was told');
      return found;
    },
    verdict() {
      return this.state.lastWatch;
    },
    keep(state: TargetState) {
      this.told.push(...state.outbox.map(({ notice }) => notice));
      this.state = { ...state, outbox: [] };
    },
  } as Watched & { keep(state: TargetState): void };
}
