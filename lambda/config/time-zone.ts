// Names of time zones: those of the IANA database, as EventBridge Scheduler takes them.
import * as z from 'zod';
import { nearest } from './problem.ts';

const known = [...Intl.supportedValuesOf('timeZone'), 'UTC'];

/** Settings field: `Europe/Berlin`, `UTC`. */
export const timeZone = z.string().check((context) => {
  const name = context.value;
  if (isTimeZone(name)) return;
  const near = nearest(name, known);
  context.issues.push({
    code: 'custom',
    input: name,
    message: `expected the name of a time zone, such as "Europe/Berlin"${near ? `; did you mean "${near}"?` : ''}`,
  });
});

/** Aliases (`US/Eastern`) are names too; offsets and other spellings, which Intl also takes, are not. */
function isTimeZone(name: string): boolean {
  if (known.includes(name)) return true;
  if (!/^[A-Z]/.test(name) || known.some((each) => each.toLowerCase() === name.toLowerCase())) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
