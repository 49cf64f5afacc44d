// When nothing of a target can be reached: what counts towards that, for how long, and what is said of it.
import { describe, expect, test } from 'vitest';
import { at, checkEntry, fail, finding, pass, type Story, story, targetWith, unknown } from './builders.ts';

const down = finding({ code: 'down', impact: 'availability', subject: 'pap-api' });
const unreachable = { reach: 'unreachable' } as const;
const both = targetWith(['database', 'probe:health', 'schema']);

const ofMonitor = (told: Story) => told.state.cutOff.incident;

describe('what counts', () => {
  test.each([
    [15, true],
    [15.001, false],
  ])('of a check that saw it %d minutes ago: %s', (minutes, counts) => {
    const told = story(both);
    told.run(0, [fail('database', 0, [down], unreachable)]);
    told.run(minutes, [fail('probe:health', minutes, [down], unreachable)]);
    expect(ofMonitor(told) !== undefined).toBe(counts);
  });

  test('two kinds of checks, not two checks', () => {
    const told = story(targetWith(['database', 'probe:health', 'probe:login']));
    told.run(0, [fail('probe:health', 0, [down], unreachable), fail('probe:login', 0, [down], unreachable)]);
    expect(ofMonitor(told)).toBeUndefined();
  });

  test('one that has reached its threshold', () => {
    const told = story(targetWith(['database', 'probe:health'].map((id) => checkEntry(id, { failAfter: 2 }))));
    const seen = (minutes: number) => ['database', 'probe:health'].map((id) => fail(id, minutes, [down], unreachable));
    told.run(0, seen(0));
    expect(ofMonitor(told)).toBeUndefined();
    told.run(5, seen(5));
    expect(ofMonitor(told)?.phase).toBe('open');
  });

  test('what this run saw: another run says nothing of it', () => {
    const told = story(targetWith([checkEntry('database', { failAfter: 2 }), 'probe:health', 'schema']));
    told.run(0, [fail('database', 0, [down], unreachable), fail('probe:health', 0, [down], unreachable)]);
    const { bad } = told.state.cutOff;
    told.run(1, [pass('schema', 1)]);
    expect(told.state.cutOff.bad).toBe(bad);
    told.run(2, [fail('probe:health', 2, [down], unreachable)]);
    expect(told.state.cutOff.bad).toBe(bad + 1);
  });

  test('one that is reached is enough for an end, whoever saw it', () => {
    const told = story(both);
    told.run(0, [fail('database', 0, [down], unreachable), fail('probe:health', 0, [down], unreachable)]);
    const { decisions, notices } = told.run(5, [fail('probe:health', 5, [down], { reach: 'reached' })]);
    expect(decisions).toContainEqual(
      expect.objectContaining({ about: 'cut-off', phase: 'ok', says: 'resolved', reason: { code: 'reached-again' } }),
    );
    // The database is still out of reach, and is told for itself when it is seen.
    expect(notices.map(({ status, entries }) => [status, ...entries.map(({ check }) => check)])).toEqual([
      ['opened', 'probe:health'],
      ['resolved', 'monitor'],
    ]);
  });
});

test('it comes and goes like anything else, and when it is steady that is told', () => {
  const told = story(both);
  const out = (minutes: number) => [
    fail('database', minutes, [down], unreachable),
    fail('probe:health', minutes, [down], unreachable),
  ];
  const back = (minutes: number) => [
    pass('database', minutes, { reach: 'reached' }),
    pass('probe:health', minutes, { reach: 'reached' }),
  ];
  const said = [out(0), back(5), out(10), back(15), out(20), back(25), back(54), back(55)].map((outcomes) => {
    const minutes = (Date.parse(outcomes[0]?.collectedAt ?? '') - Date.parse(at(0))) / 60_000;
    const { notices } = told.run(minutes, outcomes);
    const about = notices.filter(({ entries }) => entries.some(({ check }) => check === 'monitor'));
    return about.map(({ status }) => status).join();
  });
  expect(said).toEqual(['opened', 'resolved', 'opened', 'resolved', 'opened', '', '', 'resolved']);
});

test('its turns are remembered, also when too little is left to tell', () => {
  const told = story(both);
  told.run(0, [fail('database', 0, [down], unreachable), fail('probe:health', 0, [down], unreachable)]);
  told.target = targetWith(['probe:health']);
  told.run(5, [fail('probe:health', 5, [down], unreachable)]);
  expect(told.state.cutOff).toEqual({ bad: 0, good: 1, turns: [at(0), at(5)] });
});

describe('what is said', () => {
  test('names what different runs saw by name', () => {
    const told = story(both);
    told.run(0, [fail('probe:health', 0, [down], unreachable)]);
    const [notice] = told.run(1, [fail('database', 1, [down], unreachable)]).notices;
    expect(notice?.entries[0]?.summary).toContain('(database, probe:health)');
  });

  test('names what cannot be reached, and what to do', () => {
    const told = story(targetWith(['database', 'probe:login', 'probe:health']));
    const [notice] = told.run(0, [
      fail('probe:login', 0, [{ ...down, severity: 'warning' }], unreachable),
      fail('probe:health', 0, [{ ...down, severity: 'warning' }], unreachable),
      fail('database', 0, [{ ...down, severity: 'warning' }], unreachable),
    ]).notices;
    const message =
      'Nothing of pap-api can be reached (database, probe:health, probe:login): either all of it is down, or the monitor itself is cut off from the network.';
    expect(notice?.severity).toBe('warning');
    expect(notice?.entries).toMatchObject([
      {
        check: 'monitor',
        about: 'cut-off',
        since: at(0),
        seenAt: at(0),
        summary: message,
        impacts: ['monitoring'],
        findings: [
          {
            code: 'monitor.cut-off',
            severity: 'warning',
            impact: 'monitoring',
            subject: 'pap-api',
            message,
            remedy:
              "Open pap-api from another network. If it works there, look at the monitor's subnets, NAT, security groups and DNS; if not, it is all down.",
          },
        ],
      },
    ]);
    expect(notice?.heldBack.map(({ check }) => check)).toEqual(['database', 'probe:health', 'probe:login']);
  });

  test('is repeated as long as it lasts, with what it explains', () => {
    const told = story(both);
    const seen = (minutes: number) => [
      fail('database', minutes, [down], unreachable),
      fail('probe:health', minutes, [down], unreachable),
    ];
    told.run(0, seen(0));
    expect(told.run(59, seen(59)).notices).toEqual([]);
    const [escalated] = told.run(60, seen(60)).notices;
    expect(escalated).toMatchObject({ status: 'reminder', escalated: true });
    const { decisions } = told.run(65, seen(65));
    expect(decisions).toContainEqual(
      expect.objectContaining({ about: 'cut-off', reason: { code: 'unchanged', nextReminderAt: at(60 + 480) } }),
    );
  });

  test('holds back what could not be verified for an hour, which stays below its threshold', () => {
    const told = story(both);
    told.run(0, [unknown('schema', 0)]);
    const { decisions } = told.run(61, [
      fail('database', 61, [down], unreachable),
      fail('probe:health', 61, [down], unreachable),
    ]);
    expect(decisions).toContainEqual(
      expect.objectContaining({ check: 'schema', reason: { code: 'held-back', by: 'monitor' } }),
    );
    expect(told.state.checks.schema?.unverified.incident?.phase).toBe('pending');
  });

  test('explains what cannot be verified, and failures of what is out of reach alone', () => {
    const told = story(targetWith(['backup', 'database', 'probe:health', 'probe:login', 'schema']));
    told.run(0, [unknown('schema', 0)]);
    told.run(1, [unknown('schema', 1)]);
    const { decisions } = told.run(2, [
      fail('database', 2, [down], unreachable),
      fail('probe:health', 2, [down], unreachable),
      fail('backup', 2, [finding({ subject: 's3' })]),
      unknown('schema', 2),
    ]);
    expect(decisions.map(({ check, reason }) => [check, ...Object.values(reason)])).toEqual([
      ['backup', 'first-notice', 1],
      ['database', 'held-back', 'monitor'],
      ['monitor', 'first-notice', 1],
      ['probe:health', 'held-back', 'monitor'],
      ['schema', 'held-back', 'monitor'],
    ]);
  });
});
