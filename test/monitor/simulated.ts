// An outside in this process, for what real services cannot show: a clock that jumps to the next timer as soon as
// nothing else can happen, and a store, a topic and a process that fail or die at a chosen call. The store keeps S3's
// conditions; that it does is held by the same contract as the real ones (test/platform/object-store.test.ts).
import { setImmediate } from 'node:timers/promises';
import { EdgeError } from '../../lambda/errors.ts';
import type { Clock, ObjectStore, Telemetry, Topic, TopicMessage } from '../../lambda/platform/ports.ts';

export interface SimulatedClock extends Clock {
  /** Lets the work go on, jumping over every wait, until it is done. */
  drive<T>(work: Promise<T>): Promise<T>;
  /** Jumps ahead; earlier timers fire. */
  pass(ms: number): void;
}

interface Timer {
  at: number;
  wake: () => void;
}

export function simulatedClock(start: string): SimulatedClock {
  let now = Date.parse(start);
  let timers: Timer[] = [];
  const jumpTo = (time: number) => {
    now = Math.max(now, time);
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
  };
  return {
    now: () => new Date(now),
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer = { at: now + ms, wake: () => resolve() };
        timers.push(timer);
        signal?.addEventListener('abort', () => {
          timers = timers.filter((other) => other !== timer);
          reject(signal.reason);
        });
      });
    },
    async drive(work) {
      let done = false;
      const end = () => {
        done = true;
      };
      work.then(end, end);
      for (;;) {
        // Two turns: whatever can go on without time passing has gone on.
        await setImmediate();
        await setImmediate();
        if (done) return work;
        const next = Math.min(...timers.map(({ at }) => at));
        if (!Number.isFinite(next)) throw new Error('the work waits for something that is not the clock');
        jumpTo(next);
      }
    },
    pass(ms) {
      jumpTo(now + ms);
    },
  };
}

export interface MemoryStore extends ObjectStore {
  /** Text of an object, or `undefined`. */
  read(key: string): string | undefined;
  keys(): string[];
  write(key: string, body: string): void;
  remove(key: string): void;
}

/** One bucket, whatever it is called. */
export function memoryStore(clock: Clock): MemoryStore {
  const objects = new Map<string, { body: Uint8Array; etag: string; lastModified: Date }>();
  let versions = 0;
  const store = (key: string, body: string | Uint8Array) => {
    versions += 1;
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    objects.set(key, { body: bytes, etag: `"${versions}"`, lastModified: clock.now() });
    return { etag: `"${versions}"` };
  };
  return {
    async *list(_, { prefix }) {
      for (const [key, { body, etag, lastModified }] of [...objects].sort(([left], [right]) =>
        left < right ? -1 : 1,
      )) {
        if (key.startsWith(prefix)) yield { key, sizeBytes: body.length, lastModified, etag };
      }
    },
    async get(_, key) {
      return objects.get(key);
    },
    async put(_, key, body, { condition }) {
      const found = objects.get(key);
      const holds = !condition || ('create' in condition ? !found : found?.etag === condition.etag);
      if (!holds) throw new EdgeError('conflict', `${key} has changed`, { remedy: 'Read it again.' });
      return store(key, body);
    },
    async delete(_, key) {
      objects.delete(key);
    },
    read: (key) => {
      const found = objects.get(key);
      return found && new TextDecoder().decode(found.body);
    },
    keys: () => [...objects.keys()].sort(),
    write: (key, body) => void store(key, body),
    remove: (key) => void objects.delete(key),
  };
}

export interface RecordingTopic extends Topic {
  /** Every message that arrived, in order; one that arrived twice is there twice. */
  arrived: TopicMessage[];
}

export function recordingTopic(): RecordingTopic {
  const arrived: TopicMessage[] = [];
  return {
    arrived,
    async publish(_, message) {
      arrived.push(message);
      return { messageId: `message-${arrived.length}` };
    },
    subscriptions: async () => ({ confirmed: 1, pending: 0 }),
  };
}

export interface RecordingTelemetry extends Telemetry {
  lines: { level: 'info' | 'warn' | 'error'; message: string; fields: Record<string, unknown> }[];
  metrics: { name: string; value: number; unit: string; dimensions: Record<string, string> }[];
}

export function recordingTelemetry(): RecordingTelemetry {
  const lines: RecordingTelemetry['lines'] = [];
  const metrics: RecordingTelemetry['metrics'] = [];
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields });
  return {
    lines,
    metrics,
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    metric: (name, value, unit, dimensions = {}) => void metrics.push({ name, value, unit, dimensions }),
  };
}

/** The process is gone: nothing it would have done from here on happens. */
export class Died extends Error {
  override readonly name = 'Died';
}

export interface Mortal {
  /** How many calls were made. */
  calls: number;
  store<Store extends ObjectStore>(store: Store): Store;
  topic<Port extends Topic>(topic: Port): Port;
}

/** A process that dies before or after the effect of its `nth` call to the outside (from 1), or never. */
export function mortal(nth: number, when: 'before' | 'after'): Mortal {
  const life = {
    calls: 0,
    async call<T>(effect: () => Promise<T>): Promise<T> {
      life.calls += 1;
      if (life.calls > nth || (life.calls === nth && when === 'before')) throw new Died();
      const result = await effect();
      if (life.calls >= nth) throw new Died();
      return result;
    },
  };
  return {
    get calls() {
      return life.calls;
    },
    store: (store) => ({
      ...store,
      get: (bucket, key, options) => life.call(() => store.get(bucket, key, options)),
      put: (bucket, key, body, options) => life.call(() => store.put(bucket, key, body, options)),
      delete: (bucket, key, options) => life.call(() => store.delete(bucket, key, options)),
    }),
    topic: (topic) => ({ ...topic, publish: (arn, message) => life.call(() => topic.publish(arn, message)) }),
  };
}

/** The same store and topic behind a network on which every call takes a while, out and back. */
export function slowly(clock: Clock, delayMs: () => number) {
  const slow = async <T>(effect: () => Promise<T>): Promise<T> => {
    await clock.sleep(delayMs());
    const result = await effect();
    await clock.sleep(delayMs());
    return result;
  };
  return {
    store: <Store extends ObjectStore>(store: Store): Store => ({
      ...store,
      get: (bucket, key, options) => slow(() => store.get(bucket, key, options)),
      put: (bucket, key, body, options) => slow(() => store.put(bucket, key, body, options)),
      delete: (bucket, key, options) => slow(() => store.delete(bucket, key, options)),
    }),
    topic: <Port extends Topic>(topic: Port): Port => ({
      ...topic,
      publish: (arn, message) => slow(() => topic.publish(arn, message)),
    }),
  };
}

/** The same store and topic where calls fail now and then, before they had their effect or after it. */
export function unreliably(fails: () => boolean) {
  const shaky = async <T>(effect: () => Promise<T>): Promise<T> => {
    if (fails()) throw new EdgeError('unavailable', '503 from the simulation', { remedy: 'Try again.' });
    const result = await effect();
    if (fails()) throw new EdgeError('timeout', 'no answer from the simulation', { remedy: 'Try again.' });
    return result;
  };
  return {
    store: <Store extends ObjectStore>(store: Store): Store => ({
      ...store,
      get: (bucket, key, options) => shaky(() => store.get(bucket, key, options)),
      put: (bucket, key, body, options) => shaky(() => store.put(bucket, key, body, options)),
      delete: (bucket, key, options) => shaky(() => store.delete(bucket, key, options)),
    }),
    topic: <Port extends Topic>(topic: Port): Port => ({
      ...topic,
      publish: (arn, message) => shaky(() => topic.publish(arn, message)),
    }),
  };
}
