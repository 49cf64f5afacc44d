import { describe, expect, test } from 'vitest';
import { formatSize, parseSize, size } from '../../lambda/config/size.ts';

describe('parseSize', () => {
  test.each([
    ['500B', 500],
    ['1kB', 1_000],
    ['64KiB', 65_536],
    ['10MB', 10_000_000],
    ['1.5GB', 1_500_000_000],
    ['2GiB', 2_147_483_648],
    ['1TB', 1e12],
    ['1TiB', 1_099_511_627_776],
  ])('%s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['', '10', 'MB', '10 MB', '10mb', '-1MB', '0MB', '0.0001B', '1e3MB', '10KB', 'NaNMB', 'InfinityB'])(
    'refuses %j',
    (text) => {
      expect(() => parseSize(text)).toThrow(RangeError);
      expect(size.safeParse(text).error?.issues).toMatchObject([
        { message: expect.stringMatching(/^expected a size/) },
      ]);
    },
  );

  test('takes no number without unit', () => {
    expect(size.safeParse(10).success).toBe(false);
  });
});

describe('formatSize', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [12_350_000, '12.3 MB'],
    [123_456_789, '123 MB'],
    [3_100_000_000, '3.1 GB'],
    [2e15, '2000 TB'],
  ])('%i is %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});
