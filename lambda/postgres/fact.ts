// A fact: one catalog object with its identity and normalised attributes. Knows nothing of any kind of object.
// Two databases built by the same migrations give equal facts: no OIDs, no physical positions, nothing that
// statistics, maintenance or use can change.
import { byCodeUnit, type JsonObject } from '../json.ts';

export interface Fact {
  /** PostgreSQL's word for the object: `table`, `materialized view`. See kinds.ts. */
  kind: string;
  /** Qualified name, its parts quoted as `quote_ident` does: `public.users.email`, `public.f(integer, text)`. */
  id: string;
  /** Key of the fact this one is a part of: without it, this one cannot exist. */
  parent?: string;
  /** Keys of further facts without which this one cannot exist (the columns of an index). Never compared. */
  needs?: string[];
  /** What can differ. An attribute that does not apply, or that nobody set, is left out. */
  attributes: JsonObject;
}

/** Identifies a fact within one database: `column public.users.email`. */
export type FactKey = string;

export function factKey(fact: Pick<Fact, 'kind' | 'id'>): FactKey {
  return `${fact.kind} ${fact.id}`;
}

/** The one order in which facts are stored and compared: by key, by code unit. */
export function compareFacts(left: Fact, right: Fact): number {
  return left.kind === right.kind ? byCodeUnit(left.id, right.id) : byCodeUnit(factKey(left), factKey(right));
}

export function sortFacts(facts: readonly Fact[]): Fact[] {
  return [...facts].sort(compareFacts);
}
