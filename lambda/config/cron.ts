// Cron expressions as EventBridge Scheduler reads them: six fields, and one of the two day fields left open. Checked
// here, since a wrong one would only be refused in the middle of a deployment.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
import * as z from 'zod';

interface Field {
  name: string;
  from: number;
  to: number;
  words?: readonly string[];
  /** What may stand besides numbers, names, ranges, steps and `*`. */
  special?: RegExp;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const fields: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31, special: /^(\?|L|([1-9]|[12]\d|3[01])W)$/ },
  { name: 'month', from: 1, to: 12, words: months },
  {
    name: 'day of week',
    from: 1,
    to: 7,
    words: days,
    special: /^(\?|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)?L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/,
  },
  { name: 'year', from: 1970, to: 2199 },
];

/** One space between fields, names in capitals. */
export function normaliseCron(text: string): string {
  return text.trim().split(/\s+/).join(' ').toUpperCase();
}

/** What is wrong with an expression (in normal form), as the rest of a sentence; `undefined` when nothing is. */
export function cronProblem(text: string): string | undefined {
  if (text.startsWith('CRON(')) return 'expected the six fields alone, without cron( )';
  const parts = text.split(' ');
  if (parts.length !== fields.length) {
    return `expected six fields (minutes, hours, day of month, month, day of week, year), such as "0 6 * * ? *"; it has ${parts.length}`;
  }
  for (const [index, field] of fields.entries()) {
    const problem = fieldProblem(parts[index] ?? '', field);
    if (problem) return problem;
  }
  if ((parts[2] === '?') === (parts[4] === '?')) {
    return 'expected "?" in exactly one of the fields day of month and day of week';
  }
  return undefined;
}

/** Settings field: an expression, brought into normal form. */
export const cron = z
  .string()
  .transform(normaliseCron)
  .check((context) => {
    const message = cronProblem(context.value);
    if (message) context.issues.push({ code: 'custom', message, input: context.value });
  });

function fieldProblem(text: string, field: Field): string | undefined {
  const items = text.split(',');
  const alone = items.length > 1 && items.some((item) => item === '?' || item.includes('#'));
  if (!alone && items.every((item) => field.special?.test(item) || isRange(item, field))) return undefined;
  const words = field.words ? ` or ${field.words[0]} to ${field.words.at(-1)}` : '';
  return `"${text}" does not fit the field ${field.name}, which takes ${field.from} to ${field.to}${words}, ranges, steps and lists of them, and "*"`;
}

/** `*`, a value or a range upwards, with or without a step. */
function isRange(item: string, field: Field): boolean {
  const [, from, to, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
  if (from === undefined || (from === '*' && to !== undefined)) return false;
  if (step !== undefined && (Number(step) < 1 || Number(step) > field.to)) return false;
  if (from === '*') return true;
  const first = inField(from, field);
  const last = to === undefined ? first : inField(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function inField(text: string, { from, to, words }: Field): number | undefined {
  const named = words?.indexOf(text) ?? -1;
  const value = named >= 0 ? named + from : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}
