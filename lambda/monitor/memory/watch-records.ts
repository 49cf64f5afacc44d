// Reading and writing `watches/<target>.json`, and finding the watches that are due. The record says what was asked for;
// whether it is done with is the state's to say, and is written here last.

import { EdgeError } from '../../errors.ts';
import { byCodeUnit } from '../../json.ts';
import type { WriteCondition } from '../../platform/ports.ts';
import { parseRecord, type WatchRecord, watchKey, watchRecordFormat, watchRoot } from '../../watch/record.ts';
import { isRound } from '../../watch/rounds.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import type { MemoryPlace } from './memory.ts';

/** Longer than any watch: what was not touched since is over, or left to the ordinary runs of its target. */
const longestMs = 8 * 86_400_000;
const readAtOnce = 16;

interface Found {
  /** Absent when there is none, or none that can be read. */
  record: WatchRecord | undefined;
  condition: WriteCondition;
}

/** @throws EdgeError `invalid` when a newer Driftwatch wrote it, and what the store throws */
export async function readWatchRecord({ objects, bucket }: MemoryPlace, target: string): Promise<Found> {
  const found = await objects.get(bucket, watchKey(target));
  if (!found) return { record: undefined, condition: { create: true } };
  const parsed = parseRecord(found.body);
  if (parsed.kind === 'newer') throw newerRecord(`s3://${bucket}/${watchKey(target)}`, parsed.format);
  const record = parsed.kind === 'record' && parsed.record.target === target ? parsed.record : undefined;
  return { record, condition: { etag: found.etag } };
}

/** Rejects with `conflict` when somebody wrote in between. */
export async function writeWatchRecord(
  { objects, bucket }: MemoryPlace,
  target: string,
  { watch, over }: { watch: WatchRequest; over: boolean },
  condition: WriteCondition,
): Promise<void> {
  const { id, version, commit, by, startedAt, until, everyMs } = watch;
  const asked = { id, version, commit, by, startedAt, until, everyMs };
  const record: WatchRecord = { format: watchRecordFormat, target, watch: asked, over };
  await objects.put(bucket, watchKey(target), JSON.stringify(record), { condition, contentType: 'application/json' });
}

/** Marks the record as done with, unless it is of a newer deployment by now. */
export async function closeWatchRecord(
  place: MemoryPlace,
  target: string,
  { startedAt }: Pick<WatchRequest, 'startedAt'>,
): Promise<void> {
  const { record, condition } = await readWatchRecord(place, target);
  if (!record || record.over || Date.parse(record.watch.startedAt) > Date.parse(startedAt)) return;
  await writeWatchRecord(place, target, { watch: record.watch, over: true }, condition);
}

/** Lets the next tick, whatever its rounds are, come back to a watch that was stopped. */
export async function hurryWatchRecord(place: MemoryPlace, target: string, id: string, now: Date): Promise<void> {
  const { record, condition } = await readWatchRecord(place, target);
  if (!record || record.over || record.watch.id !== id) return;
  await writeWatchRecord(
    place,
    target,
    { watch: { ...record.watch, until: now.toISOString() }, over: false },
    condition,
  );
}

export interface DueWatch {
  target: string;
  everyMs: number;
}

/** Watches of which this tick is a round, and those whose time is over and whose report is not known to be made. */
export async function dueWatches(
  { objects, bucket }: MemoryPlace,
  at: Date,
  tickMs: number,
): Promise<{ due: DueWatch[]; unreadable: string[] }> {
  const keys: string[] = [];
  for await (const { key, lastModified } of objects.list(bucket, { prefix: watchRoot })) {
    if (at.getTime() - lastModified.getTime() <= longestMs) keys.push(key);
  }
  const due: DueWatch[] = [];
  const unreadable: string[] = [];
  for (let from = 0; from < keys.length; from += readAtOnce) {
    const some = keys.slice(from, from + readAtOnce);
    const found = await Promise.all(some.map((key) => objects.get(bucket, key)));
    for (const [index, each] of found.entries()) {
      const parsed = each && parseRecord(each.body);
      if (parsed && parsed.kind !== 'record') unreadable.push(some[index] ?? '');
      if (parsed?.kind !== 'record' || parsed.record.over) continue;
      const { target, watch } = parsed.record;
      const isOver = Date.parse(watch.until) <= at.getTime();
      if (isOver || isRound(at, watch.everyMs, tickMs)) due.push({ target, everyMs: watch.everyMs });
    }
  }
  return { due: due.sort((left, right) => byCodeUnit(left.target, right.target)), unreadable };
}

function newerRecord(where: string, format: number): EdgeError {
  return new EdgeError(
    'invalid',
    `${where} has format ${format}, and this Driftwatch reads up to ${watchRecordFormat}; it was left as it is`,
    { remedy: 'Deploy the newer Driftwatch again; to go back for good, move that object away first.' },
  );
}
