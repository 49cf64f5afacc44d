// Whether a check is in a maintenance window at a moment. Pure: occurrences are computed from the settings and the time.
import { Cron } from 'croner';
import type { MaintenanceWindow } from '../config/settings.ts';

export interface ActiveWindow {
  reason: string;
  until: string;
}

/** The window about this check that lasts longest of those that `now` is in. */
export function windowAt(windows: readonly MaintenanceWindow[], check: string, now: Date): ActiveWindow | undefined {
  const kind = check.split(':', 1)[0] ?? check;
  return windows
    .filter(({ checks }) => checks === undefined || checks.includes(check) || checks.includes(kind))
    .flatMap((window) => {
      const until = endOf(window, now);
      return until === undefined ? [] : [{ reason: window.reason, until: until.toISOString() }];
    })
    .sort((left, right) => Date.parse(right.until) - Date.parse(left.until))[0];
}

/** When the occurrence ends that `now` is in. */
function endOf(window: MaintenanceWindow, now: Date): Date | undefined {
  if ('from' in window) {
    const [from, until] = [new Date(window.from), new Date(window.until)];
    return from <= now && now < until ? until : undefined;
  }
  const { cron, timeZone, lasts } = window;
  // Of occurrences that overlap the last one counts: each begins at most `lasts` ago.
  const schedule = new Cron(asCroner(cron), { timezone: timeZone });
  let end: Date | undefined;
  let begin = schedule.nextRun(new Date(now.getTime() - lasts));
  while (begin && begin <= now) {
    end = new Date(begin.getTime() + lasts);
    begin = schedule.nextRun(begin);
  }
  return end && end > now ? end : undefined;
}

const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * EventBridge's six fields as croner reads them: seconds come first, days of the week have names instead of numbers that
 * begin elsewhere, `FRIL` is `FRI#L`, and a step needs the range that it steps through.
 */
function asCroner(cron: string): string {
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = cron.split(' ');
  const fields = [
    stepped(minutes, '59'),
    stepped(hours, '23'),
    stepped(dayOfMonth, '31'),
    stepped(month, '12'),
    stepped(dayOfWeek.split(',').map(namedDays).join(','), 'SAT'),
    stepped(year, '2199'),
  ];
  return ['0', ...fields].map((field) => (field === '?' ? '*' : field)).join(' ');
}

function stepped(field: string, last: string): string {
  return field
    .split(',')
    .map((item) => item.replace(/^(\w+)\/(\d+)$/, `$1-${last}/$2`))
    .join(',');
}

function namedDays(item: string): string {
  const [days = '', step] = item.split('/');
  const names = days.replace(/(?<!#)[1-7]/g, (digit) => weekDays[Number(digit) - 1] ?? digit);
  const last = names === 'L' ? 'SAT' : names.replace(/^(\w{3})L$/, '$1#L');
  return step === undefined ? last : `${last}/${step}`;
}
