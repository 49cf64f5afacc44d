// Publishes the notices this run has claimed, all topics at the same time, and takes them out of the outbox with a
// conditional write. Dying anywhere repeats a notice with the same id at worst. A notice that cannot be published to a
// topic stays for that topic, and holds nothing up on the others.
import type { NoticeTopic, NoticeTopicArns } from '../../config/topics.ts';
import { EdgeError, failureFields } from '../../errors.ts';
import type { TopicMessage, WriteCondition } from '../../platform/ports.ts';
import { type MemoryPlace, recall, remember } from '../memory/memory.ts';
import type { TargetState } from '../memory/state.ts';
import type { Place } from '../notice/body.ts';
import type { Notice } from '../notice/notice.ts';
import { withRetries } from '../retry.ts';
import { lead } from './lead.ts';
import { claim, claimedBy, parcelKey, type Sending, type Sendings, settleOutbox } from './outbox.ts';
import { type PublishPorts, publishAll } from './publish.ts';

export interface DeliveryInput {
  ports: PublishPorts;
  topics: NoticeTopicArns;
  messages: (topic: NoticeTopic, notice: Notice) => TopicMessage[];
  place: Place;
  run: string;
  /** As it was written last, with this run's claims in it, and the condition for the next write. */
  state: TargetState;
  condition: WriteCondition;
  deadline: Date;
}

export interface Delivered {
  /** Ids of notices that one topic at least has taken. */
  published: string[];
  /** Tried and not published; they stay in the outbox. */
  failed: { notice: string; topic: NoticeTopic; message: string; permanent: boolean }[];
  /** Not tried, or without a slot: they go out with others, or with a later run. */
  waiting: { notice: string; topic: NoticeTopic }[];
  /** Given up, and kept under `key`. */
  undeliverable: { notice: string; topic: NoticeTopic; message: string; key: string }[];
}

/** Many: of runs that write at the same time one succeeds in every round. */
const writing = { attempts: 15, firstDelayMs: 100 } as const;

export async function deliver(input: DeliveryInput): Promise<Delivered> {
  const { run } = input;
  let { state, condition } = input;
  const sendings = new Map<string, Sending>();
  const tried: Tried[] = [];
  for (let mine = claimedBy(state, run); mine.length > 0; mine = claimedBy(state, run)) {
    tried.push(...mine.map(({ notice, delivery }) => ({ notice: notice.id, topic: delivery.topic })));
    const byTopic = [...Map.groupBy(mine, ({ delivery }) => delivery.topic)];
    const done = await Promise.all(
      byTopic.map(([topic, parcels]) => {
        const messages = (notice: Notice) => input.messages(topic, notice);
        return publishAll(parcels, { ...input, topic, arn: input.topics[topic], messages });
      }),
    );
    for (const [key, sending] of done.flatMap((one) => [...one])) sendings.set(key, sending);
    ({ state, condition } = await writeOutbox({ ...input, state, condition }, sendings));
  }
  const told = await leadStorms(input, tried, sendings);
  if (told.length > 0) {
    for (const key of told) sendings.set(key, { kind: 'published' });
    await writeOutbox({ ...input, state, condition }, sendings, { claiming: false });
  }
  return report(tried, sendings);
}

type Tried = { notice: string; topic: NoticeTopic };

/** Where notices of this run wait to be told with others, this run may be the one that tells them. @returns parcelKey()s */
async function leadStorms(input: DeliveryInput, tried: readonly Tried[], sendings: Sendings): Promise<string[]> {
  const isWaiting = ({ topic, notice }: Tried) => {
    const sending = sendings.get(parcelKey(topic, notice));
    return sending?.kind === 'waiting' && sending.collapsingSince !== undefined;
  };
  const { ports, place, deadline } = input;
  const leads = (['alerts', 'chat'] as const).map(async (topic) => {
    const arn = input.topics[topic];
    if (arn === undefined || !tried.some((one) => one.topic === topic && isWaiting(one))) return [];
    const told = new Set(await lead({ ports, topic, arn, place, deadline }));
    return tried.flatMap((one) => (one.topic === topic && told.has(one.notice) ? [parcelKey(topic, one.notice)] : []));
  });
  return (await Promise.all(leads)).flat();
}

function report(tried: readonly Tried[], sendings: Sendings): Delivered {
  const results = tried.map((one) => ({ ...one, sending: sendings.get(parcelKey(one.topic, one.notice)) }));
  return {
    published: [...new Set(results.flatMap(({ notice, sending }) => (sending?.kind === 'published' ? [notice] : [])))],
    failed: results.flatMap(({ notice, topic, sending }) => {
      if (sending?.kind !== 'failed') return [];
      return [{ notice, topic, message: sending.message, permanent: sending.permanent }];
    }),
    waiting: results.flatMap(({ notice, topic, sending }) => (sending?.kind === 'waiting' ? [{ notice, topic }] : [])),
    undeliverable: results.flatMap(({ notice, topic, sending }) => {
      if (sending?.kind !== 'given-up' || sending.key === undefined) return [];
      return [{ notice, topic, message: sending.message ?? '', key: sending.key }];
    }),
  };
}

/**
 * Takes the published notices out of the outbox as it is now, and claims what other runs left for this one meanwhile.
 * When it cannot be written, the notices are published again by the next run: said in the log, and no more than that.
 */
async function writeOutbox(
  { ports, run, state, condition, deadline }: DeliveryInput,
  sendings: Sendings,
  { claiming }: { claiming: boolean } = { claiming: true },
): Promise<Pick<DeliveryInput, 'state' | 'condition'>> {
  const { place, clock, random, telemetry } = ports;
  const settled = (current: TargetState) => {
    const rest = settleOutbox(current, run, sendings, clock.now());
    return claiming ? claim(rest, run, clock.now(), sendings) : rest;
  };
  try {
    return await withRetries({ clock, random, deadline, ...writing }, async (attempt) => {
      const newest = attempt === 1 ? { state, condition } : await current(place, state);
      return remember(place, settled(newest.state), newest.condition);
    });
  } catch (error) {
    telemetry.error('the outbox could not be written: what was published will be published again, with the same ids', {
      target: state.target,
      notices: [...sendings.keys()],
      ...failureFields(error),
    });
    return { state: settleOutbox(state, run, sendings, clock.now()), condition };
  }
}

async function current(place: MemoryPlace, known: TargetState): Promise<Pick<DeliveryInput, 'state' | 'condition'>> {
  const found = await recall(place, known.target);
  switch (found.kind) {
    case 'state':
      return { state: found.state, condition: found.condition };
    case 'nothing':
      // Somebody deleted it: what this run knows is better than nothing.
      return { state: known, condition: found.condition };
    case 'corrupt':
      throw new EdgeError('invalid', `the state of ${known.target} became unreadable: ${found.problem}`, {
        remedy: 'The next run keeps it aside and begins afresh.',
      });
  }
}
