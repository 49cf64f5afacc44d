// A digest in words: first whether anything is wrong at all, then every target, those in trouble first, so that what does
// not fit into a message is what is well. Pure.
import { formatDuration } from '../../config/duration.ts';
import type { Report } from '../notice/notice.ts';
import { fullTime, pointInTime, sinceWhen, spoken } from '../notice/wording.ts';
import { printable } from '../printable.ts';
import {
  type Digest,
  type DigestCheck,
  type DigestIncident,
  type DigestTarget,
  isAllWell,
  isUnseen,
} from './digest.ts';

export function digestReport(digest: Digest): Report {
  const { id, targets, from, to } = digest;
  return {
    label: 'DIGEST',
    title: isAllWell(digest) ? 'nothing went wrong' : (inShort(targets)[0] ?? ''),
    lines: [
      `From ${fullTime(from)} to ${fullTime(to)}.`,
      sentence(digest),
      ...targets.flatMap((one) => targetLines(one, to)),
    ],
    thread: 'digest',
    data: digest as unknown as Report['data'],
    evidence: `digests/${id}.json`,
  };
}

function sentence(digest: Digest): string {
  const { targets } = digest;
  const runs = targets
    .flatMap(({ checks }) => checks)
    .reduce((sum, { pass, fail, unknown }) => sum + pass + fail + unknown, 0);
  const looked = `${count(runs, 'check was', 'checks were')} carried out over ${count(targets.length, 'target', 'targets')}`;
  return isAllWell(digest)
    ? `Nothing went wrong: ${looked}, and all of them passed.`
    : `${looked}: ${inShort(targets).join(', ')}.`;
}

/** The worst first; never nothing. */
function inShort(targets: readonly DigestTarget[]): string[] {
  const open = targets.filter((target) => target.open.length > 0).length;
  const unseen = targets.filter((target) => target.checks.some(isUnseen)).length;
  const failed = targets.filter(({ open: still, checks }) => still.length === 0 && checks.some(({ fail }) => fail > 0));
  const parts = [
    ...(open > 0 ? [`${count(open, 'target is', 'targets are')} in trouble`] : []),
    ...(unseen > 0 ? [`${count(unseen, 'has', 'have')} a check that never came to a verdict`] : []),
    ...(failed.length > 0 ? [`${count(failed.length, 'was', 'were')} in trouble and recovered`] : []),
  ];
  return parts.length > 0 ? parts : ['nothing is wrong now, and not every run could tell'];
}

function targetLines(target: DigestTarget, to: string): string[] {
  const { name, environment, checks, open, silences, unknown } = target;
  return [
    '',
    `== ${printable(name)} (${printable(environment)}): ${open.length === 0 ? 'nothing open' : `${open.length} open`} ==`,
    ...(unknown ? ['Nothing is known of it: no run was remembered, or what was remembered cannot be read.'] : []),
    ...checks.map((check) => checkLine(check, to)),
    ...open.map((incident) => openLine(incident, to)),
    ...silences.map(
      ({ check, by, until, reason }) =>
        `Silenced until ${pointInTime(until, to)} by ${printable(by)}: ${printable(spoken(check ?? 'everything'))} (${printable(reason)})`,
    ),
  ];
}

function checkLine(check: DigestCheck, to: string): string {
  const { pass, fail, unknown, due, availability, daysLeft, lastPassAt } = check;
  const runs = pass + fail + unknown;
  const parts = [
    runs > 0 ? count(runs, 'run', 'runs') : due ? 'NOT CHECKED ONCE' : 'was not due',
    ...(availability === undefined ? [] : [`${percent(availability)} passed`]),
    ...(fail > 0 ? [`${fail} failed`] : []),
    ...(unknown > 0 ? [`${unknown} could not tell`] : []),
    ...daysLeft.map(({ name, days }) => `${printable(whatLasts(name))} ${lasting(days)}`),
    ...(pass === 0 ? [`last passed ${lastPassAt === undefined ? 'never' : pointInTime(lastPassAt, to)}`] : []),
  ];
  return `${printable(spoken(check.check))}: ${parts.join(', ')}`;
}

function openLine({ check, about, since, announced, message }: DigestIncident, to: string): string {
  const told = announced ? '' : ', not told';
  const what = about === 'unverified' ? 'cannot be verified' : 'failing';
  return `OPEN ${printable(spoken(check))} ${what} ${sinceWhen(since, to)}${told}: ${printable(message)}`;
}

/** `certificate-days` as people say it. */
function whatLasts(measure: string): string {
  return measure.replace(/(^|-)days$/, '').replaceAll('-', ' ') || 'it';
}

function lasting(days: number): string {
  return days <= 0 ? 'over' : `${formatDuration(days * 86_400_000)} left`;
}

/** Never rounded up to all of them. */
function percent(share: number): string {
  return share === 1 ? '100 %' : `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
