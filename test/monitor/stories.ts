// Stories about decisions: run after run, what is seen, what is said and why. Minutes count from noon.
import { expect, test } from 'vitest';
import type { AlertSettings, TargetSettings } from '../../lambda/config/settings.ts';
import { type AcknowledgeRequest, acknowledge } from '../../lambda/monitor/decide/acknowledge.ts';
import { addSilence, type SilenceRequest } from '../../lambda/monitor/decide/silences.ts';
import type { TargetState } from '../../lambda/monitor/memory/state.ts';
import type { Outcome } from '../../lambda/monitor/outcome.ts';
import { at, finding, story, targetWith } from './builders.ts';

export interface Run {
  at: number;
  outcomes: Outcome[];
  /** What changes before this run. */
  target?: TargetSettings;
  alerts?: Partial<AlertSettings>;
  silence?: Partial<SilenceRequest> & { forMs: number };
  acknowledge?: Partial<AcknowledgeRequest> & { forMs: number };
  /** Notices: `<severity> <status>: <check>...`; `?` marks what could not be verified. */
  says?: string[];
  /** Decisions: `<check>: <reason>`, `?` as above. */
  because: string[];
}

export type Stories = Record<string, { target?: TargetSettings; runs: Run[] }>;

export const column = (name: string, more = {}) =>
  finding({ subject: `public.users.${name}`, message: `users.${name} is missing`, ...more });
export const [sandbox, production, warning, info] = [
  column('sandbox'),
  column('production'),
  column('note', { severity: 'warning', impact: 'performance' }),
  column('comment', { severity: 'info', impact: 'cosmetic' }),
];

export const one = targetWith(['schema']);

export function tellStories(stories: Stories): void {
  test.each(Object.entries(stories))('%s', (_, { target = one, runs }) => {
    const told = story(target);
    for (const run of runs) {
      if (run.target) told.target = run.target;
      told.alerts = { ...told.alerts, ...run.alerts };
      const moment = new Date(at(run.at));
      if (run.silence) told.state = stateOf(addSilence(told.state, { reason: 'x', by: 'ada', ...run.silence }, moment));
      if (run.acknowledge) told.state = stateOf(acknowledge(told.state, { by: 'ada', ...run.acknowledge }, moment));
      const { notices, decisions } = told.run(run.at, run.outcomes);
      expect
        .soft(
          notices.map(({ severity, escalated, status, entries }) => {
            const about = entries.map((entry) => {
              const counts =
                status === 'updated'
                  ? [
                      [entry.addedCount, '+'],
                      [entry.goneCount, '-'],
                    ]
                  : [];
              return `${name(entry)}${counts.map(([count, sign]) => (count ? ` ${sign}${count}` : '')).join('')}`;
            });
            return `${severity}${escalated ? '!' : ''} ${status}: ${about.join(', ')}`;
          }),
          `what is said at ${run.at}`,
        )
        .toEqual(run.says ?? []);
      expect
        .soft(decisions.map((one) => `${name(one)}: ${one.reason.code}`).sort(), `the reasons at ${run.at}`)
        .toEqual(run.because);
    }
  });
}

/** The state after what a person asked for, which was not refused. */
export function stateOf(result: { state: TargetState } | { refused: string }): TargetState {
  if ('refused' in result) throw new Error(result.refused);
  return result.state;
}

function name({ check, about }: { check: string; about: string }): string {
  return about === 'failing' ? check : about === 'unverified' ? `${check}?` : `${check}(${about})`;
}
