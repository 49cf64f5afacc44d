// The database check against a real PostgreSQL, and against what is none.
import { describe, expect, test } from 'vitest';
import { database } from '../../../lambda/checks/database/index.ts';
import { databaseSettings } from '../../../lambda/config/database.ts';
import { EdgeError, type EdgeReason } from '../../../lambda/errors.ts';
import type { JsonValue } from '../../../lambda/json.ts';
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
  memory?: JsonValue | undefined;
  /** Of the secret. @default none, as for an environment variable */
  version?: string;
  now?: string;
}

async function run(url: string | undefined, options: RunOptions = {}) {
  const secrets: Secrets = {
    read: async (reference) => {
      if (url !== undefined) return url;
      throw new EdgeError('timeout', `Secrets Manager did not answer for ${reference}`, { remedy: 'Add an endpoint.' });
    },
    version: async () => options.version,
  };
  // Every look at the clock is 7 ms later.
  const start = Date.parse(options.now ?? '2026-11-20T03:00:00Z');
  let looks = 0;
  const now = () => {
    looks += 1;
    return new Date(start + 7 * looks);
  };
  const sleep = (_ms: number, signal?: AbortSignal) =>
    Promise.race([options.limit ?? new Promise<void>(() => undefined), once(signal)]);
  const evidence = await database.collect({
    ...about,
    database: options.without ? undefined : databaseSettings.parse({ secret: 'db', tls: { mode: 'disable' } }),
    runningVersion: undefined,
    memory: options.memory,
    memoryBucket: 'memory',
    signal: options.signal ?? new AbortController().signal,
    ports: {
      clock: { now, sleep },
      secrets,
      databases: createDatabases({ secrets }),
      objects: undefined as never,
      http: undefined as never,
    },
  });
  const judgement = database.judge(evidence, { ...about, now: new Date(0) });
  return { evidence, judgement, memory: database.remember?.(evidence) };
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

  test('tries a refused password once a day, or when its secret has a new version', async () => {
    const wrong = db.urlFor('nobody_here', 'wrong');
    const first = await run(wrong, { version: 'v1' });
    expect(first.memory).toMatchObject({ credentials: 'db', secretVersion: 'v1', place: 'the database of pap-api' });
    expect(JSON.stringify(first.memory)).not.toContain(wrong);

    // It would be let in now, and does not even try.
    const { memory } = first;
    const held = await run(db.url, { version: 'v1', memory, now: '2026-11-21T02:59:00Z' });
    expect(held.judgement).toMatchObject({
      status: 'unknown',
      reason: expect.stringMatching(
        /refused the password of nobody_here, on 2026-11-20 03:00 UTC; since repeated refusals lock accounts, the next attempt is made from 2026-11-21 03:00 UTC, or at once with a new version of the secret$/,
      ),
    });
    expect(held.memory).toEqual(memory);

    for (const later of [{ version: 'v1', now: '2026-11-21T03:01:00Z' }, { version: 'v2' }]) {
      const again = await run(db.url, { ...later, memory });
      expect(again.judgement.status).toBe('pass');
      expect(again.memory).toBeUndefined();
    }
    const blind = await run(undefined, { version: 'v2', memory });
    expect(blind.memory, 'the secret could not be read: nothing new is known').toEqual(memory);
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
    const failed = { answered: false, stage: 'database', reason, message: 'no', remedy: 'yes', refusal: null } as const;
    const judgement = database.judge(failed, { ...about, now: new Date(0) });
    expect(judgement.status === 'fail' ? judgement.findings[0].code : undefined).toBe(code);
    // Before the database was tried, nothing is its fault.
    expect(database.judge({ ...failed, stage: 'credentials' }, { ...about, now: new Date(0) }).status).toBe('unknown');
  });

  test('takes no settings of others', () => {
    expect(database.settings.safeParse({ host: 'x' }).success).toBe(false);
  });
});
