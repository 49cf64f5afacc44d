// States of older formats, brought to the newest one step by step: what an update of Driftwatch finds in the bucket.
// Pure; knows shapes only loosely, since whoever reads the result checks it as a whole.
import * as z from 'zod';

/** By format, what makes the next one of it. */
const steps: Readonly<Record<number, (state: Record<string, unknown>) => unknown>> = {
  1: withTurnsAndSilences,
};

/** @returns the value in the newest format, or as it is when no step knows its format */
export function migrated(value: unknown, format: number): unknown {
  const state = anyObject.safeParse(value).data;
  const step = steps[format];
  return state && step ? migrated(step(state), format + 1) : value;
}

const anyObject = z.record(z.string(), z.unknown());
const tracked = z.looseObject({ failing: z.looseObject({}), unverified: z.looseObject({}) });
const shape = z.looseObject({
  checks: z.record(z.string(), tracked),
  cutOff: z.looseObject({}),
  outbox: z.array(z.looseObject({ notice: z.unknown() })),
});

/** Format 2 counts how often an incident turns, keeps silences, and has an outbox for more topics than one. */
function withTurnsAndSilences(state: Record<string, unknown>): unknown {
  const known = shape.safeParse(state).data;
  // What is wrong with it otherwise is for the newest shape to say.
  if (!known) return { ...state, format: 2 };
  const turning = <Track extends object>(track: Track) => ({ ...track, turns: [] });
  const checks = Object.entries(known.checks).map(([id, record]) => [
    id,
    { ...record, failing: turning(record.failing), unverified: turning(record.unverified) },
  ]);
  const outbox = known.outbox.map(({ notice, ...delivery }) => ({ notice, left: [{ topic: 'alerts', ...delivery }] }));
  return {
    ...known,
    format: 2,
    checks: Object.fromEntries(checks),
    cutOff: turning(known.cutOff),
    silences: [],
    outbox,
  };
}
