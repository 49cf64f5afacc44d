// The database check against a real PostgreSQL, and against what is none.
import { describe, expect, test } from 'vitest';
import type { DatabaseEvidence } from '../../../lambda/checks/database/collect.ts';
import { database } from '../../../lambda/checks/database/index.ts';
import { databaseSettings } from '../../../lambda/config/database.ts';
import { EdgeError, type EdgeReason } from '../../../lambda/errors.ts';
import { createDatabases } from '../../../lambda/platform/database.ts';
import type { Secrets } from '../../../lambda/platform/ports.ts';
import { startTcpServer } from '../../support/http-server.ts';
import { useDatabase } from '../../support/postgres.ts';

/** Rejects when the signal is aborted. */
const once = (signal: AbortSignal | undefined) =>
  new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

const db = useDatabase();
const settings = database.settings.parse({});
const about = { target: 'pap-api', check: 'database', settings };

interface RunOptions {
  signal?: AbortSignal;
  without?: boolean;
  /** When the time that the database has is over. @default never */
  limit?: Promise<void>;
}

async function run(url: string | undefined, options: RunOptions = {}) {
  const secrets: Secrets = {
    read: async (reference) => {
      if (url !== undefined) return url;
      throw new EdgeError('timeout', `Secrets Manager did not answer for ${reference}`, { remedy: 'Add an endpoint.' });
    },
  };
  // Every look at the clock is 7 ms later.
  const times = [7, 14, 21].map((ms) => new Date(ms));
  const sleep = (_ms: number, signal?: AbortSignal) =>
    Promise.race([options.limit ?? new Promise<void>(() => undefined), once(signal)]);
  const evidence = await database.collect({
    ...about,
    database: options.without ? undefined : databaseSettings.parse({ secret: 'db', tls: { mode: 'disable' } }),
    runningVersion: undefined,
    memoryBucket: 'memory',
    signal: options.signal ?? new AbortController().signal,
    ports: {
      clock: { now: () => times.shift() ?? new Date(0), sleep },
      secrets,
      databases: createDatabases({ secrets }),
      objects: undefined as never,
      http: undefined as never,
    },
  });
  return { evidence, judgement: database.judge(evidence, { ...about, now: new Date(0) }) };
}

describe('the database check', () => {
  test('passes when a round trip worked', async () => {
    const { evidence, judgement } = await run(db.url);
    expect(judgement).toEqual({
      status: 'pass',
      summary: 'connected in 7 ms, round trip 7 ms',
      measures: [
        { name: 'connect', value: 7, unit: 'ms' },
        { name: 'round-trip', value: 7, unit: 'ms' },
      ],
    });
    expect(database.unreachable?.(evidence)).toBe(false);
    const sessions = `select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await expect.poll(() => db.query(sessions)).toEqual([{ count: 0 }]);
  });

  test('finds a server that is not there', async () => {
    const { evidence, judgement } = await run('postgres://me:pw@127.0.0.1:1/app');
    expect(judgement).toMatchObject({
      status: 'fail',
      findings: [
        {
          code: 'database.unreachable',
          severity: 'critical',
          impact: 'availability',
          subject: 'pap-api',
          message: expect.stringMatching(
            /^The database cannot be used: 127\.0\.0\.1:1\/app was not reached: .*ECONNREFUSED.* Every request of pap-api that needs it fails\.$/,
          ),
        },
      ],
    });
    expect(database.unreachable?.(evidence)).toBe(true);
  });

  test('finds a server that never answers', async () => {
    const { promise: limit, resolve } = Promise.withResolvers<void>();
    const silent = await startTcpServer((socket) => void socket.once('data', () => resolve()));
    const { evidence, judgement } = await run(`postgres://me:pw@127.0.0.1:${silent.port}/app`, { limit });
    expect(judgement).toMatchObject({ status: 'fail', findings: [{ code: 'database.unreachable' }] });
    expect(database.unreachable?.(evidence)).toBe(true);
  });

  test('does not know when the run ended first', async () => {
    const stop = new AbortController();
    const silent = await startTcpServer((socket) => void socket.once('data', () => stop.abort()));
    const { evidence, judgement } = await run(`postgres://me:pw@127.0.0.1:${silent.port}/app`, { signal: stop.signal });
    expect(judgement.status).toBe('unknown');
    expect(database.unreachable?.(evidence)).toBe(false);
  });

  test('finds that the database is not there', async () => {
    const { evidence, judgement } = await run(db.url.replace(db.name, 'dropped'));
    expect(judgement).toMatchObject({ status: 'fail', findings: [{ code: 'database.missing', severity: 'critical' }] });
    expect(database.unreachable?.(evidence)).toBe(false);
  });

  test.each([
    ['its password is refused', () => db.urlFor('nobody_here', 'wrong'), /refused the password of nobody_here/],
    ['the secret cannot be read', () => undefined, /Secrets Manager did not answer for db/],
    ['the secret says nothing', () => 'garbage', /the secret db/],
  ])('does not know when %s', async (_what, url, reason) => {
    const { evidence, judgement } = await run(url());
    expect(judgement).toMatchObject({ status: 'unknown', reason: expect.stringMatching(reason), remedy: /./ });
    expect(database.unreachable?.(evidence)).toBe(false);
  });

  test('does not know of a target without database', async () => {
    expect((await run(undefined, { without: true })).judgement).toMatchObject({
      status: 'unknown',
      reason: 'the target pap-api has no database in the settings',
    });
  });

  test.each<[EdgeReason, string | undefined]>([
    ['unreachable', 'database.unreachable'],
    ['timeout', 'database.unreachable'],
    ['unavailable', 'database.unavailable'],
    ['missing', 'database.missing'],
    ['authentication', undefined],
    ['denied', undefined],
    ['untrusted', undefined],
    ['invalid', undefined],
  ])('takes %s for %s', (reason, code) => {
    const failed: DatabaseEvidence = { answered: false, stage: 'database', reason, message: 'no', remedy: 'yes' };
    const judgement = database.judge(failed, { ...about, now: new Date(0) });
    expect(judgement.status === 'fail' ? judgement.findings[0].code : undefined).toBe(code);
    // Before the database was tried, nothing is its fault.
    expect(database.judge({ ...failed, stage: 'credentials' }, { ...about, now: new Date(0) }).status).toBe('unknown');
  });

  test('takes no settings of others', () => {
    expect(database.settings.safeParse({ host: 'x' }).success).toBe(false);
  });
});
