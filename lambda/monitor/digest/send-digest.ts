// Sends the digest of a period once: reads what is remembered of every target, keeps the digest in the bucket, publishes it
// on every topic. A topic that has it is marked in the bucket, so that a message of the queue that is delivered again goes
// on where the one before it failed; dying between the two repeats it with the same id.
import type { MonitorSettings } from '../../config/settings.ts';
import type { NoticeTopic, NoticeTopicArns } from '../../config/topics.ts';
import { EdgeError, failureFields } from '../../errors.ts';
import { takeSlot } from '../deliver/pace.ts';
import { publishPaced } from '../deliver/publish-paced.ts';
import { createOnce, type MemoryPlace, recall } from '../memory/memory.ts';
import { messagesFor } from '../notice/messages.ts';
import type { Notice } from '../notice/notice.ts';
import type { Monitor } from '../pipeline.ts';
import { type Digest, digest, digestOf, type Remembered } from './digest.ts';
import { digestReport } from './digest-text.ts';

/** How long a message waits for a second of its own; after that the queue delivers again. */
const slotMs = 60_000;
/** States that are read at the same time. */
const readsAtOnce = 10;

export interface DigestRequest {
  targets: MonitorSettings['targets'];
  periodMs: number;
  /** For when it was due. */
  at: Date;
  deadline: Date;
}

/** @returns the topics that it went to now; rejects when one of them did not take it */
export async function sendDigest(monitor: Monitor, request: DigestRequest): Promise<NoticeTopic[]> {
  const { ports, bucket, name, topics, topic, telemetry, random } = monitor;
  const place = { objects: ports.objects, bucket };
  const { clock } = ports;
  const { deadline } = request;
  const made = digestOf(name, await rememberedOf(request.targets, place, monitor), request.periodMs, request.at);
  const notice = noticeOf(await kept(place, made), monitor);
  const sent: NoticeTopic[] = [];
  for (const [role, arn] of Object.entries(topics) as [keyof NoticeTopicArns, string][]) {
    const mark = `digests/${made.id}-${role}.sent`;
    if (await place.objects.get(bucket, mark)) continue;
    for (const message of messagesFor(role, notice, { bucket })) {
      const until = new Date(Math.min(clock.now().getTime() + slotMs, deadline.getTime()));
      const slot = () => takeSlot({ clock, random, telemetry, place }, role, until);
      const published = await publishPaced({ clock, random, topic }, { topic: role, arn, message, slot, deadline });
      if (!published) throw noSlot(role);
    }
    await createOnce(place, mark, '"sent"');
    telemetry.info('digest published', { digest: made.id, topic: role });
    sent.push(role);
  }
  return sent;
}

function noSlot(role: NoticeTopic): EdgeError {
  return new EdgeError('unavailable', `the digest found no free second on the ${role} topic`, {
    remedy: 'Its message is delivered again; when that lasts, look at what else is published there.',
  });
}

async function rememberedOf(
  targets: MonitorSettings['targets'],
  place: MemoryPlace,
  { telemetry }: Monitor,
): Promise<Remembered[]> {
  const remembered: Remembered[] = [];
  for (let from = 0; from < targets.length; from += readsAtOnce) {
    const some = targets.slice(from, from + readsAtOnce).map(async (target): Promise<Remembered> => {
      try {
        const recalled = await recall(place, target.name);
        return { target, state: recalled.kind === 'state' ? recalled.state : undefined };
      } catch (error) {
        telemetry.warn('the digest cannot tell of a target', { target: target.name, ...failureFields(error) });
        return { target, state: undefined };
      }
    });
    remembered.push(...(await Promise.all(some)));
  }
  return remembered;
}

/** The digest that was kept first: what is delivered again says the same. */
async function kept(place: MemoryPlace, made: Digest): Promise<Digest> {
  const key = `digests/${made.id}.json`;
  if (await createOnce(place, key, JSON.stringify(made))) return made;
  const found = await place.objects.get(place.bucket, key);
  return found ? digest.parse(JSON.parse(new TextDecoder().decode(found.body))) : made;
}

function noticeOf(said: Digest, { name }: Monitor): Notice {
  return {
    id: said.id,
    sequence: 0,
    status: 'digest',
    severity: 'info',
    escalated: false,
    monitor: name,
    target: name,
    environment: 'all targets',
    at: said.to,
    run: said.id,
    entries: [],
    report: digestReport(said),
    heldBack: [],
    stillOpen: [],
  };
}
