// When a cron expression of the settings comes round, computed by croner from EventBridge's dialect. Pure.
import { Cron } from 'croner';

/** The last time at or before `at` that the expression names; `undefined` when there was none. */
export function lastOccurrence({ cron, timeZone }: { cron: string; timeZone: string }, at: Date): Date | undefined {
  // croner looks before its reference only.
  return new Cron(asCroner(cron), { timezone: timeZone }).previousRuns(1, new Date(at.getTime() + 1))[0];
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
