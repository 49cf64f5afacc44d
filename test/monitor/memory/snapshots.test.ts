// Published snapshots over the real S3 protocol: versions never change, the pointer moves, damage is told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSnapshotStore, type SnapshotStore } from '../../../lambda/monitor/memory/snapshots.ts';
import { createObjectStore } from '../../../lambda/platform/object-store.ts';
import type { Fact } from '../../../lambda/postgres/fact.ts';
import { encodeSnapshot, makeSnapshot } from '../../../lambda/postgres/snapshot.ts';
import type { Vocabulary } from '../../../lambda/postgres/vocabulary.ts';
import { type LocalS3, startS3 } from '../../../local/s3.ts';
import { fact, snapshotOf, takenAt } from '../../support/snapshots.ts';

let s3: LocalS3;
let store: SnapshotStore;
const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const users = snapshotOf([fact('table', 'public.users')]);
const usersAgain = snapshotOf([fact('table', 'public.users')], { takenAt: '2026-11-20T12:00:00.000Z' });
const orders = snapshotOf([fact('table', 'public.orders')]);

beforeAll(async () => {
  s3 = await startS3();
  s3.createBucket('memory');
  store = createSnapshotStore(
    createObjectStore({
      client: { endpoint: s3.url, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
    }),
    'memory',
  );
});
afterAll(() => s3.close());

test('a model nobody published has no pointer and no versions', async () => {
  expect(await store.pointer('none')).toBeUndefined();
  expect(await store.load('none', '1.0.0')).toBeUndefined();
  expect(await store.versions('none')).toEqual([]);
});

test('publishing moves the pointer and remembers what it pointed to', async () => {
  await store.publish('moves', '1.0.0', users, at('10:00:00'));
  await store.publish('moves', '1.1.0', orders, at('11:00:00'));
  expect(await store.pointer('moves')).toEqual({
    current: {
      version: '1.1.0',
      publishedAt: at('11:00:00').toISOString(),
      confirmedAt: at('11:00:00').toISOString(),
      factsHash: orders.factsHash,
    },
    previous: {
      version: '1.0.0',
      publishedAt: at('10:00:00').toISOString(),
      confirmedAt: at('10:00:00').toISOString(),
      factsHash: users.factsHash,
    },
  });
  expect(await store.load('moves', '1.0.0')).toEqual(users);
});

test('publishing the same facts again confirms the version and opens no new grace time', async () => {
  await store.publish('again', '1.0.0', users, at('10:00:00'));
  await store.publish('again', '1.0.0', usersAgain, at('12:00:00'));
  expect(await store.pointer('again')).toEqual({
    current: {
      version: '1.0.0',
      publishedAt: at('10:00:00').toISOString(),
      confirmedAt: at('12:00:00').toISOString(),
      factsHash: users.factsHash,
    },
  });
  expect((await store.load('again', '1.0.0'))?.takenAt).toBe(takenAt);
});

test('a published version never changes', async () => {
  await store.publish('fixed', '1.0.0', users, at('10:00:00'));
  await expect(store.publish('fixed', '1.0.0', orders, at('11:00:00'))).rejects.toMatchObject({
    reason: 'invalid',
    message:
      'Version 1.0.0 of model fixed is already published, with other facts, at s3://memory/snapshots/fixed/1.0.0.json.',
  });
  expect(await store.load('fixed', '1.0.0')).toEqual(users);
});

test.each(['current', '../other/1.0.0', '', 'a'.repeat(129), 'a/b', '1.0; rm'])(
  '%j cannot name a version, and loads nothing',
  async (version) => {
    await expect(store.publish('names', version, users, at('10:00:00'))).rejects.toMatchObject({ reason: 'invalid' });
    expect(await store.load('names', version)).toBeUndefined();
    expect(s3.keys('memory', 'snapshots/names')).toEqual([]);
  },
);

test('of two pipelines that publish at once, both versions are there and the newer one is current', async () => {
  await store.publish('race', '1.0.0', users, at('10:00:00'));
  await Promise.all([
    store.publish('race', '1.2.0', orders, at('11:00:00')),
    store.publish('race', '1.1.0', users, at('11:00:00')),
  ]);
  expect((await store.pointer('race'))?.current.version).toBe('1.2.0');
  expect((await store.versions('race')).map(({ version }) => version).sort()).toEqual(['1.0.0', '1.1.0', '1.2.0']);
});

test('an older version is stored beside the current one, and becomes current on purpose only', async () => {
  const publish = (version: string, back?: boolean) =>
    store.publish('older', version, users, at('10:00:00'), back === undefined ? {} : { back });
  expect(await publish('1.10.0')).toEqual({ stored: 'new', current: 'moved', currentVersion: '1.10.0' });
  expect(await publish('1.9.0')).toEqual({ stored: 'new', current: 'left', currentVersion: '1.10.0' });
  expect(await publish('1.10.0')).toEqual({ stored: 'same', current: 'confirmed', currentVersion: '1.10.0' });
  expect(await publish('1.9.0', true)).toEqual({ stored: 'same', current: 'moved back', currentVersion: '1.9.0' });
  expect((await store.pointer('older'))?.previous?.version).toBe('1.10.0');
});

test('a version without an order that was published before the current one stays behind it too', async () => {
  const publish = (version: string) => store.publish('commits', version, users, at('10:00:00'));
  await publish('ba34fb5');
  expect(await publish('399a95a')).toMatchObject({ current: 'moved' });
  expect(await publish('ba34fb5')).toEqual({ stored: 'same', current: 'left', currentVersion: '399a95a' });
});

test('a version that an older Driftwatch stored in a format of its own is replaced', async () => {
  const { factsHash: _hash, source: _source, ...old } = { ...users, formatVersion: 1 };
  s3.put('memory', 'snapshots/upgraded/1.0.0.json', JSON.stringify(old));
  expect(await store.publish('upgraded', '1.0.0', users, at('10:00:00'))).toMatchObject({ stored: 'replaced' });
  expect(await store.load('upgraded', '1.0.0')).toEqual(users);
});

test('a version that an older Driftwatch published is replaced by one that says the same and more of it', async () => {
  const inside = { scope: ['structure' as const], serverVersion: 180_004, options: {}, source: 'database' as const };
  const of = (facts: Fact[], vocabulary: Vocabulary) =>
    makeSnapshot({ ...inside, facts, vocabulary, takenAt, takenBy: '0.1.0' });
  const before = of([fact('table', 'public.users', { options: null })], { table: ['options'] });
  const facts = [fact('table', 'public.users', { options: null, comment: 'people' }), fact('rule', 'public.users.r')];
  const wider = of(facts, { table: ['comment', 'options'], rule: [] });
  await store.publish('wider', '1.0.0', before, at('10:00:00'));
  expect(await store.publish('wider', '1.0.0', wider, at('11:00:00'))).toMatchObject({ stored: 'replaced' });
  expect(await store.publish('wider', '1.0.0', before, at('12:00:00'))).toMatchObject({ stored: 'same' });
  expect(await store.load('wider', '1.0.0')).toEqual(wider);
  const other = of([fact('table', 'public.others')], { table: ['comment', 'options'], rule: [], view: [] });
  await expect(store.publish('wider', '1.0.0', other, at('13:00:00'))).rejects.toMatchObject({ reason: 'invalid' });
});

test('the versions of every model are listed, and nothing else that lies there', async () => {
  await store.publish('list-a', '1.0.0', users, at('10:00:00'));
  await store.publish('list-b', '1.0.0', users, at('10:00:00'));
  s3.put('memory', 'snapshots/list-a/notes.txt', 'by hand');
  const listed = (await store.versions()).filter(({ model }) => model.startsWith('list-'));
  expect(listed).toEqual([
    { model: 'list-a', version: '1.0.0', storedAt: expect.any(Date) },
    { model: 'list-b', version: '1.0.0', storedAt: expect.any(Date) },
  ]);
});

test.each(['', 'a/b', '../x', 'ä'])('%j cannot name a model', async (model) => {
  await expect(store.publish(model, '1.0.0', users, at('10:00:00'))).rejects.toMatchObject({ reason: 'invalid' });
});

test('a stored snapshot that was cut off or altered is refused with its address', async () => {
  s3.put('memory', 'snapshots/damaged/1.0.0.json', encodeSnapshot(users).slice(0, -40));
  s3.put('memory', 'snapshots/damaged/1.1.0.json', encodeSnapshot(users).replace('public.users', 'public.xsers'));
  await expect(store.load('damaged', '1.0.0')).rejects.toMatchObject({
    reason: 'invalid',
    message: expect.stringContaining('s3://memory/snapshots/damaged/1.0.0.json is cut off'),
  });
  await expect(store.load('damaged', '1.1.0')).rejects.toMatchObject({
    message: expect.stringContaining('was altered'),
  });
});

test('a pointer that cannot be read is told, not replaced', async () => {
  s3.put('memory', 'snapshots/pointer/current.json', '{"formatVersion":2}');
  await expect(store.pointer('pointer')).rejects.toMatchObject({
    reason: 'invalid',
    message: 's3://memory/snapshots/pointer/current.json is not a pointer to a snapshot that this Driftwatch can read.',
  });
  await expect(store.publish('pointer', '1.0.0', users, at('10:00:00'))).rejects.toMatchObject({ reason: 'invalid' });
  expect(new TextDecoder().decode(s3.read('memory', 'snapshots/pointer/current.json'))).toBe('{"formatVersion":2}');
});
