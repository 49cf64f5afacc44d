// Lengths of time as people write them in settings (`90s`, `15m`, `26h`, `30d`), read into milliseconds.
import * as z from 'zod';

export type Milliseconds = number & { readonly unit: 'ms' };

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

/** A whole number and a unit: `500ms`, `90s`, `15m`, `26h`, `30d`. */
export type DurationText = `${number}${Unit}`;

/** @throws RangeError for anything that is not a whole positive number and a unit. */
export function parseDuration(text: string): Milliseconds {
  const match = /^([1-9]\d{0,8})(ms|s|m|h|d)$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a duration such as 90s, 15m, 26h or 30d`);
  return (Number(match[1]) * unitMs[match[2] as Unit]) as Milliseconds;
}

/** Settings field: a duration text that becomes milliseconds. */
export const duration = z.custom<DurationText>().transform((text, context): Milliseconds => {
  try {
    return parseDuration(String(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'expected a duration: a whole number and ms, s, m, h or d, such as "15m"',
      input: text,
    });
    return z.NEVER;
  }
});

/** The two largest units that matter: `3 h 20 min`, `2 d 4 h`, `45 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
