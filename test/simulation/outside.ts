// The outside as one run meets it: calls that are slow, fail before or after they had their effect, messages that arrive
// twice, and a process that is gone from a chosen call on. Everything is drawn from the run's own seed.
import { EdgeError } from '../../lambda/errors.ts';
import type { Clock, ObjectStore, Topic } from '../../lambda/platform/ports.ts';
import { mortal, slowly, unreliably } from '../monitor/simulated.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { Faults } from './faults.ts';

export interface Outside {
  objects: ObjectStore;
  topic: Topic;
}

export function outsideOf({ objects, topic }: Outside, clock: Clock, faults: Faults): Outside {
  const random = seededRandom(faults.seed);
  const happens = (ofHundred: number) => random.below(100) < ofHundred;
  const shaky = unreliably(() => happens(faults.failing));
  const life = mortal(faults.death?.call ?? Number.POSITIVE_INFINITY, faults.death?.when ?? 'before');
  const network = slowly(clock, () => random.below(faults.delayMs + 1));
  const doubling: Topic = {
    ...topic,
    async publish(arn, message) {
      if (faults.brokenTopic !== undefined && arn.endsWith(faults.brokenTopic)) {
        throw new EdgeError('denied', 'access denied by the simulation', { remedy: 'Allow it.' });
      }
      if (happens(faults.doubled)) await topic.publish(arn, message);
      return topic.publish(arn, message);
    },
  };
  return {
    objects: network.store(life.store(shaky.store(objects))),
    topic: network.topic(life.topic(shaky.topic(doubling))),
  };
}

/** The clock of a machine whose time is off. */
export function skewed(clock: Clock, ms: number): Clock {
  return { now: () => new Date(clock.now().getTime() + ms), sleep: (wait, signal) => clock.sleep(wait, signal) };
}
