// Whole reports, as their reader gets them, kept in golden/: read each as the person who deployed. They are made by real
// decisions over runs, so that a change of either shows here.
import { expect, test } from 'vitest';
import { compose } from '../../lambda/monitor/notice/compose.ts';
import type { Notice } from '../../lambda/monitor/notice/notice.ts';
import type { Outcome } from '../../lambda/monitor/outcome.ts';
import { at, fail, finding, pass, targetWith, unknown } from '../monitor/builders.ts';
import { type Watched, watchedTarget } from './watched.ts';

const target = targetWith(['schema', 'probe:health', 'probe:login', 'backup:nightly'], {
  runbook: 'https://wiki.example.com/pap-api/alerts',
});
const day = 1_440;

interface Figures {
  login?: number;
  health?: number;
}

const wave = (minutes: number) => Math.round(6 * Math.sin(minutes / 240));

function measured(outcome: Outcome, measures: Outcome['judgement']['measures']): Outcome {
  return { ...outcome, judgement: { ...outcome.judgement, measures } };
}

/** Everything all right; the nightly backup is that of 03:00. */
function green(minutes: number, { login = 61, health = 18 }: Figures = {}): Outcome[] {
  const ageS = ((((minutes + 540) % day) + day) % day) * 60;
  const hours = Math.floor(ageS / 3_600);
  return [
    measured(pass('schema', minutes, { summary: '412 objects equal to pap-api@1.5.0' }), [
      { name: 'schema.objects', value: 412, unit: 'count' },
    ]),
    measured(pass('probe:health', minutes, { summary: 'answered as expected' }), [
      { name: 'total', value: health + wave(minutes), unit: 'ms' },
      { name: 'certificate-days', value: 57 - Math.floor(minutes / day), unit: 'days' },
    ]),
    measured(pass('probe:login', minutes, { summary: 'answered as expected' }), [
      { name: 'total', value: login + wave(minutes), unit: 'ms' },
      { name: 'first-byte', value: login - 20 + wave(minutes), unit: 'ms' },
    ]),
    measured(
      pass('backup:nightly', minutes, { summary: `newest backup is ${hours} h old (backup_prod.sql, 1.4 GB)` }),
      [
        { name: 'age', value: ageS, unit: 's' },
        { name: 'size', value: 1.4e9, unit: 'bytes' },
      ],
    ),
  ];
}

/** A day before the deployment, and then round after round. */
function story(each: (minutes: number) => Outcome[] | undefined, start: (watched: Watched) => void): Watched {
  const watched = watchedTarget(target);
  for (let minutes = -day; minutes < 0; minutes += 30) watched.run(minutes, green(minutes), 'other');
  start(watched);
  for (let minutes = 5; minutes <= day && watched.state.watching; minutes += 5) {
    const outcomes = each(minutes);
    if (outcomes) watched.run(minutes, outcomes);
  }
  return watched;
}

const replaced = (all: Outcome[], ...others: Outcome[]) => [
  ...all.filter(({ check }) => !others.some((other) => other.check === check)),
  ...others,
];

const missing = (column: string) =>
  finding({
    subject: `public.users.${column}`,
    message: `users.${column} is missing: every query that selects it fails`,
  });
const loginBroken = finding({
  code: 'probe.status',
  impact: 'availability',
  subject: 'login',
  message: 'Login is broken: POST https://pap.example.com/auth/login answered 500 instead of 200; nobody can log in.',
});
const slowHealth = finding({
  code: 'probe.latency',
  severity: 'warning',
  impact: 'performance',
  subject: 'health',
  message: 'GET https://pap.example.com/health took 3.1 s; at most 2 s are allowed.',
});

const deploy = (watched: Watched) => void watched.start(0, { commit: '4f2a91c', by: 'ada' });

const scenarios: Record<string, () => Notice> = {
  passed: () => story((minutes) => green(minutes), deploy).report(),
  'passed-with-a-restart-and-slower': () =>
    story((minutes) => {
      const all = green(minutes, { login: 182 });
      return minutes === 5 ? replaced(all, fail('probe:health', minutes, [slowHealth])) : all;
    }, deploy).report(),
  failed: () =>
    story((minutes) => {
      const all = green(minutes);
      if (minutes < 10) return all;
      const drift = fail('schema', minutes, [missing('api_key_sandbox'), missing('api_key_production')]);
      return replaced(all, drift, ...(minutes < 200 ? [fail('probe:login', minutes, [loginBroken])] : []));
    }, deploy).report(),
  'failed-beside-what-was-wrong-before'() {
    const watched = story(
      (minutes) => {
        const more = minutes < 30 ? [] : [missing('api_key_sandbox')];
        return replaced(green(minutes), fail('schema', minutes, [missing('last_login'), ...more]));
      },
      (started) => {
        started.run(-10, [fail('schema', -10, [missing('last_login')])], 'other');
        deploy(started);
      },
    );
    return watched.report();
  },
  inconclusive: () =>
    story((minutes) => {
      if (minutes > 120 && minutes < 420) return undefined;
      return replaced(green(minutes), unknown('backup:nightly', minutes));
    }, deploy).report(),
  superseded() {
    const watched = story((minutes) => (minutes <= 150 ? green(minutes) : undefined), deploy);
    watched.start(153, { version: '1.5.1' });
    return watched.report();
  },
  'stopped-hostile-version'() {
    const watched = watchedTarget(target);
    watched.start(0, { version: '$(rm -rf /); `id` <b>1.0</b>' });
    watched.run(5, [fail('probe:login', 5, [finding({ message: 'a\nb\u202e' })])]);
    watched.stop(20, 'grace');
    return watched.report();
  },
};

test.each(Object.entries(scenarios))('%s', async (name, tell) => {
  const { subject, body, attributes } = compose(tell(), { bucket: 'driftwatch-memory' });
  const text = [
    `Subject: ${subject}`,
    ...Object.entries(attributes).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
    '',
    body,
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
});

test('the same story has the same report under the same id', () => {
  expect(scenarios.failed?.()).toEqual(scenarios.failed?.());
  expect(at(0)).toBe('2026-11-20T12:00:00.000Z');
});
