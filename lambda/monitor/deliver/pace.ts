// At most five publishes a second to a topic, whoever publishes: SNS disables an e-mail subscription that gets more than
// ten (https://docs.aws.amazon.com/general/latest/gr/sns.html). A slot is an object that only one can create, so no object
// is written by everybody; a slot of a coming second is taken now and waited for.
import type { NoticeTopic } from '../../config/topics.ts';
import { failureFields } from '../../errors.ts';
import type { Clock, Telemetry } from '../../platform/ports.ts';
import { createOnce, type MemoryPlace } from '../memory/memory.ts';
import { mayPass } from '../retry.ts';

export const slotsPerSecond = 5;

export interface PacePorts {
  clock: Clock;
  random: () => number;
  telemetry: Telemetry;
  place: MemoryPlace;
}

/**
 * Takes a slot and waits for its second.
 * @param isHopeless asked once, when the first second is full: whether to look no further
 * @returns false when all slots up to `until` are taken; true also when slots cannot be kept at all: to be told matters more
 */
export async function takeSlot(
  { clock, random, telemetry, place }: PacePorts,
  topic: NoticeTopic,
  until: Date,
  isHopeless: () => Promise<boolean> = async () => false,
): Promise<boolean> {
  const firstSecond = Math.floor(clock.now().getTime() / 1_000);
  const secondNow = () => Math.floor(clock.now().getTime() / 1_000);
  for (let second = secondNow(); second * 1_000 < until.getTime(); second = Math.max(second + 1, secondNow())) {
    const first = Math.floor(random() * slotsPerSecond);
    for (let step = 0; step < slotsPerSecond && clock.now() < until; step += 1) {
      const key = `pace/${topic}/${second}-${(first + step) % slotsPerSecond}`;
      const taken = await createOnce(place, key, '"taken"').catch((error: unknown) => {
        if (mayPass(error)) return false;
        telemetry.warn('notices are published without keeping their pace', { topic, ...failureFields(error) });
        return true;
      });
      if (!taken) continue;
      await clock.sleep(Math.max(0, second * 1_000 - clock.now().getTime()));
      return true;
    }
    if (second === firstSecond && (await isHopeless())) return false;
  }
  return false;
}
