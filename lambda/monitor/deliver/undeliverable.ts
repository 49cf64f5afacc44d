// The place of notices that a topic will never take: `undeliverable/<target>/<notice id>-<topic>.json`, whole and with
// what the topic said. Nothing leaves the outbox for it before it is stored there, and it is never done in silence.
import type { NoticeTopic } from '../../config/topics.ts';
import type { MemoryPlace } from '../memory/memory.ts';
import type { OutboxEntry } from '../memory/state.ts';
import type { Sending } from './outbox.ts';

const undeliverableFormat = 1;

/** A topic that took nothing for so long, over so many runs, is not waited for any longer: the state has to stay small. */
const patience = { ms: 86_400_000, failures: 10 } as const;

type Failed = Sending & { kind: 'failed' };
type Failing = Pick<OutboxEntry['left'][number], 'failures' | 'failingSince'>;

/** What the topic refused because of what it says: the same would be refused again, and the next notice may not be. */
export function isAboutOneMessage({ reason }: Failed): boolean {
  return reason === 'refused' || reason === 'unexpected';
}

export function isHopeless(failed: Failed, { failures, failingSince }: Failing, now: Date): boolean {
  if (isAboutOneMessage(failed)) return true;
  const sinceMs = failingSince === undefined ? 0 : now.getTime() - Date.parse(failingSince);
  return failures + 1 >= patience.failures && sinceMs >= patience.ms;
}

/** @returns the key; rejects when it could not be stored */
export async function keepUndeliverable(
  { objects, bucket }: MemoryPlace,
  topic: NoticeTopic,
  { notice, failed, failing, now }: { notice: OutboxEntry['notice']; failed: Failed; failing: Failing; now: Date },
): Promise<string> {
  const key = `undeliverable/${notice.target}/${notice.id}-${topic}.json`;
  const { reason, message } = failed;
  const { failingSince = now.toISOString(), failures } = failing;
  const document = {
    format: undeliverableFormat,
    topic,
    givenUpAt: now.toISOString(),
    failingSince,
    failures: failures + 1,
    reason,
    message,
    notice,
  };
  await objects.put(bucket, key, JSON.stringify(document), { contentType: 'application/json' });
  return key;
}
