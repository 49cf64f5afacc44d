// What must hold of every digest in a life: each topic gets it, under one id and in the same words, and not again once its
// message is done with.
import { wantedTopics } from '../../lambda/config/topics.ts';
import type { Invariant } from './invariants.ts';
import { digestIdOf, runMs } from './life.ts';

export const digestInvariants: Record<string, Invariant> = {
  'a digest arrives': ({ digests, settledAt }, { digestArrivals }) =>
    digests
      .filter(({ faults }) => faults === undefined)
      .flatMap(({ at, due, settings }) => {
        const by = settledAt.find((settled) => settled.at >= at)?.at ?? at;
        const arrived = digestArrivals.filter((one) => one.id === digestIdOf(due) && one.at <= by);
        return wantedTopics(settings.alerts)
          .filter((topic) => !arrived.some((one) => one.topic === topic))
          .map((topic) => `that of ${due} never arrived on ${topic}`);
      }),

  'a digest says the same however often it is sent': (_, { digestArrivals }) =>
    [...Map.groupBy(digestArrivals, ({ topic, id }) => `${id} on ${topic}`)].flatMap(([which, copies]) =>
      new Set(copies.map(({ body }) => body)).size > 1 ? [`${which} came in two versions`] : [],
    ),

  'a digest that is done with is not sent again': (_, { digestArrivals, digestsDone }) =>
    digestsDone.flatMap(({ at, due, topics }) =>
      digestArrivals
        // Another delivery may have been under way.
        .filter((one) => one.id === digestIdOf(due) && topics.includes(one.topic) && one.at > at + 2 * runMs)
        .map((one) => `that of ${due} was done with at ${at} and came to ${one.topic} at ${one.at}`),
    ),
};
