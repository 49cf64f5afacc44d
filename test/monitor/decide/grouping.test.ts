// How what is said in one run becomes messages: how many, in which order, and what comes along.
import { expect, test } from 'vitest';
import { at, fail, finding, pass, story, targetWith, unknown } from '../builders.ts';
import { sandbox, warning } from '../stories.ts';

const down = finding({ code: 'down', impact: 'availability', subject: 'pap-api' });

test('trouble before ends before reports, and within each the worst first', () => {
  const told = story(targetWith(['a', 'b', 'c', 'd']));
  told.run(0, [fail('c', 0, [warning]), fail('d', 0, [sandbox])]);
  const keptAside = { key: 'state/x.corrupt', at: at(4), problem: 'not JSON' };
  told.state = { ...told.state, keptAside };
  const { notices, state } = told.run(5, [
    fail('a', 5, [warning]),
    fail('b', 5, [sandbox]),
    pass('c', 5),
    pass('d', 5),
  ]);
  expect(notices.map(({ sequence, severity, status }) => [sequence, severity, status])).toEqual([
    [3, 'critical', 'opened'],
    [4, 'warning', 'opened'],
    [5, 'critical', 'resolved'],
    [6, 'warning', 'resolved'],
    [7, 'warning', 'report'],
  ]);
  expect(notices.at(-1)?.entries).toEqual([
    {
      check: 'monitor',
      about: 'memory',
      incident: 'state/x.corrupt',
      change: 'report',
      reason: 'memory-unreadable',
      since: at(4),
      seenAt: at(4),
      summary: 'the memory of pap-api begins afresh',
      impacts: ['monitoring'],
      findings: [
        expect.objectContaining({ code: 'monitor.memory-unreadable', severity: 'warning', subject: 'pap-api' }),
      ],
      findingCount: 1,
      added: [],
      addedCount: 0,
      gone: [],
      goneCount: 0,
    },
  ]);
  expect(state).not.toHaveProperty('keptAside');
  expect(state.sequence).toBe(7);
});

test('in a message what is opened comes before what changed, and that before what is only repeated', () => {
  const told = story(targetWith(['a', 'b', 'c']));
  told.run(0, [fail('a', 0, [down]), fail('b', 0, [down])]);
  const [notice] = told.run(240, [
    fail('a', 240, [down]),
    fail('b', 240, [down, sandbox]),
    fail('c', 240, [sandbox]),
  ]).notices;
  expect(notice?.entries.map(({ check, change }) => [check, change])).toEqual([
    ['c', 'opened'],
    ['b', 'updated'],
    ['a', 'reminder'],
  ]);
  expect(notice).toMatchObject({ status: 'opened', escalated: true });
});

test('what breaks most comes first, then by name', () => {
  const [notice] = story(targetWith(['a', 'b', 'c', 'd'])).run(0, [
    fail('a', 0, [{ ...sandbox, impact: 'cosmetic' }]),
    fail('b', 0, [{ ...sandbox, impact: 'performance' }]),
    fail('c', 0, [
      { ...sandbox, impact: 'integrity' },
      { ...down, impact: 'cosmetic' },
    ]),
    fail('d', 0, [{ ...sandbox, impact: 'integrity' }]),
  ]).notices;
  expect(notice?.entries.map(({ check }) => check)).toEqual(['c', 'd', 'b', 'a']);
});

test('what is open beside it is named once each, by check; what nobody was told of is not', () => {
  const told = story(targetWith(['z', 'b', 'a', 'quiet', 'database', 'probe']));
  for (const minutes of [0, 1, 2]) told.run(minutes, [unknown('b', minutes)]);
  told.run(3, [fail('z', 3, [sandbox]), fail('b', 3, [sandbox])]);
  for (const minutes of [4, 5, 6]) told.run(minutes, [unknown('b', minutes)]);
  told.run(7, [
    fail('database', 7, [down], { reach: 'unreachable' }),
    fail('probe', 7, [down], { reach: 'unreachable' }),
    fail('quiet', 7, [finding({ severity: 'info' })]),
  ]);
  const [notice] = told.run(8, [fail('a', 8, [sandbox])]).notices;
  expect(notice?.stillOpen).toEqual([
    { check: 'b', about: 'failing', since: at(3) },
    { check: 'b', about: 'unverified', since: at(4) },
    { check: 'monitor', about: 'cut-off', since: at(7) },
    { check: 'z', about: 'failing', since: at(3) },
  ]);
});

test('a backup comes along with what may need one, when its check passed last', () => {
  const backupOf = (
    impact: 'breaks-reads' | 'breaks-writes' | 'integrity' | 'recovery' | 'security' | 'availability',
  ) => {
    const told = story(targetWith(['schema', 'backup:a', 'backup:b', 'backup:c', 'probe']));
    told.run(0, [
      pass('backup:a', 0, { summary: 'a.sql' }),
      pass('backup:b', 1, { summary: 'b.sql' }),
      pass('backup:c', 2, { summary: 'c.sql' }),
      pass('probe', 3, { summary: 'no backup' }),
    ]);
    told.run(4, [unknown('backup:c', 4)]);
    return told.run(5, [fail('schema', 5, [{ ...sandbox, impact }])]).notices[0]?.backup;
  };
  const newest = { check: 'backup:b', summary: 'b.sql', verifiedAt: at(1) };
  expect((['breaks-reads', 'breaks-writes', 'integrity', 'recovery'] as const).map(backupOf)).toEqual([
    newest,
    newest,
    newest,
    newest,
  ]);
  expect([backupOf('security'), backupOf('availability')]).toEqual([undefined, undefined]);
  const told = story(targetWith(['schema', 'backup']));
  told.run(0, [pass('backup', 0), fail('schema', 0, [sandbox])]);
  expect(told.run(5, [pass('schema', 5)]).notices[0]).not.toHaveProperty('backup');
});

test('of several backups the newest comes along, wherever it stands', () => {
  const told = story(targetWith(['schema', 'backup:a', 'backup:b', 'backup:c']));
  told.run(0, [pass('backup:a', -2), pass('backup:b', 0), pass('backup:c', -1)]);
  expect(told.run(5, [fail('schema', 5, [sandbox])]).notices[0]?.backup?.check).toBe('backup:b');
});

test('what is held back stands beside its cause, and beside no end', () => {
  const told = story(targetWith(['database', 'probe', 'schema']));
  const needsIt = { dependsOn: ['database'] };
  for (const minutes of [0, 1, 2]) told.run(minutes, [unknown('database', minutes)]);
  const { notices } = told.run(3, [
    fail('database', 3, [down]),
    fail('schema', 3, [sandbox], needsIt),
    fail('probe', 3, [warning]),
  ]);
  expect(notices.map(({ status, severity, heldBack }) => [status, severity, heldBack])).toEqual([
    ['opened', 'critical', [{ check: 'schema', about: 'failing' }]],
    ['opened', 'warning', []],
    ['resolved', 'warning', []],
  ]);
});

test('incidents and notices are named after target, check, matter and time', () => {
  const named = (minutes: number, name = 'pap-api', check = 'schema') => {
    const told = story(targetWith([check], { name }));
    const [notice] = told.run(minutes, [fail(check, minutes, [sandbox])]).notices;
    return [notice?.id, notice?.entries[0]?.incident];
  };
  const all = [named(0), named(1), named(0, 'other'), named(0, 'pap-api', 'probe')].flat();
  expect(new Set(all).size).toBe(all.length);
  expect(named(0)).toEqual(named(0));
  const told = story(targetWith(['schema']));
  const failing = told.run(0, [fail('schema', 0, [sandbox])]).notices[0]?.entries[0]?.incident;
  told.run(1, [unknown('schema', 1)]);
  const again = story(targetWith(['schema']));
  again.run(0, [unknown('schema', 0)]);
  expect(again.state.checks.schema?.unverified.incident?.id).not.toBe(failing);
});
