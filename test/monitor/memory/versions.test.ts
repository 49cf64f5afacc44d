import { expect, test } from 'vitest';
import { isOlderVersion } from '../../../lambda/monitor/memory/versions.ts';

test.each([
  ['1.4.0', '1.5.0'],
  ['1.9.0', '1.10.0'],
  ['v1.9.9', 'v2.0'],
  ['1.5.0-rc.1', '1.5.0'],
  ['1.5.0-rc.2', '1.5.0-rc.10'],
  ['1.5.0-1', '1.5.0-alpha'],
  ['2026.11.2', '2026.11.25'],
])('%s is older than %s, and not the other way round', (older, newer) => {
  expect(isOlderVersion(older, newer)).toBe(true);
  expect(isOlderVersion(newer, older)).toBe(false);
});

test.each([
  ['1.5', '1.5.0'],
  ['1.5.0', '1.5.0'],
  ['1.5.0+build.1', '1.5.0+build.2'],
  ['ba34fb5', '1.5.0'],
  ['1234567', '7654321'],
  ['main', 'next'],
])('of %s and %s neither is older', (one, other) => {
  expect(isOlderVersion(one, other)).toBe(false);
  expect(isOlderVersion(other, one)).toBe(false);
});
