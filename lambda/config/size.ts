// Amounts of data as people write them in settings (`500B`, `10MB`, `2GiB`), read into bytes.
import * as z from 'zod';

/** kB, MB and so on are powers of 1000, KiB, MiB and so on powers of 1024 (IEC 80000-13). */
const unitBytes = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;
type Unit = keyof typeof unitBytes;

/** A number and a unit: `500B`, `64KiB`, `10MB`, `1.5GB`. */
export type SizeText = `${number}${Unit}`;

/** @throws RangeError for anything that is not a positive number and a unit. */
export function parseSize(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(B|[kMGT]B|[KMGT]iB)$/.exec(text);
  const bytes = match ? Math.round(Number(match[1]) * unitBytes[match[2] as Unit]) : 0;
  if (bytes > 0) return bytes;
  throw new RangeError(`"${text}" is not a size such as 500B, 64KiB, 10MB or 1.5GB`);
}

/** Settings field: a size text that becomes bytes. */
export const size = z.custom<SizeText>().transform((text, context): number => {
  try {
    return parseSize(String(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'expected a size: a number and B, kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as "10MB"',
      input: text,
    });
    return z.NEVER;
  }
});

/** In the largest unit that leaves a number of at least one, with two to three digits: `950 B`, `12.4 MB`, `3.1 GB`. */
export function formatSize(bytes: number): string {
  const unit = (['TB', 'GB', 'MB', 'kB'] as const).find((candidate) => bytes >= unitBytes[candidate]) ?? 'B';
  const amount = bytes / unitBytes[unit];
  return `${amount >= 100 || unit === 'B' ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
}
