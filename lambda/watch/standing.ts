// How a watch that goes on stands, in a few lines. Pure.
import { formatDuration } from '../config/duration.ts';
import { pointInTime } from '../monitor/notice/wording.ts';
import { printable } from '../monitor/printable.ts';
import { troubleText } from './report.ts';
import type { Watching } from './watch.ts';

export function standingOf(watch: Watching, at: string): string[] {
  const { version, startedAt, until, everyMs, rounds, trouble } = watch;
  const missed = rounds.gaps.reduce((total, gap) => total + gap.rounds, 0);
  const left = formatDuration(Math.max(0, Date.parse(until) - Date.parse(at)));
  return [
    `Watching version ${printable(version)} since ${pointInTime(startedAt, at)}, until ${pointInTime(until, at)} (${left} left), every ${formatDuration(everyMs)}.`,
    `${rounds.ran} rounds ran${missed > 0 ? `, ${missed} were missed` : ''}.`,
    ...(trouble.length === 0
      ? ['Nothing is wrong so far.']
      : troubleText(watch).flatMap((part) => ['', ...part.split('\n')])),
  ];
}
