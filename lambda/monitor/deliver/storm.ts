// Notices that found no slot (pace.ts) are told together. Each registers as an object, `storm/<topic>/<notice id>.json`;
// whoever leads publishes what is registered and then deletes it. So an object that is gone was told, and a notice stays
// in the outbox until then. One that nobody told for a while tries for a slot of its own.
import * as z from 'zod';
import type { NoticeTopic } from '../../config/topics.ts';
import { failureFields } from '../../errors.ts';
import { severities } from '../finding.ts';
import { createOnce, type MemoryPlace } from '../memory/memory.ts';
import { type Notice, noticeStatuses } from '../notice/notice.ts';
import type { PacePorts } from './pace.ts';

const stormFormat = 1;

/** What is told of a notice together with others. */
const stormMember = z.object({
  format: z.literal(stormFormat),
  notice: z.string(),
  sequence: z.int().nonnegative(),
  monitor: z.string(),
  target: z.string(),
  environment: z.string(),
  severity: z.enum(severities),
  status: z.enum(noticeStatuses),
  subject: z.string(),
  at: z.iso.datetime(),
  /** Keys. */
  evidence: z.array(z.string()),
});
export type StormMember = z.output<typeof stormMember>;

/** After so long a notice no longer waits for somebody to lead. */
const patienceMs = 10 * 60_000;
/** A lifecycle rule deletes objects after a day: being gone proves nothing then. */
const proofMs = 12 * 3_600_000;
/** One leader in so long. */
const leaderMs = 15_000;
/** Read for one turn of leading. */
const mostMembers = 1_000;
const atOnce = 25;

const keyOf = (topic: NoticeTopic, notice: string) => `storm/${topic}/${notice}.json`;

export async function register(
  { objects, bucket }: MemoryPlace,
  topic: NoticeTopic,
  subject: string,
  notice: Notice,
): Promise<void> {
  const { id, sequence, monitor, target, environment, severity, status, at, entries, report } = notice;
  const evidence = [
    ...entries.flatMap((entry) => entry.evidence ?? []),
    ...(report?.evidence ? [report.evidence] : []),
  ];
  const about = { sequence, monitor, target, environment, severity, status, subject, at, evidence };
  const member: StormMember = { format: stormFormat, notice: id, ...about };
  await objects.put(bucket, keyOf(topic, id), JSON.stringify(member), { contentType: 'application/json' });
}

/** Of a notice that was registered: told, still waiting, or to be published by itself. */
export async function stormStanding(
  { objects, bucket }: MemoryPlace,
  topic: NoticeTopic,
  { notice, since, now }: { notice: string; since: string; now: Date },
): Promise<'told' | 'waiting' | 'alone'> {
  const waitedMs = now.getTime() - Date.parse(since);
  if (waitedMs >= proofMs) return 'alone';
  if ((await objects.get(bucket, keyOf(topic, notice))) === undefined) return 'told';
  return waitedMs >= patienceMs ? 'alone' : 'waiting';
}

export async function unregister({ objects, bucket }: MemoryPlace, topic: NoticeTopic, notice: string): Promise<void> {
  await objects.delete(bucket, keyOf(topic, notice));
}

/** @returns whether this one leads the topic's storm for the next seconds */
export async function becomesLeader({ clock, place }: PacePorts, topic: NoticeTopic): Promise<boolean> {
  return createOnce(place, leaderKey(topic, clock.now()), '"leads"');
}

function leaderKey(topic: NoticeTopic, time: Date): string {
  return `storm/leaders/${topic}-${Math.floor(time.getTime() / leaderMs)}`;
}

/** Whether somebody leads, or did a moment ago: who comes now is told with the others instead of waiting for a slot. */
export async function isStorm({ clock, place }: PacePorts, topic: NoticeTopic): Promise<boolean> {
  const { objects, bucket } = place;
  const now = clock.now();
  const times = [now, new Date(now.getTime() - leaderMs)];
  const leaders = await Promise.all(times.map((time) => objects.get(bucket, leaderKey(topic, time))));
  return leaders.some((one) => one !== undefined);
}

/** Everything registered, in order of the keys; what is not readable is said and left. */
export async function registered({ telemetry, place }: PacePorts, topic: NoticeTopic): Promise<StormMember[]> {
  const { objects, bucket } = place;
  const keys: string[] = [];
  for await (const { key } of objects.list(bucket, { prefix: `storm/${topic}/` })) {
    keys.push(key);
    if (keys.length === mostMembers) break;
  }
  const members = await inBatches(keys, async (key) => {
    const found = await objects.get(bucket, key);
    if (!found) return undefined;
    try {
      return stormMember.parse(JSON.parse(new TextDecoder().decode(found.body)));
    } catch (error) {
      telemetry.warn('what is registered to be told with others cannot be read', { key, ...failureFields(error) });
      return undefined;
    }
  });
  return members.filter((one) => one !== undefined);
}

export async function unregisterAll(
  place: MemoryPlace,
  topic: NoticeTopic,
  members: readonly StormMember[],
): Promise<void> {
  await inBatches(members, ({ notice }) => unregister(place, topic, notice));
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  }
  return results;
}
