// All rules of one gate together: told in one order, whatever the first ones say; one that waits for another; one that
// passes only with another; what fails unexpectedly, takes too long, or reads secrets.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../lambda/config/duration.ts';
import { EdgeError } from '../../lambda/errors.ts';
import { words } from '../../lambda/gate/prose.ts';
import type { GateRule, Verdict } from '../../lambda/gate/rule.ts';
import { type RuleRegistry, runGate } from '../../lambda/gate/run.ts';
import type { RuleName } from '../../lambda/gate/settings.ts';
import type { JsonValue } from '../../lambda/json.ts';
import { inputFor, toldOf } from './gate-input.ts';

type Rule = GateRule<unknown, JsonValue>;
type Status = 'pass' | 'fail' | 'unknown';

const verdict = (status: Status): Verdict =>
  status === 'pass'
    ? { status, summary: words('fine'), details: [] }
    : { status, summary: words('not fine'), details: [], remedy: words('mend it') };

const ruleOf = (judged: Verdict | Status, more: Partial<Rule> = {}): Rule => ({
  plan: () => ({ settings: null }),
  collect: async () => null,
  judge: () => (typeof judged === 'string' ? verdict(judged) : judged),
  ...more,
});
const off: Rule = ruleOf('fail', { plan: () => ({ off: words('off') }) });

function registryOf(some: Partial<Record<RuleName, Rule>>): RuleRegistry {
  return {
    schema: off,
    environment: off,
    database: off,
    defaultCredentials: off,
    backup: off,
    changeWindow: off,
    ...some,
  };
}

async function run(some: Partial<Record<RuleName, Rule>>, input = inputFor({})) {
  const report = await runGate(input, registryOf(some));
  const told = Object.fromEntries(report.rules.map((result) => [result.rule, toldOf(result)]));
  return { ...report, told };
}

test('every rule is told, in one order, and a failing one decides', async () => {
  const { status, rules, target, environment } = await run({
    backup: ruleOf('unknown'),
    schema: ruleOf('fail'),
    database: ruleOf('pass'),
  });
  expect({ target, environment, status }).toEqual({ target: 'pap-api', environment: 'production', status: 'fail' });
  expect(rules.map(({ rule, status: one }) => `${rule} ${one}`)).toEqual([
    'schema fail',
    'environment off',
    'database pass',
    'defaultCredentials off',
    'backup unknown',
    'changeWindow off',
  ]);
});

test.each<[string, Partial<Record<RuleName, Rule>>, Status]>([
  ['nothing fails and one is not verified', { backup: ruleOf('unknown'), database: ruleOf('pass') }, 'unknown'],
  ['all pass', { backup: ruleOf('pass'), database: ruleOf('pass') }, 'pass'],
  ['all are off: nothing was verified', {}, 'unknown'],
])('%s', async (_name, some, status) => {
  expect((await run(some)).status).toBe(status);
});

describe('a rule that waits for another', () => {
  const waiting = (judged: Status) => ruleOf(judged, { plan: () => ({ settings: null, after: 'database' }) });
  test.each<Status>(['fail', 'unknown'])('is not tried when that one ends with %s', async (status) => {
    const { told } = await run({ schema: waiting('pass'), database: ruleOf(status) });
    expect(told.schema).toMatchObject({
      status: 'unknown',
      summary: 'not verified: it needs what the rule database could not show',
    });
  });
  test('is tried when that one passes or is off', async () => {
    expect((await run({ schema: waiting('pass'), database: ruleOf('pass') })).told.schema).toMatchObject({
      status: 'pass',
    });
    expect((await run({ schema: waiting('pass') })).told.schema).toMatchObject({ status: 'pass' });
  });
});

describe('a rule that passes only with another', () => {
  const provided = ruleOf({
    ...verdict('pass'),
    provided: { rule: 'backup', because: words('risky changes need a fresh backup') },
  } as Verdict);
  test.each<[string, Rule, string, string]>([
    ['passes', ruleOf('pass'), 'pass', 'fine'],
    ['fails', ruleOf('fail'), 'fail', 'fine: risky changes need a fresh backup, and the rule backup fails'],
    ['is off', off, 'fail', 'fine: risky changes need a fresh backup, and the rule backup is off'],
    [
      'is not verified',
      ruleOf('unknown'),
      'unknown',
      'fine: risky changes need a fresh backup, and the rule backup could not be verified',
    ],
  ])('which %s', async (_name, backup, status, summary) => {
    expect((await run({ schema: provided, backup })).told.schema).toMatchObject({ status, summary });
  });
});

test('what keeps a rule from looking is not verified, with what to do', async () => {
  const failing = ruleOf('pass', {
    collect: async () => {
      throw new EdgeError('denied', 'may not read it', { remedy: 'Allow it.' });
    },
  });
  expect((await run({ backup: failing })).told.backup).toMatchObject({
    status: 'unknown',
    summary: 'not verified: may not read it',
    remedy: 'Allow it.',
  });
});

test('a rule that takes too long is not verified, and the others are', async () => {
  const slow = ruleOf('pass', {
    plan: () => ({ settings: null, timeout: parseDuration('2s') }),
    collect: () => new Promise(() => undefined),
  });
  // Time is up at once for whoever has two seconds.
  const sleep = (ms: number) => (ms === 2_000 ? Promise.resolve() : new Promise<void>(() => undefined));
  const input = inputFor({}, { ports: { clock: { now: () => new Date(0), sleep } } });
  const { told } = await run({ backup: slow, database: ruleOf('pass') }, input);
  expect(told).toMatchObject({
    backup: { status: 'unknown', summary: 'not verified: it took longer than 2 s' },
    database: { status: 'pass' },
  });
});

test('an error of our own, and an interruption, end all of it', async () => {
  const broken = ruleOf('pass', { collect: () => Promise.reject(new TypeError('a bug')) });
  await expect(run({ backup: broken })).rejects.toThrow('a bug');
  const interrupt = AbortSignal.abort(new Error('stopped by SIGINT'));
  const waiting = ruleOf('pass', { collect: () => new Promise(() => undefined) });
  await expect(run({ backup: waiting }, inputFor({}, { signal: interrupt }))).rejects.toThrow('stopped by SIGINT');
});

test('a secret that a rule reads is in nothing that it says, and hides no word of another rule', async () => {
  const reading = (say: string) =>
    ruleOf('pass', {
      collect: async ({ input, signal }) => ({ read: await input.ports.secrets.read('x', { signal }), say }),
      judge: (evidence) => ({ status: 'pass', summary: [{ data: JSON.stringify(evidence) }], details: [] }),
    });
  const saying = ruleOf({ status: 'pass', summary: words('table admins'), details: [] });
  const secrets = { read: async () => 'admins' };
  const { told } = await run({ backup: reading('the admins'), schema: saying }, inputFor({}, { ports: { secrets } }));
  expect(told.backup?.summary).toBe('{"read":"***","say":"the ***"}');
  expect(told.schema?.summary).toBe('table admins');
});
