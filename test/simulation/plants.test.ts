// The simulation would notice: a world that breaks one promise is put between the pipeline and the outside, and the
// invariant that speaks of it has to say so, for one of a few lives at least.
import { expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { ObjectStore, Topic, TopicMessage } from '../../lambda/platform/ports.ts';
import { violations } from './invariants.ts';
import { honest, live, type World } from './life.ts';
import { planOf } from './plan.ts';

const passed = '"verdict":"passed","wrong":[]';
const blamed = '"verdict":"failed","wrong":["schema"]';

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
  'a message that tells of many notices leaves one out': {
    world: {
      topic: (topic) => ({
        ...topic,
        publish: (arn, message, signal) => topic.publish(arn, withoutLast(message), signal),
      }),
    },
    noticed: /^what was decided arrives: .* never arrived/,
  },
  'the topic loses the reports of watches': {
    world: { topic: (topic) => losing(topic, ({ attributes }) => attributes.status === 'report') },
    noticed: /^a watch that was begun ends with one report, which arrives: .* has not arrived/,
  },
  'the store forgets what ends a watch': {
    world: { objects: (store) => changing(store, (body) => (body.includes('"status":"report"') ? undefined : body)) },
    noticed: /^a watch that was begun ends with one report, which arrives: .* has 0 reports/,
  },
  'the store forgets that a watch is over': {
    world: { objects: (store) => changing(store, (body) => (body.includes('"over":true') ? undefined : body)) },
    noticed: /^the record of a watch is closed in the end: at \d+ that of .* is open/,
  },
  'a watch that failed is said to have passed': {
    world: {
      objects: (store) => changing(store, (body) => body.replaceAll('"verdict":"failed"', '"verdict":"passed"')),
    },
    noticed: /^a watch passes only what was seen to be well: .* failed all the time/,
  },
  'a watch that saw too little is said to have passed': {
    world: { objects: (store) => changing(store, (body) => body.replaceAll('"inconclusive"', '"passed"')) },
    noticed: /^a watch passes only what was seen to be well: .* without a look/,
  },
  'a watch that passed is said to have failed': {
    world: { objects: (store) => changing(store, (body) => body.replaceAll(passed, blamed)) },
    noticed: /^a watch fails only what was seen to fail: .* blames schema/,
  },
  'a report is of another deployment': {
    world: {
      objects: (store) => changing(store, (body) => body.replaceAll(/"version":"1\.(\d)\.0"/g, '"version":"2.$1.0"')),
    },
    noticed: /^no report is of a watch that nobody asked for/,
  },
  'the topic loses digests': {
    world: { topic: (topic) => losing(topic, ({ attributes }) => attributes.status === 'digest') },
    noticed: /^a digest arrives: that of \d+ never arrived/,
  },
  'the store forgets the digest that it kept': {
    world: { objects: (store) => changing(store, (body) => (body.startsWith('{"id":"digest-') ? undefined : body)) },
    noticed: /^a digest says the same however often it is sent/,
  },
  'the store forgets that a digest was sent': {
    world: { objects: (store) => changing(store, (body) => (body === '"sent"' ? undefined : body)) },
    noticed: /^a digest that is done with is not sent again/,
  },
};

test.each(Object.entries(lies))('%s: noticed', async (_, { world, noticed }) => {
  const said: string[] = [];
  for (let seed = 0; seed < 40 && !said.some((one) => noticed.test(one)); seed += 1) {
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

/** Takes some messages and loses them. */
function losing(topic: Topic, isLost: (message: TopicMessage) => boolean): Topic {
  return {
    ...topic,
    publish: async (arn, message, signal) =>
      isLost(message) ? { messageId: 'lost' } : topic.publish(arn, message, signal),
  };
}

/** Of notices that are told together all but the last. */
function withoutLast(message: TopicMessage): TopicMessage {
  if (!String(message.attributes.notice).startsWith('storm-')) return message;
  const last = message.body.match(/pap-api-\d+-[0-9a-f]+/g)?.at(-1) ?? '';
  return { ...message, body: message.body.replaceAll(last, 'another') };
}

/** Stores something else than it was given, or, where that is nothing, forgets what it confirmed. */
function changing(store: ObjectStore, changed: (body: string) => string | undefined): ObjectStore {
  return {
    ...store,
    async put(bucket, key, body, options) {
      const kept = changed(String(body));
      return kept === undefined ? { etag: '"0"' } : store.put(bucket, key, kept, options);
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
