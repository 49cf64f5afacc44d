// Checks whose results a test sets: evidence is the verdict itself. Everything around them is the product's own.
import type { JsonValue } from '../../lambda/json.ts';
import type { Check, Judgement } from '../../lambda/monitor/check.ts';
import type { Finding } from '../../lambda/monitor/finding.ts';
import type { Monitor } from '../../lambda/monitor/pipeline.ts';
import { createRedactor } from '../../lambda/monitor/redact.ts';
import type { Registry } from '../../lambda/monitor/run.ts';
import type { Clock, ObjectStore, Telemetry, Topic } from '../../lambda/platform/ports.ts';
import { alerts, finding } from './builders.ts';

/** What the next runs find, by check id; a function is called as collect. */
export type World = Record<string, Judgement | (() => Promise<Judgement>)>;

export const passing = (summary = 'all right'): Judgement => ({ status: 'pass', summary, measures: [] });

export const failing = (...findings: Finding[]): Judgement => {
  const [first = finding(), ...others] = findings;
  return { status: 'fail', summary: `${findings.length || 1} findings`, measures: [], findings: [first, ...others] };
};

export const blind = (reason = 'access denied'): Judgement => ({
  status: 'unknown',
  summary: `could not be verified: ${reason}`,
  measures: [],
  reason,
  remedy: 'Grant it.',
});

export function scriptedCheck(world: World, more: Partial<Check<unknown, JsonValue>> = {}): Check<unknown, JsonValue> {
  return {
    settings: undefined as never,
    needsDatabase: () => false,
    defaults: { every: '5m', timeout: '30s', failAfter: 1, passAfter: 1 },
    async collect({ check }) {
      const scripted = world[check] ?? passing();
      return (typeof scripted === 'function' ? await scripted() : scripted) as unknown as JsonValue;
    },
    judge: (evidence) => evidence as unknown as Judgement,
    ...more,
  };
}

export function scriptedRegistry(world: World): Registry {
  return {
    schema: scriptedCheck(world, { needsDatabase: () => true }),
    database: scriptedCheck(world),
    backup: scriptedCheck(world),
    probe: scriptedCheck(world),
  };
}

const unused = () => Promise.reject(new Error('no scripted check uses this'));

export interface MonitorParts {
  world: World;
  clock: Clock;
  objects: ObjectStore;
  topic: Topic;
  telemetry: Telemetry;
  random?: () => number;
}

export const bucket = 'driftwatch';
const topicArn = (name: string) => `arn:aws:sns:eu-central-1:123456789012:${name}`;

export function monitorOf({ world, clock, objects, topic, telemetry, random = () => 0.5 }: MonitorParts): Monitor {
  return {
    name: 'control-core',
    alerts,
    registry: scriptedRegistry(world),
    bucket,
    topics: { alerts: topicArn('alerts') },
    ports: { clock, objects, secrets: { read: unused }, databases: { connect: unused }, http: { request: unused } },
    topic,
    telemetry,
    redactor: createRedactor(),
    random,
  };
}
