// The simulation would notice: a world that breaks one promise is put between the pipeline and the outside, and the
// invariant that speaks of it has to say so, for one of a few lives at least.
import { expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { ObjectStore, Topic } from '../../lambda/platform/ports.ts';
import { violations } from './invariants.ts';
import { honest, live, type World } from './life.ts';
import { planOf } from './plan.ts';

/** Each lie, and what is said of it. */
const lies: Record<string, { world: Partial<World>; noticed: RegExp }> = {
  'writes are not conditional': {
    world: {
      objects: (store) => ({ ...store, put: (b, k, body, options) => store.put(b, k, body, without(options)) }),
    },
    noticed: /^the state never goes backwards: at \d+ revision/,
  },
  'the topic takes a message and loses it': {
    world: { topic: (topic) => every(7, topic, async () => ({ messageId: 'lost' })) },
    noticed: /^what was decided arrives: .* never arrived/,
  },
  'the topic never takes anything': {
    world: {
      topic: (topic) =>
        every(1, topic, async () => {
          throw new EdgeError('denied', 'no', { remedy: 'Allow it.' });
        }),
    },
    noticed: /^the outbox empties: at \d+ .* still waits/,
  },
  'the store forgets a write that it confirmed': {
    world: { objects: forgetful },
    noticed: /^what was decided arrives: .* was never stored/,
  },
};

test.each(Object.entries(lies))('%s: noticed', async (_, { world, noticed }) => {
  const said: string[] = [];
  for (let seed = 0; seed < 10; seed += 1) {
    const plan = planOf(seed);
    said.push(...violations(plan, await live(plan, { ...honest, ...world })));
  }
  expect(said).toEqual(expect.arrayContaining([expect.stringMatching(noticed)]));
});

function without({ condition: _, ...options }: Parameters<ObjectStore['put']>[3]): Parameters<ObjectStore['put']>[3] {
  return options;
}

let published = 0;

/** Every `nth` message is treated otherwise. */
function every(nth: number, topic: Topic, otherwise: Topic['publish']): Topic {
  return {
    ...topic,
    publish(arn, message, signal) {
      published += 1;
      return published % nth === 0 ? otherwise(arn, message, signal) : topic.publish(arn, message, signal);
    },
  };
}

let written = 0;

function forgetful(store: ObjectStore): ObjectStore {
  return {
    ...store,
    put(bucket, key, body, options) {
      written += 1;
      return written % 9 === 0 ? Promise.resolve({ etag: '"0"' }) : store.put(bucket, key, body, options);
    },
  };
}
