// Differences that only follow from another one: a default that is gone because its function is, a check that is
// printed with other casts because its column has another type. They are told with their cause.
import { byCodeUnit } from '../../json.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { sameButCasts } from '../printed-sql.ts';
import type { Versions } from '../versions.ts';
import { also, dependencies } from './cause.ts';
import type { Change } from './changes.ts';
import { mentionsAmong, namedAmong, names } from './mentions.ts';

export interface WithoutConsequences {
  changed: Change[];
  /** What goes with an object that is missing. */
  ofMissing: ReadonlyMap<FactKey, FactKey[]>;
}

export function withoutConsequences(
  changed: readonly Change[],
  missing: readonly Fact[],
  model: readonly Fact[],
  versions: Versions,
): WithoutConsequences {
  const recast = recasts(changed, versions);
  const mentioned = mentionsAmong(missing, model);
  const ofMissing = new Map<FactKey, FactKey[]>();
  const ofChange = new Map<Change, FactKey[]>();
  const kept = changed.filter((change) => {
    const lost = lostWith(change, mentioned);
    if (lost) add(ofMissing, factKey(lost), keyOf(change));
    const source = lost ? undefined : recast(change);
    if (source) add(ofChange, source, keyOf(change));
    return !lost && !source;
  });
  return {
    ofMissing,
    changed: kept.map((change) => {
      const others = ofChange.get(change)?.filter((key) => key !== keyOf(change)) ?? [];
      const swallowed = [...new Set([...(change.entry.swallowed ?? []), ...others])].sort(byCodeUnit);
      return { ...change, entry: { ...change.entry, ...also(swallowed) } };
    }),
  };
}

function add<Cause>(causes: Map<Cause, FactKey[]>, cause: Cause, key: FactKey): void {
  const known = causes.get(cause);
  if (known) known.push(key);
  else causes.set(cause, [key]);
}

/** Finds the first change that another one follows from, among those of what it depends on or its SQL names. */
function recasts(changed: readonly Change[], versions: Versions): (change: Change) => Change | undefined {
  const sources = changed.filter(({ entry }) => attributeNote(entry.kind, entry.attribute ?? '')?.recasts);
  if (sources.length === 0) return () => undefined;
  const byKey = Map.groupBy(sources, keyOf);
  const placeOf = new Map(sources.map((source, place) => [source, place]));
  const named = namedAmong(sources.map(({ fact }) => fact));
  return (change) => {
    if (!isPrinted(change)) return undefined;
    const { fact } = change;
    const keys = new Set([factKey(fact), ...dependencies(fact), ...named(fact).map(factKey)]);
    return [...keys]
      .flatMap((key) => byKey.get(key) ?? [])
      .sort((one, other) => (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0))
      .find((source) => isRecast(change, source, versions));
  };
}

function isPrinted({ fact, entry: { attribute = '', expected, actual } }: Change): boolean {
  const isText = typeof expected === 'string' && typeof actual === 'string';
  return isText && attributeNote(fact.kind, attribute)?.as === 'printed';
}

/** The model's value names something that is missing, and production's does not. */
export function lostWith({ fact, entry }: Change, mentioned: ReturnType<typeof mentionsAmong>): Fact | undefined {
  const { attribute = '', expected, actual } = entry;
  if (attributeNote(fact.kind, attribute)?.as !== 'printed' || typeof expected !== 'string') return undefined;
  const withValue = (value: string): Fact => ({ ...fact, attributes: { [attribute]: value } });
  const lost = mentioned(withValue(expected), () => true);
  if (!lost || typeof actual !== 'string') return lost;
  return mentioned(withValue(actual), (other) => other === lost) ? undefined : lost;
}

/** Another type of a column is printed in whatever uses the column, by the casts. */
export function isRecast({ fact, entry }: Change, source: Change, versions: Versions): boolean {
  const { attribute = '', expected, actual } = entry;
  if (attributeNote(fact.kind, attribute)?.as !== 'printed' || attribute === source.entry.attribute) return false;
  if (typeof expected !== 'string' || typeof actual !== 'string') return false;
  const uses = fact === source.fact || dependencies(fact).includes(factKey(source.fact)) || names(fact, source.fact);
  return uses && sameButCasts(expected, actual, versions);
}

function keyOf({ fact }: Change): FactKey {
  return factKey(fact);
}
