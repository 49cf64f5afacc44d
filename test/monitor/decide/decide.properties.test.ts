// What holds for decisions whatever happens: runs of random outcomes over checks that depend on each other, with
// settings that change in between. A failure prints its seed and the smallest history that shows it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertSettings, CheckEntry } from '../../../lambda/config/settings.ts';
import { decide } from '../../../lambda/monitor/decide/decide.ts';
import { type Severity, severities } from '../../../lambda/monitor/finding.ts';
import { freshState, parseState, type TargetState } from '../../../lambda/monitor/memory/state.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import type { Outcome } from '../../../lambda/monitor/outcome.ts';
import { alerts, at, checkEntry, fail, finding, noon, pass, targetWith, unknown } from '../builders.ts';

const ids = ['backup', 'database', 'probe:health', 'schema'] as const;

interface Seen {
  check: (typeof ids)[number];
  status: 'pass' | 'fail' | 'unknown';
  /** Of a failure: which findings, each with its severity. */
  findings: [subject: number, severity: Severity][];
  reach: boolean;
}

interface Step {
  /** Since the step before. */
  minutes: number;
  seen: Seen[];
  checks: CheckEntry[];
  alerts: AlertSettings;
}

const severity = fc.constantFrom(...severities);

const seenOf = (check: Seen['check']): fc.Arbitrary<Seen> =>
  fc.record({
    check: fc.constant(check),
    status: fc.constantFrom('pass', 'fail', 'unknown'),
    findings: fc.uniqueArray(fc.tuple(fc.nat(3), severity), {
      minLength: 1,
      maxLength: 3,
      selector: ([subject]) => subject,
    }),
    reach: fc.boolean(),
  });

const seen: fc.Arbitrary<Seen[]> = fc
  .subarray([...ids], { minLength: 1 })
  .chain((chosen) => fc.tuple(...chosen.map(seenOf)));

const entries: fc.Arbitrary<CheckEntry[]> = fc
  .subarray([...ids], { minLength: 1 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((id) =>
        fc
          .record({ failAfter: fc.integer({ min: 1, max: 3 }), passAfter: fc.integer({ min: 1, max: 3 }) })
          .map((more) => checkEntry(id, more)),
      ),
    ),
  );

const alertSettings = fc.record({ minimumSeverity: severity }).map((more) => ({ ...alerts, ...more }));

/** Settings that stay for a while: a new value now and then. */
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 400 }),
      seen,
      checks: fc.option(entries, { freq: 6, nil: undefined }),
      alerts: fc.option(alertSettings, { freq: 6, nil: undefined }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn) => {
    let checks: CheckEntry[] = ids.map((id) => checkEntry(id));
    let settings: AlertSettings = alerts;
    return drawn.map((step) => {
      checks = step.checks ?? checks;
      settings = step.alerts ?? settings;
      return { ...step, checks, alerts: settings };
    });
  });

function outcomesOf(step: Step, minutes: number): Outcome[] {
  return step.seen.map(({ check, status, findings, reach }): Outcome => {
    const more = {
      ...(check === 'schema' || check === 'probe:health' ? { dependsOn: ['database'] } : {}),
      ...(check === 'database' || check === 'probe:health'
        ? { reach: status === 'pass' || reach ? ('reached' as const) : ('unreachable' as const) }
        : {}),
    };
    if (status === 'pass') return pass(check, minutes, more);
    if (status === 'unknown') return unknown(check, minutes, more);
    const [first, ...others] = findings.map(([subject, worst]) =>
      finding({ subject: `thing ${subject}`, severity: worst }),
    );
    return fail(check, minutes, [first ?? finding(), ...others], more);
  });
}

interface Told {
  state: TargetState;
  notices: Notice[];
  minutes: number;
}

function decided(told: Told, step: Step, outcomes = outcomesOf(step, told.minutes + step.minutes)) {
  return decide({
    state: told.state,
    outcomes,
    monitor: 'control-core',
    target: targetWith(step.checks),
    alerts: step.alerts,
    run: 'run',
    now: new Date(at(told.minutes + step.minutes)),
  });
}

const beginning: Told = { state: freshState('pap-api', new Date(noon)), notices: [], minutes: 0 };

function tell(told: Told, step: Step): Told {
  const { state, notices } = decided(told, step);
  return { state, notices: [...told.notices, ...notices], minutes: told.minutes + step.minutes };
}

const everything = (drawn: readonly Step[]) => drawn.reduce(tell, beginning);

/** Of everything that was said of one incident, in order. */
function byIncident(notices: readonly Notice[]) {
  const spoken = notices.flatMap((notice) => notice.entries.map((entry) => ({ ...entry, severity: notice.severity })));
  return Map.groupBy(spoken, ({ incident }) => incident);
}

function openAndTold(state: TargetState): string[] {
  const tracks = [
    state.cutOff,
    ...Object.values(state.checks).flatMap(({ failing, unverified }) => [failing, unverified]),
  ];
  return tracks.flatMap(({ incident }) => (incident?.announced ? [incident.id] : [])).sort();
}

describe('whatever happens', () => {
  test('what is said of an incident begins with its opening, ends with its resolution, and nothing comes after', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { state, notices } = everything(drawn);
        const ended: string[] = [];
        for (const [incident, said] of byIncident(notices)) {
          const changes = said.map(({ change }) => change);
          expect(changes[0]).toBe('opened');
          expect(changes.slice(1)).not.toContain('opened');
          expect(changes.slice(0, -1)).not.toContain('resolved');
          if (changes.at(-1) === 'resolved') ended.push(incident);
        }
        // What has no end yet is remembered as told, so that its end will be.
        const open = [...byIncident(notices).keys()].filter((incident) => !ended.includes(incident)).sort();
        expect(openAndTold(state)).toEqual(open);
      }),
      { numRuns: 300 },
    );
  });

  test('everything that was announced is resolved once all passes', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { checks, alerts: settings } = drawn.at(-1) ?? { checks: [], alerts };
        const allPass: Step = {
          minutes: 5,
          checks,
          alerts: settings,
          seen: ids.map((check) => ({ check, status: 'pass', findings: [], reach: true })),
        };
        const { state, notices } = everything([...drawn, allPass, allPass, allPass]);
        expect(openAndTold(state)).toEqual([]);
        for (const said of byIncident(notices).values()) expect(said.at(-1)?.change).toBe('resolved');
      }),
      { numRuns: 300 },
    );
  });

  test('everything that was announced is resolved when its check is removed', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const nothingLeft: Step = { minutes: 5, checks: [], alerts, seen: [] };
        const { state, notices } = everything([...drawn, nothingLeft]);
        expect(state.checks).toEqual({});
        expect(openAndTold(state)).toEqual([]);
        for (const said of byIncident(notices).values()) expect(said.at(-1)?.change).toBe('resolved');
      }),
    );
  });

  test('trouble that lasts past its threshold is announced, itself or through what explains it', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...ids), severity, (drawn, check, worst) => {
        const { alerts: settings } = drawn.at(-1) ?? { alerts };
        const lasting: Step = {
          minutes: 5,
          checks: ids.map((id) => checkEntry(id, { failAfter: 3, passAfter: 3 })),
          alerts: settings,
          seen: ids.map((id) => ({
            check: id,
            status: id === check ? 'fail' : 'pass',
            findings: [[0, worst]],
            reach: true,
          })),
        };
        const { state } = everything([...drawn, lasting, lasting, lasting]);
        const announced = state.checks[check]?.failing.incident?.announced !== undefined;
        expect(announced).toBe(severities.indexOf(worst) <= severities.indexOf(settings.minimumSeverity));
      }),
      { numRuns: 300 },
    );
  });

  test('an end carries the worst severity that was announced, and shares no message with trouble', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { notices } = everything(drawn);
        for (const said of byIncident(notices).values()) {
          const ranks = said.map((one) => severities.indexOf(one.severity));
          expect(ranks).toEqual(ranks.toSorted((left, right) => right - left));
        }
        for (const { entries: said } of notices) {
          const ends = said.filter(({ change }) => change === 'resolved');
          expect([0, said.length]).toContain(ends.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('sequence numbers grow by one, ids never repeat, and the state does not go backwards', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        let told = beginning;
        for (const step of drawn) {
          const next = tell(told, step);
          expect(next.state.revision).toBeGreaterThanOrEqual(told.state.revision);
          expect(next.state.updatedAt >= told.state.updatedAt).toBe(true);
          told = next;
        }
        expect(told.notices.map(({ sequence }) => sequence)).toEqual(told.notices.map((_, index) => index + 1));
        expect(new Set(told.notices.map(({ id }) => id)).size).toBe(told.notices.length);
      }),
    );
  });

  test('deciding again over the state it gave changes nothing', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const told = everything(drawn.slice(0, -1));
        const last = drawn.at(-1);
        if (!last) return;
        const first = decided(told, last);
        const again = decided({ ...told, state: first.state }, last);
        expect(again.notices).toEqual([]);
        expect(again.state).toEqual(first.state);
      }),
    );
  });

  test('the order of the outcomes of a run does not matter', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (drawn, order) => {
        const told = everything(drawn.slice(0, -1));
        const last = drawn.at(-1);
        if (!last) return;
        const outcomes = outcomesOf(last, told.minutes + last.minutes);
        const shuffled = outcomes
          .map((outcome) => ({ outcome, key: order.next().value ?? 0 }))
          .sort((left, right) => left.key - right.key)
          .map(({ outcome }) => outcome);
        expect(decided(told, last, shuffled)).toEqual(decided(told, last, outcomes));
      }),
    );
  });

  test('of two outcomes of a check the later one counts, in whichever order they arrive', () => {
    fc.assert(
      fc.property(seenOf('backup'), seenOf('backup'), (early, late) => {
        const step = (one: Seen): Step => ({ minutes: 10, seen: [one], checks: [checkEntry('backup')], alerts });
        const earlier = outcomesOf(step(early), 4);
        const later = outcomesOf(step(late), 8);
        const overtaken = decided(
          { ...beginning, state: decided(beginning, step(late), later).state },
          step(early),
          earlier,
        );
        expect(overtaken.notices).toEqual([]);
        expect(overtaken.state.checks.backup?.last.collectedAt).toBe(at(8));
      }),
    );
  });

  test('nothing is counted as passed that did not pass', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { state } = everything(drawn);
        const configured = (step: Step, check: string) => step.checks.some(({ id }) => id === check);
        for (const check of ids) {
          const passes = drawn.filter(
            (step) => configured(step, check) && step.seen.some((one) => one.check === check && one.status === 'pass'),
          ).length;
          const counted = state.history.days.reduce((sum, { checks }) => sum + (checks[check]?.pass ?? 0), 0);
          expect(counted).toBe(passes);
        }
      }),
    );
  });

  test('what is remembered survives being stored', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const { state } = everything(drawn);
        const stored = new TextEncoder().encode(JSON.stringify(state));
        expect(parseState(stored, 'pap-api')).toEqual({ kind: 'state', state: JSON.parse(JSON.stringify(state)) });
      }),
    );
  });
});
