// What a comparison says: one entry for each thing that differs, in a deterministic order. Pure values.
import type { JsonValue } from '../json.ts';
import { type FactKey, factKey } from './fact.ts';

/** `missing`: the model has it, production does not. `unexpected`: the other way round. */
export type DriftVerb = 'missing' | 'unexpected' | 'changed';

export type DriftEntry = {
  /** PostgreSQL's word for the object: `column`. See kinds.ts. */
  kind: string;
  /** The object's qualified, quoted name: `public.users.email`. */
  subject: string;
  /** Key of the fact it is a part of: `table public.users`. */
  parent?: FactKey;
  verb: DriftVerb;
  /** For `changed`: which attribute; `parent` when the object belongs to something else. */
  attribute?: string;
  /** The model's value; for a missing object all its attributes; `null` where the model has none. */
  expected: JsonValue;
  /** Production's value; for an unexpected object all its attributes; `null` where production has none. */
  actual: JsonValue;
  /** Keys of the objects that are missing or unexpected because this one is; they have no entries of their own. */
  swallowed?: FactKey[];
  /** Production schemas that differ in this same way, sorted; `subject` then names the object in the model's schema. */
  tenants?: string[];
};

/** An object that could not be compared, with everything that is a part of it: never drift, never verified. */
export type NotVerified = {
  kind: string;
  subject: string;
  /** One clause: "another session holds or awaits an ACCESS EXCLUSIVE lock on it". */
  reason: string;
};

export interface Comparison {
  drift: DriftEntry[];
  notVerified: NotVerified[];
  /** How many objects were compared and found equal. */
  equal: number;
}

/** Key of the object that an entry is about. */
export function keyOf({ kind, subject }: Pick<DriftEntry, 'kind' | 'subject'>): FactKey {
  return factKey({ kind, id: subject });
}
