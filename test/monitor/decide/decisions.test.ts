// What a decision holds beside its code: the numbers, names and times that its sentence is made of. What is told of it is
// decide.test.ts.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../lambda/config/duration.ts';
import { acknowledge } from '../../../lambda/monitor/decide/acknowledge.ts';
import { addSilence } from '../../../lambda/monitor/decide/silences.ts';
import type { Outcome } from '../../../lambda/monitor/outcome.ts';
import { at, checkEntry, fail, pass, type Story, story, targetWith, unknown } from '../builders.ts';
import { column, info, one, production, sandbox, stateOf, warning } from '../stories.ts';

const patient = targetWith([checkEntry('schema', { failAfter: 3, passAfter: 2 })]);

/** Of each decision of a run: the phase, and the reason whole. */
function decided(told: Story, minutes: number, ...outcomes: Outcome[]) {
  return told.run(minutes, outcomes).decisions.map(({ phase, reason }) => ({ phase, ...reason }));
}
const failsWith = (minutes: number, ...[first = sandbox, ...others]: (typeof sandbox)[]) =>
  fail('schema', minutes, [first, ...others]);

test('thresholds are told with how far it is', () => {
  const told = story(patient);
  expect(decided(told, 0, failsWith(0))).toEqual([{ phase: 'pending', code: 'below-threshold', runs: 1, needed: 3 }]);
  expect(decided(told, 5, failsWith(5))).toEqual([{ phase: 'pending', code: 'below-threshold', runs: 2, needed: 3 }]);
  expect(decided(told, 10, failsWith(10))).toEqual([{ phase: 'open', code: 'first-notice', runs: 3 }]);
  expect(decided(told, 15, failsWith(15))).toEqual([{ phase: 'open', code: 'unchanged', nextReminderAt: at(250) }]);
  expect(decided(told, 20, pass('schema', 20))).toEqual([
    { phase: 'recovering', code: 'recovering', runs: 1, needed: 2 },
  ]);
  expect(decided(told, 25, pass('schema', 25))).toEqual([{ phase: 'ok', code: 'all-gone' }]);
  expect(decided(told, 30, pass('schema', 30))).toEqual([{ phase: 'ok', code: 'healthy' }]);
});

test('what could not be verified has its own, and leaves the other as it is', () => {
  const told = story(one);
  decided(told, 0, failsWith(0));
  expect(decided(told, 5, unknown('schema', 5))).toEqual([
    { phase: 'open', code: 'not-verified' },
    { phase: 'pending', code: 'below-threshold', runs: 1, needed: 3 },
  ]);
  decided(told, 10, unknown('schema', 10));
  expect(decided(told, 15, unknown('schema', 15))[1]).toEqual({ phase: 'open', code: 'first-notice', runs: 3 });
});

test('findings and severities are told with how many and which', () => {
  const told = story(one);
  expect(decided(told, 0, failsWith(0, info))).toEqual([
    { phase: 'open', code: 'below-minimum-severity', severity: 'info', minimum: 'warning' },
  ]);
  decided(told, 5, failsWith(5, warning));
  expect(decided(told, 10, failsWith(10, warning, sandbox, production))).toEqual([
    { phase: 'open', code: 'new-findings', count: 2 },
  ]);
  expect(decided(told, 15, failsWith(15, warning))).toEqual([{ phase: 'open', code: 'findings-gone', count: 2 }]);
  const again = story(one);
  decided(again, 0, failsWith(0, warning));
  expect(decided(again, 5, failsWith(5, { ...warning, severity: 'critical' }))).toEqual([
    { phase: 'open', code: 'worse', severity: 'critical' },
  ]);
});

test('reminders and escalation are told with for how long', () => {
  const told = story(one);
  decided(told, 0, failsWith(0));
  expect(decided(told, 61, failsWith(61))).toEqual([
    { phase: 'open', code: 'escalated', openMs: parseDuration('61m') },
  ]);
  // The reminder about escalating was the first: twice four hours to the next.
  expect(decided(told, 540, failsWith(540))).toEqual([{ phase: 'open', code: 'unchanged', nextReminderAt: at(541) }]);
  expect(decided(told, 542, failsWith(542))).toEqual([
    { phase: 'open', code: 'reminder-due', silentMs: parseDuration('481m') },
  ]);
});

describe('what people asked for is told with who, why and until when', () => {
  const asked = (minutes: number) => new Date(at(minutes));

  test('a silence', () => {
    const told = story(one);
    const request = { check: 'schema', reason: 'moving', by: 'ada', forMs: parseDuration('10m') };
    told.state = stateOf(addSilence(told.state, request, asked(0)));
    expect(decided(told, 0, failsWith(0))).toEqual([
      { phase: 'open', code: 'silenced', by: 'ada', until: at(10), why: 'moving' },
    ]);
    expect(told.state.checks.schema?.failing.incident?.quiet).toBe('the silence by ada (moving)');
    expect(decided(told, 10, failsWith(10))).toEqual([
      { phase: 'open', code: 'quiet-ended', quiet: 'the silence by ada (moving)' },
    ]);
    expect(told.state.checks.schema?.failing.incident?.quiet).toBeUndefined();
  });

  test('a maintenance window', () => {
    const told = story(targetWith(['schema'], { maintenance: [{ from: at(0), until: at(10), reason: 'reindex' }] }));
    expect(decided(told, 0, failsWith(0))).toEqual([
      { phase: 'open', code: 'maintenance', until: at(10), why: 'reindex' },
    ]);
    expect(decided(told, 10, failsWith(10))).toEqual([
      { phase: 'open', code: 'quiet-ended', quiet: 'the maintenance window (reindex)' },
    ]);
  });

  test('a silence comes before a window', () => {
    const told = story(targetWith(['schema'], { maintenance: [{ from: at(0), until: at(99), reason: 'reindex' }] }));
    told.state = stateOf(addSilence(told.state, { reason: 'moving', by: 'ada', forMs: 60_000 }, asked(0)));
    expect(decided(told, 0, failsWith(0))[0]?.code).toBe('silenced');
  });

  test('an acknowledgement, from the moment on to its end', () => {
    const told = story(one);
    decided(told, 0, failsWith(0, warning));
    told.state = stateOf(acknowledge(told.state, { by: 'ada', forMs: parseDuration('250m') }, asked(0)));
    expect(decided(told, 249, failsWith(249, warning))).toEqual([
      { phase: 'open', code: 'acknowledged', by: 'ada', until: at(250) },
    ]);
    expect(decided(told, 250, failsWith(250, warning))).toEqual([
      { phase: 'open', code: 'reminder-due', silentMs: parseDuration('250m') },
    ]);
  });
});

test('a cause is named, also one that is not told itself for now', () => {
  const told = story(targetWith(['database', 'schema']));
  const needsIt = { dependsOn: ['database'] };
  told.state = stateOf(
    addSilence(told.state, { reason: 'x', by: 'ada', check: 'database', forMs: 600_000 }, new Date(at(0))),
  );
  expect(decided(told, 0, fail('database', 0, [sandbox]), fail('schema', 0, [sandbox], needsIt))).toEqual([
    { phase: 'open', code: 'silenced', by: 'ada', until: at(10), why: 'x' },
    { phase: 'open', code: 'held-back', by: 'database' },
  ]);
});

test('outcomes that do not count are told with the phase that stays', () => {
  const told = story(one);
  expect(decided(told, 5, pass('probe', 5))).toEqual([{ phase: 'ok', code: 'not-configured' }]);
  decided(told, 10, failsWith(10));
  expect(decided(told, 11, pass('schema', 9))).toEqual([{ phase: 'open', code: 'outdated', knownAt: at(10) }]);
  expect(decided(told, 11, pass('schema', 10))).toEqual([{ phase: 'open', code: 'outdated', knownAt: at(10) }]);
});

test('nothing is said for outcomes that do not count', () => {
  const { decisions } = story(one).run(5, [pass('probe', 5)]);
  expect(decisions).toEqual([
    { check: 'probe', about: 'failing', phase: 'ok', says: 'nothing', reason: { code: 'not-configured' } },
  ]);
});

test('a clock that is ahead by five minutes is believed, by more it is not', () => {
  const known = (ahead: number) => {
    const told = story(one);
    decided(told, 0, pass('schema', ahead));
    return decided(told, 0, failsWith(0))[0]?.code;
  };
  expect([known(5), known(5.001)]).toEqual(['outdated', 'first-notice']);
});

test('a decision names the notice that says it, and no other has one', () => {
  const told = story(targetWith(['backup', 'schema']));
  const { decisions, notices } = told.run(0, [failsWith(0), pass('backup', 0)]);
  expect(decisions).toEqual([
    { check: 'backup', about: 'failing', phase: 'ok', says: 'nothing', reason: { code: 'healthy' } },
    {
      check: 'schema',
      about: 'failing',
      phase: 'open',
      says: 'opened',
      reason: { code: 'first-notice', runs: 1 },
      notice: notices[0]?.id,
    },
  ]);
});

test('of several notices, a decision and what is remembered name the one that says it', () => {
  const told = story(targetWith(['backup', 'schema']));
  const { decisions, notices } = told.run(0, [failsWith(0), fail('backup', 0, [warning])]);
  expect(notices.map(({ severity }) => severity)).toEqual(['critical', 'warning']);
  const [critical, milder] = notices.map(({ id }) => id);
  expect(decisions.map(({ notice }) => notice)).toEqual([milder, critical]);
  const { backup, schema } = told.state.checks;
  expect([backup, schema].map((record) => record?.failing.incident?.announced?.notice)).toEqual([milder, critical]);
});

describe('a run that brings no outcome', () => {
  test('forgets a check that the settings no longer have, also when nobody was told of it', () => {
    const told = story(targetWith(['backup', 'schema']));
    told.run(0, [pass('backup', 0), failsWith(0)]);
    told.target = one;
    expect(told.run(5, []).state.checks).not.toHaveProperty('backup');
  });

  test('tells that the memory was unreadable', () => {
    const told = story(one);
    told.state = { ...told.state, keptAside: { key: 'state/x', at: at(0), problem: 'not JSON' } };
    expect(told.run(5, []).notices.map(({ status }) => status)).toEqual(['report']);
    expect(told.run(6, []).notices).toEqual([]);
  });

  test('remembers nothing when there is nothing to say, and says why', () => {
    const told = story(one);
    told.run(0, [unknown('schema', 0)]);
    const request = { reason: 'moving', by: 'ada', forMs: parseDuration('3h') };
    told.state = stateOf(addSilence(told.state, request, new Date(at(1))));
    const before = told.state.checks;
    const { state, decisions } = told.run(61, []);
    expect(decisions).toMatchObject([
      { check: 'schema', about: 'unverified', says: 'nothing', reason: { code: 'silenced' } },
    ]);
    expect(state.checks).toBe(before);
    expect(told.run(181, []).notices.map(({ status }) => status)).toEqual(['opened']);
  });
});

describe('what people kept quiet', () => {
  const silenced = (told: Story, minutes: number, check: string, forMinutes: number) => {
    const request = { check, reason: 'moving', by: 'ada', forMs: forMinutes * 60_000 };
    told.state = stateOf(addSilence(told.state, request, new Date(at(minutes))));
  };

  test('is not spoken of by the runs of other checks before it is over', () => {
    const told = story(targetWith(['backup', 'schema']));
    silenced(told, 0, 'schema', 10);
    decided(told, 0, failsWith(0));
    expect(decided(told, 9, pass('backup', 9))).toEqual([{ phase: 'ok', code: 'healthy' }]);
    expect(decided(told, 10, pass('backup', 10))[1]).toMatchObject({ phase: 'open', code: 'quiet-ended' });
  });

  test('waits for the check itself when it was more than is remembered', () => {
    const told = story(targetWith(['backup', 'schema']));
    const many = Array.from({ length: 21 }, (_, index) => column(`c${index}`));
    silenced(told, 0, 'schema', 10);
    decided(told, 0, failsWith(0, ...many));
    expect(told.run(11, [pass('backup', 11)]).notices).toEqual([]);
    const [notice] = told.run(12, [failsWith(12, ...many)]).notices;
    expect(notice?.entries[0]).toMatchObject({ reason: 'quiet-ended', findingCount: 21, addedCount: 21 });
  });

  test('and had not reached its threshold is told like anything new', () => {
    const told = story(patient);
    silenced(told, 0, 'schema', 10);
    decided(told, 0, failsWith(0));
    decided(told, 5, failsWith(5));
    expect(decided(told, 10, failsWith(10))).toEqual([{ phase: 'open', code: 'first-notice', runs: 3 }]);
  });
});

test('what comes and goes has to pass as often as ever before it is said to be unsteady', () => {
  const told = story(targetWith([checkEntry('schema', { passAfter: 2 })]));
  for (const minutes of [0, 10]) {
    decided(told, minutes, failsWith(minutes));
    decided(told, minutes + 1, pass('schema', minutes + 1));
    decided(told, minutes + 2, pass('schema', minutes + 2));
  }
  expect(decided(told, 20, failsWith(20))).toMatchObject([{ code: 'flapping' }]);
  expect(decided(told, 21, pass('schema', 21))).toEqual([
    { phase: 'recovering', code: 'recovering', runs: 1, needed: 2 },
  ]);
  expect(decided(told, 22, pass('schema', 22))).toEqual([{ phase: 'recovering', code: 'unsteady' }]);
});

test('what is too small beside what was announced ends nothing', () => {
  const told = story(one);
  decided(told, 0, failsWith(0));
  expect(decided(told, 5, failsWith(5, sandbox, info))).toMatchObject([{ phase: 'open', code: 'unchanged' }]);
});

test('what came along counts again half a minute later', () => {
  const told = story(targetWith([checkEntry('schema', { failAfter: 3 })]));
  const seen = (seconds: number) => {
    const minutes = seconds / 60;
    return decided(told, minutes, fail('schema', minutes, [sandbox], { cameAlong: true }))[0];
  };
  expect([seen(0), seen(29.999), seen(30)]).toMatchObject([{ runs: 1 }, { runs: 1 }, { runs: 2 }]);
});

test('that it came along is remembered of the last outcome, for the run that is its own', () => {
  const told = story(one);
  told.run(0, [pass('schema', 0, { cameAlong: true })]);
  expect(told.state.checks.schema?.last.cameAlong).toBe(true);
  told.run(5, [pass('schema', 5)]);
  expect(told.state.checks.schema?.last).not.toHaveProperty('cameAlong');
});

test('what could not be verified comes and goes like anything else', () => {
  const told = story(one);
  for (const minutes of [0, 1, 2]) told.run(minutes, [unknown('schema', minutes)]);
  told.run(3, [pass('schema', 3)]);
  expect(told.state.checks.schema?.unverified.turns).toEqual([at(2), at(3)]);
});

test('an hour without being verified, seen by the run of another check, is the same incident with the same beginning', () => {
  const told = story(targetWith(['backup', 'probe']));
  told.run(0, [unknown('backup', 0)]);
  const before = told.state.checks.backup?.unverified.incident;
  const [notice] = told.run(60, [pass('probe', 60)]).notices;
  expect(notice?.entries).toMatchObject([{ incident: before?.id, since: at(0), seenAt: at(0), addedCount: 1 }]);
  const after = told.state.checks.backup?.unverified.incident;
  expect(after).toMatchObject({ ...before, phase: 'open', announced: { notice: notice?.id } });
  const [end] = told.run(70, [pass('backup', 70)]).notices;
  expect(end?.entries).toMatchObject([{ incident: before?.id, change: 'resolved', since: at(0), goneCount: 1 }]);
});

describe('what a check depends on', () => {
  test('explains nothing when it is the check itself, or was never seen', () => {
    const told = story(targetWith(['probe', 'schema']));
    expect(decided(told, 0, fail('schema', 0, [sandbox], { dependsOn: ['schema', 'nowhere'] }))[0]?.code).toBe(
      'first-notice',
    );
    told.run(1, [unknown('schema', 1, { dependsOn: ['nowhere'] })]);
    expect(told.run(61, [pass('probe', 61)]).notices.map(({ status }) => status)).toEqual(['opened']);
  });

  test('explains nothing by what remains when all that was told is over', () => {
    const told = story(targetWith(['database', 'schema']));
    const needsIt = { dependsOn: ['database'] };
    decided(told, 0, fail('database', 0, [sandbox, info]));
    expect(decided(told, 5, fail('database', 5, [info]), fail('schema', 5, [sandbox], needsIt))).toEqual([
      { phase: 'ok', code: 'all-gone' },
      { phase: 'open', code: 'first-notice', runs: 1 },
    ]);
  });

  test('is told with all that it explains, by name', () => {
    const told = story(
      targetWith(['a', 'database', 'z'].map((id) => checkEntry(id, { failAfter: id === 'database' ? 2 : 1 }))),
    );
    const needsIt = { dependsOn: ['database'] };
    told.run(0, [fail('database', 0, [sandbox]), fail('z', 0, [sandbox], needsIt)]);
    told.run(1, [fail('a', 1, [sandbox], needsIt)]);
    expect(told.run(5, [fail('database', 5, [sandbox])]).notices[0]?.heldBack.map(({ check }) => check)).toEqual([
      'a',
      'z',
    ]);
  });
});

describe('what is said and what is remembered of it', () => {
  test('at the opening', () => {
    const told = story(one);
    told.run(-5, [pass('schema', -5)]);
    const evidence = { schema: 'evidence/run/schema.json', backup: 'evidence/run/backup.json' };
    const [notice] = told.run(0, [failsWith(0, sandbox, warning, info)], evidence).notices;
    const incident = told.state.checks.schema?.failing.incident;
    const ids = notice?.entries[0]?.findings.map(({ id }) => id) ?? [];
    expect(notice?.entries).toEqual([
      {
        check: 'schema',
        about: 'failing',
        incident: incident?.id,
        change: 'opened',
        reason: 'first-notice',
        since: at(0),
        seenAt: at(0),
        lastPassAt: at(-5),
        summary: '3 findings',
        impacts: ['breaks-reads', 'performance'],
        findings: [
          { ...sandbox, id: ids[0] },
          { ...warning, id: ids[1] },
        ],
        findingCount: 2,
        added: ids,
        addedCount: 2,
        gone: [],
        goneCount: 0,
        evidence: 'evidence/run/schema.json',
      },
    ]);
    expect(incident).toMatchObject({ since: at(0), lastSeenAt: at(0), severity: 'critical', findingCount: 3 });
    expect(incident?.announced).toEqual({
      at: at(0),
      severity: 'critical',
      impacts: ['breaks-reads', 'performance'],
      fingerprints: ids.toSorted(),
      findings: [sandbox, warning].map(({ subject, message }, index) => ({ id: ids[index], subject, message })),
      reminders: 0,
      criticalAt: at(0),
      escalated: false,
      notice: notice?.id,
    });
  });

  test('what it breaks grows and never shrinks, since when it is critical stays', () => {
    const told = story(one);
    told.run(0, [failsWith(0, warning)]);
    const [update] = told.run(5, [failsWith(5, sandbox)]).notices;
    expect(update?.entries[0]?.impacts).toEqual(['breaks-reads', 'performance']);
    const [more] = told.run(10, [failsWith(10, sandbox, production)]).notices;
    const [, newest] = more?.entries[0]?.findings ?? [];
    expect(more?.entries[0]?.added).toEqual([newest?.id]);
    const announced = told.state.checks.schema?.failing.incident?.announced;
    expect(announced).toMatchObject({ at: at(10), criticalAt: at(5), reminders: 0 });
    told.run(250, [failsWith(250, sandbox, production)]);
    expect(told.state.checks.schema?.failing.incident?.announced).toMatchObject({ reminders: 1, criticalAt: at(5) });
  });

  test('at the end: all that was announced is gone, and no evidence is kept of a pass', () => {
    const told = story(one);
    told.run(0, [failsWith(0, sandbox, warning)]);
    const [end] = told.run(5, [pass('schema', 5)], { schema: 'evidence/run/schema.json' }).notices;
    expect(end?.entries[0]).toMatchObject({
      change: 'resolved',
      since: at(0),
      seenAt: at(5),
      lastPassAt: at(5),
      findings: [],
      findingCount: 0,
      added: [],
      addedCount: 0,
      gone: [sandbox, warning].map(({ subject, message }) => ({ id: expect.any(String), subject, message })),
      goneCount: 2,
    });
    expect(end?.entries[0]).not.toHaveProperty('evidence');
    expect(told.state.checks.schema?.failing.incident).toBeUndefined();
  });

  test('of a check that was removed, with the moment it was', () => {
    const told = story(targetWith(['schema', 'probe']));
    for (const minutes of [0, 5, 10]) told.run(minutes, [unknown('schema', minutes)]);
    told.target = targetWith(['probe']);
    const [end] = told.run(20, [pass('probe', 20)]).notices;
    expect(end?.entries).toMatchObject([
      {
        check: 'schema',
        about: 'unverified',
        seenAt: at(20),
        summary: 'removed from the settings',
        reason: 'check-removed',
      },
    ]);
  });

  test('by the time of whichever is later, the run or what is known', () => {
    const told = story(one);
    told.state = { ...told.state, updatedAt: at(30) };
    expect(told.run(10, [failsWith(10)]).notices[0]?.at).toBe(at(30));
    expect(told.run(40, [pass('schema', 40)]).notices[0]?.at).toBe(at(40));
  });
});
