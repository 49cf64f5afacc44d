// The backup check over the S3 protocol: what it collects of a bucket, with how many requests, and what is judged of it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { BackupEvidence } from '../../../lambda/checks/backup/collect.ts';
import { backup } from '../../../lambda/checks/backup/index.ts';
import type { backupSettings } from '../../../lambda/checks/backup/settings.ts';
import { createObjectStore } from '../../../lambda/platform/object-store.ts';
import type { ObjectStore } from '../../../lambda/platform/ports.ts';
import { type LocalS3, startS3 } from '../../../local/s3.ts';

type Written = z.input<typeof backupSettings>;

const hour = 3_600_000;
const day = 24 * hour;
const now = new Date('2026-11-20T11:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
/** `20261120` for the day that many days ago. */
const dated = (daysAgo: number) =>
  ago(daysAgo * day)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
/** Half past two in the night, that many days ago. */
const night = (daysAgo: number) => new Date(Date.parse('2026-11-20T02:30:00Z') - daysAgo * day);

let s3: LocalS3;
let objects: ObjectStore;
let bucket: string;
let buckets = 0;
beforeAll(async () => {
  s3 = await startS3();
  objects = createObjectStore({
    client: {
      endpoint: s3.url,
      region: 'eu-central-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
    },
  });
});
afterAll(() => s3.close());
beforeEach(() => {
  bucket = `backups-${buckets++}`;
  s3.createBucket(bucket);
});
afterEach(() => s3.faults.clear());

const put = (key: string, sizeBytes: number, lastModified: Date) =>
  s3.put(bucket, key, new Uint8Array(sizeBytes), { lastModified });

async function run(written: Partial<Written> = {}) {
  const settings = backup.settings.parse({ bucket, key: 'db/backup_prod_{YYYY}{MM}{DD}.sql', ...written });
  const about = { target: 'pap-api', check: 'backup', settings };
  const before = s3.calls.length;
  const evidence = await backup.collect({
    ...about,
    database: undefined,
    runningVersion: undefined,
    memoryBucket: 'memory',
    signal: new AbortController().signal,
    ports: {
      clock: { now: () => now, sleep: async () => undefined },
      objects,
      http: undefined as never,
      secrets: undefined as never,
      databases: undefined as never,
    },
  });
  const stored = JSON.parse(JSON.stringify(evidence)) as BackupEvidence;
  expect(stored).toEqual(evidence);
  const judgement = backup.judge(stored, { ...about, now });
  return {
    judgement,
    findings: judgement.status === 'fail' ? judgement.findings : [],
    requests: s3.calls.slice(before).map(({ parameters }) => parameters),
  };
}

describe('a bucket with a recent backup', () => {
  beforeEach(() => {
    for (let days = 0; days < 10; days++) put(`db/backup_prod_${dated(days)}.sql`, 2_000 + days, night(days));
  });

  test('passes, with age and size', async () => {
    const { judgement } = await run();
    expect(judgement).toEqual({
      status: 'pass',
      summary: 'newest backup is 8 h 30 min old (db/backup_prod_20261120.sql of 2026-11-20 02:30 UTC, 2.0 kB)',
      measures: [
        { name: 'age', value: 8.5 * 3_600, unit: 's' },
        { name: 'size', value: 2_000, unit: 'bytes' },
        { name: 'backup-days', value: 0.73, unit: 'days' },
      ],
    });
  });

  test('passes whatever else lies there', async () => {
    for (const key of ['db/backup_prod_latest.sql', 'db/backup_prod_20261120.sql.md5', 'db/backup_test_20261120.sql'])
      put(key, 0, night(0));
    put('db/backup_prod_20991231.sql', 0, night(3));
    expect((await run()).judgement.status).toBe('pass');
  });
});

describe('finds', () => {
  test('nothing, in an empty bucket', async () => {
    expect((await run()).findings).toMatchObject([
      {
        code: 'backup.none',
        severity: 'critical',
        impact: 'recovery',
        subject: `s3://${bucket}/db/backup_prod_{YYYY}{MM}{DD}.sql`,
        message: `There is no backup in the bucket ${bucket} with the key db/backup_prod_{YYYY}{MM}{DD}.sql: nothing is there. Nothing could be restored.`,
      },
    ]);
  });

  test('nothing, and says what is there instead', async () => {
    put('db/backup_prod_2026-11-20.sql', 5, night(0));
    put('db/backup_prod_2026-11-19.sql', 5, night(1));
    expect((await run()).findings).toMatchObject([
      {
        code: 'backup.none',
        message: expect.stringContaining(
          'of the 2 objects listed none has a key of that form, for example not db/backup_prod_2026-11-19.sql',
        ),
      },
    ]);
  });

  test('a backup that is too old, and the newest there is', async () => {
    put(`db/backup_prod_${dated(4)}.sql`, 12_400, night(4));
    put(`db/backup_prod_${dated(5)}.sql`, 12_300, night(5));
    expect((await run()).findings).toMatchObject([
      {
        code: 'backup.too-old',
        severity: 'critical',
        message:
          'The newest backup is 4 d 8 h old (db/backup_prod_20261116.sql of 2026-11-16 02:30 UTC, 12.4 kB); at most 26 h are allowed. Everything since then would be lost in a restore.',
        remedy: expect.stringContaining('The newest good backup is 4 d 8 h old'),
      },
    ]);
  });

  test.each([
    [300, 'of the year'],
    [800, 'of years ago'],
  ])('a backup of %i days ago (%s)', async (days) => {
    put(`db/backup_prod_${dated(days)}.sql`, 12_400, night(days));
    expect((await run()).findings).toMatchObject([
      { code: 'backup.too-old', message: expect.stringContaining(`db/backup_prod_${dated(days)}.sql`) },
    ]);
  });

  test.each([
    ['a copy of an old backup', dated(3), ago(hour), 'backup.too-old', '2 d 11 h old'],
    [
      'a copy of yesterday’s, which is as old as the end of its day at most',
      dated(1),
      ago(hour),
      undefined,
      '11 h old',
    ],
    ['a backup of today, by when it was written', dated(0), ago(5 * hour), undefined, '5 h old'],
    ['an upload that ended after midnight', dated(1), ago(10 * hour), undefined, '11 h old'],
    ['a backup dated tomorrow, by when it was written', dated(-1), ago(3 * hour), undefined, '3 h old'],
  ])('the age of %s', async (_what, date, lastModified, code, age) => {
    put(`db/backup_prod_${date}.sql`, 2_000, lastModified);
    const { judgement, findings } = await run();
    expect(findings.map((finding) => finding.code)).toEqual(code === undefined ? [] : [code]);
    expect(judgement.summary).toContain(age);
  });

  test('the day of a key in its own time zone', async () => {
    // Midnight in Auckland at the end of the 18th is 11:00 UTC: a copy of it is exactly two days old.
    put('db/backup_prod_20261118.sql', 2_000, ago(hour));
    const { judgement } = await run({ keyTimeZone: 'Pacific/Auckland', maxAge: '3d' });
    expect(judgement.summary).toContain('newest backup is 2 d old');
  });

  test('a date that cannot be', async () => {
    put(`db/backup_prod_${dated(-1)}.sql`, 2_000, night(3));
    expect((await run()).findings.map(({ code }) => code)).toEqual(['backup.too-old', 'backup.misdated']);
  });

  test.each([
    ['empty', 0, 'holds nothing: db/backup_prod_20261120.sql has 0 bytes'],
    ['too-small', 900, 'is too small: 900 B, where at least 1.0 kB are expected'],
  ])('a newest backup that is %s, and the good one before it', async (flaw, size, message) => {
    put(`db/backup_prod_${dated(0)}.sql`, size, night(0));
    put(`db/backup_prod_${dated(1)}.sql`, 2_000, night(1));
    const { findings, judgement } = await run({ minSize: '1kB', maxAge: '36h' });
    expect(findings).toMatchObject([
      {
        code: `backup.${flaw}`,
        severity: 'warning',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('The newest good backup is 32 h 30 min old (db/backup_prod_20261119.sql'),
      },
    ]);
    expect(judgement.measures).toContainEqual({ name: 'size', value: 2_000, unit: 'bytes' });
    expect((await run({ minSize: '1kB' })).findings, 'none good is in time').toMatchObject([{ severity: 'critical' }]);
  });

  test('no good backup at all', async () => {
    for (let days = 0; days < 5; days++) put(`db/backup_prod_${dated(days)}.sql`, 0, night(days));
    expect((await run()).findings).toMatchObject([
      { code: 'backup.empty', severity: 'critical', remedy: expect.stringContaining('No good backup was found.') },
    ]);
  });

  test('that the bucket does not exist', async () => {
    expect((await run({ bucket: 'not-there' })).findings).toMatchObject([
      { code: 'backup.bucket-missing', message: expect.stringContaining('not-there does not exist') },
    ]);
  });
});

describe('a backup of several files', () => {
  const written = { key: 'base/{YYYY}-{MM}-{DD}/', files: ['schema.sql', 'data_*.sql'] };
  const putSet = (daysAgo: number, names: string[], lastModified = night(daysAgo), size = 1_000) => {
    for (const name of names)
      put(
        `base/${ago(daysAgo * day)
          .toISOString()
          .slice(0, 10)}/${name}`,
        size,
        lastModified,
      );
  };

  test('passes when each kind is there', async () => {
    putSet(0, ['schema.sql', 'data_users.sql', 'data_orders.sql', 'log.txt']);
    const { judgement } = await run(written);
    expect(judgement).toMatchObject({ status: 'pass', summary: expect.stringContaining('base/2026-11-20/') });
    expect(judgement.measures).toContainEqual({ name: 'size', value: 3_000, unit: 'bytes' });
  });

  test('that misses one is not complete', async () => {
    putSet(0, ['schema.sql']);
    putSet(1, ['schema.sql', 'data_users.sql']);
    const { findings } = await run({ ...written, maxAge: '36h' });
    expect(findings).toMatchObject([
      {
        code: 'backup.incomplete',
        severity: 'warning',
        message: expect.stringContaining('there is no base/2026-11-20/data_*.sql'),
      },
    ]);
  });

  test('that is being uploaded is not judged yet, as long as the one before it is good', async () => {
    putSet(0, ['schema.sql'], ago(hour));
    putSet(1, ['schema.sql', 'data_users.sql']);
    expect((await run({ ...written, maxAge: '36h' })).judgement.status).toBe('pass');
    expect((await run({ ...written, maxAge: '36h', completeWithin: '30m' })).judgement.status).toBe('fail');
    expect((await run(written)).judgement.status).toBe('fail');
  });

  test('one of which is empty holds nothing', async () => {
    putSet(0, ['schema.sql']);
    putSet(0, ['data_users.sql'], night(0), 0);
    expect((await run(written)).findings).toMatchObject([{ code: 'backup.empty' }]);
  });

  test('is as old as the oldest kind, each kind by its newest', async () => {
    for (const [name, days] of Object.entries({ 'schema.sql': 0, 'data_a.sql': 9, 'data_b.sql': 2 }))
      put(`latest/${name}`, 10, night(days));
    const { findings } = await run({ ...written, key: 'latest/' });
    expect(findings).toMatchObject([
      { code: 'backup.too-old', message: expect.stringContaining('2 d 8 h old (latest/') },
    ]);
  });
});

describe('how the bucket is listed', () => {
  beforeEach(() => {
    for (let days = 0; days < 6_000; days++) put(`db/backup_prod_${dated(days)}.sql`, 2_000, night(days));
  });

  test('sixteen years of backups take two requests while all is well', async () => {
    const { judgement, requests } = await run();
    expect(judgement.status).toBe('pass');
    expect(requests.map(({ prefix }) => prefix)).toEqual([
      'db/backup_prod_20261121.sql',
      'db/backup_prod_20261120.sql',
    ]);
  });

  test('and five when the newest is too old', async () => {
    for (let days = 0; days < 30; days++) s3.delete(bucket, `db/backup_prod_${dated(days)}.sql`);
    const { findings, requests } = await run();
    expect(findings).toMatchObject([{ code: 'backup.too-old', message: expect.stringContaining(dated(30)) }]);
    expect(requests).toHaveLength(5);
    expect(requests.at(-1)).toMatchObject({ prefix: 'db/backup_prod_', 'start-after': 'db/backup_prod_20251117.sql' });
  });

  test('a key that does not begin with its date is looked for everywhere', async () => {
    const { judgement, requests } = await run({ key: 'db/*_{YYYY}{MM}{DD}.sql' });
    expect(judgement.status).toBe('pass');
    expect(requests).toHaveLength(6);
  });

  test('a listing that was cut short never passes', async () => {
    for (let count = 0; count < 15_000; count++) put(`db/a_${count}`, 0, night(0));
    const { judgement, requests } = await run({ key: 'db/*_{YYYY}{MM}{DD}.sql' });
    expect(judgement).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('only the first 20000 objects'),
      remedy: expect.stringContaining('Let the key begin with the date'),
    });
    expect(requests.length).toBeLessThanOrEqual(21);
  });
});

describe('not verified', () => {
  test.each([
    ['access is denied', { kind: 'answer', status: 403 }, 'access denied', 'Allow s3:ListBucket on arn:aws:s3:::'],
    ['S3 fails', { kind: 'answer', status: 500 }, 'could not serve it', ''],
    ['S3 is busy', { kind: 'answer', status: 503 }, 'could not serve it', ''],
    ['S3 never answers', { kind: 'silence' }, 'did not answer in time', ''],
    ['the connection is cut', { kind: 'reset' }, 'cannot be reached', ''],
  ] as const)('when %s', async (_what, fault, reason, remedy) => {
    put(`db/backup_prod_${dated(0)}.sql`, 2_000, night(0));
    s3.faults.inject(fault);
    const { judgement } = await run();
    expect(judgement).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining(reason),
      remedy: expect.stringContaining(remedy),
    });
  });
});
