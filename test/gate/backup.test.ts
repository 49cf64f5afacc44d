// Backups that are recent enough for a deployment: the target's own checks, with another age.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GateWritten } from '../../lambda/gate/settings.ts';
import { createObjectStore } from '../../lambda/platform/object-store.ts';
import { type LocalS3, startS3 } from '../../local/s3.ts';
import { inputFor, verdictOf } from './gate-input.ts';

const now = new Date('2026-11-28T12:00:00Z');
let s3: LocalS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());
beforeEach(() => s3.createBucket('backups'));

const nightly = { bucket: 'backups', key: 'a_*.sql' };
const other = { bucket: 'backups', key: 'b_*.sql', maxAge: '8d' } as const;

function gate(backup: GateWritten['backup'], checks: object = { 'backup:nightly': nightly }) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const objects = createObjectStore({ client: { endpoint: s3.url, region: 'eu-central-1', credentials } });
  const clock = { now: () => now, sleep: () => new Promise<void>(() => undefined) };
  const ports = { objects, clock };
  return verdictOf('backup', inputFor({ checks, ...(backup !== undefined && { gate: { backup } }) }, { ports }));
}

const put = (key: string, hoursAgo: number) =>
  s3.put('backups', key, Buffer.alloc(100), { lastModified: new Date(now.getTime() - hoursAgo * 3_600_000) });

test('the age that the gate allows counts, not that of the check', async () => {
  put('a_1.sql', 5);
  expect(await gate(undefined)).toMatchObject({ status: 'pass', summary: expect.stringContaining('5 h old') });
  expect(await gate({ maxAge: '6h' })).toMatchObject({ status: 'pass' });
  expect(await gate({ maxAge: '1h' })).toMatchObject({
    status: 'fail',
    summary: expect.stringMatching(/^The newest backup is 5 h old .*; at most 1 h are allowed/),
    remedy: expect.stringContaining('run it by hand'),
  });
});

test('of several, each has to pass, or those that are named', async () => {
  const checks = { 'backup:nightly': nightly, 'backup:other': other };
  put('a_1.sql', 0.5);
  put('b_1.sql', 48);
  expect(await gate({}, checks)).toMatchObject({
    status: 'pass',
    summary: expect.stringMatching(/^backup:nightly: .*; backup:other: /),
  });
  expect(await gate({ maxAge: '1h' }, checks)).toMatchObject({
    status: 'fail',
    summary: expect.stringMatching(/^backup:other: The newest backup is 48 h|^backup:other: The newest backup is 2 d/),
    details: [expect.stringMatching(/^pass: backup:nightly: /)],
  });
  expect(await gate({ maxAge: '1h', checks: ['backup:nightly'] }, checks)).toMatchObject({ status: 'pass' });
});

test('a bucket that may not be listed is not verified, and a target without backup checks neither passes nor fails', async () => {
  expect(await gate({}, { backup: { ...nightly, bucket: 'nowhere-at-all' } })).toMatchObject({ status: 'fail' });
  const none = inputFor({}, { gate: { backup: {} } });
  expect(await verdictOf('backup', none)).toMatchObject({
    status: 'unknown',
    remedy: 'Give the target a backup check in the settings.',
  });
  expect(await verdictOf('backup', inputFor({}))).toMatchObject({
    status: 'off',
    summary: 'the target has no backup check',
  });
});
