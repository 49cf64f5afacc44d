// What differs about an object that both sides have, attribute by attribute, each told once.
import { canonicalJson, type JsonValue } from '../../json.ts';
import type { DriftEntry, NotVerified } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { factsByKey } from '../facts-by-key.ts';
import type { AttributeNote } from '../kinds/note.ts';
import { attributeNote } from '../kinds.ts';
import { couldBeSame } from '../printed-sql.ts';
import { isQualified, sameValue } from '../same-value.ts';
import { majorOf, type Versions } from '../versions.ts';
import { also, dependencies, follow, place } from './cause.ts';
import { namedAmong } from './mentions.ts';
import type { Names } from './names.ts';

/** How two facts are compared. */
export interface Terms {
  versions: Versions;
  /** Whether both sides speak of it. */
  isCompared(kind: string, attribute?: string): boolean;
  /** What production calls otherwise. */
  names?: Names;
}

export interface Change {
  fact: Fact;
  entry: DriftEntry;
}

/** @param open gets what cannot be told, since two major versions print it differently */
export function changes(expected: Fact, actual: Fact, terms: Terms, open: NotVerified[] = []): Change[] {
  const found: Change[] = [];
  const compare = (attribute: string): void => {
    const wanted = expected.attributes[attribute] ?? null;
    const present = actual.attributes[attribute] ?? null;
    if (wanted === present) return;
    const note = attributeNote(expected.kind, attribute);
    if (note?.detailOf !== undefined && goesWith(note.detailOf, expected, actual, wanted, present)) return;
    if (note?.followsFrom && nobodyChose(note.followsFrom, [expected, wanted], [actual, present])) return;
    if (!terms.isCompared(expected.kind, attribute) || sameAttribute(expected, attribute, present, terms)) return;
    const reason = openReason(expected, attribute, present, terms);
    if (reason !== undefined) {
      open.push({ kind: expected.kind, subject: expected.id, reason });
      return;
    }
    const entry = { ...place(expected), verb: 'changed' as const, attribute, expected: wanted, actual: present };
    found.push({ fact: expected, entry });
  };
  // Without lists of names: this runs for every fact of a large schema, and nearly always finds nothing.
  for (const attribute in expected.attributes) compare(attribute);
  for (const attribute in actual.attributes) if (!(attribute in expected.attributes)) compare(attribute);
  return found;
}

/** Whether production's value of one attribute says what the model's does. */
export function sameAttribute(model: Fact, attribute: string, present: JsonValue, terms: Terms): boolean {
  const { versions, names: there } = terms;
  const wanted = model.attributes[attribute] ?? null;
  if (!there) return sameValue(model, attribute, wanted, present, versions);
  const as = attributeNote(model.kind, attribute)?.as;
  const isOrder = as === 'order' && Array.isArray(present);
  const isSpelled = typeof present !== 'string' || as === 'printed' || isQualified(present);
  const value = isOrder ? there.partsInModel(model, present) : isSpelled ? there.spelled(present, wanted) : present;
  const sameToken = there.sameToken(model, typeof wanted === 'string' ? wanted : '');
  return sameValue(model, attribute, wanted, value, versions, sameToken);
}

/** Why nobody can tell whether an attribute that is not the same differs. */
function openReason(model: Fact, attribute: string, present: JsonValue, terms: Terms): string | undefined {
  const wanted = model.attributes[attribute];
  if (attributeNote(model.kind, attribute)?.as !== 'printed') return undefined;
  if (typeof wanted !== 'string' || typeof present !== 'string') return undefined;
  const { versions } = terms;
  if (!couldBeSame(wanted, present, versions, terms.names?.sameToken(model, wanted))) return undefined;
  const [theirs, ours] = [majorOf(versions.expected), majorOf(versions.actual)];
  return `PostgreSQL ${theirs} and ${ours} print its ${attribute} differently; a snapshot taken with production's version can tell: driftwatch snapshot --run ... --postgres ${ours}`;
}

/** On either side, the value is the one that comes with that of another attribute. */
function nobodyChose(
  { attribute, values }: NonNullable<AttributeNote['followsFrom']>,
  ...sides: readonly (readonly [Fact, JsonValue])[]
): boolean {
  return sides.every(([fact, value]) => {
    const from = fact.attributes[attribute];
    return typeof from === 'string' && Object.hasOwn(values, from) && values[from] === value;
  });
}

/** A detail of an attribute that appears, goes or is a boolean that differs; or one that only one of its values has. */
function goesWith(whole: string, expected: Fact, actual: Fact, wanted: JsonValue, present: JsonValue): boolean {
  const [one, other] = [expected.attributes[whole], actual.attributes[whole]];
  if ((one === undefined) !== (other === undefined) || (typeof one === 'boolean' && one !== other)) return true;
  return one !== other && (wanted === null) !== (present === null);
}

/**
 * A change that the fact only shares with another one, that of a partition with its table's, or that of a view's column
 * with the column behind it, is told there.
 */
export function withoutRepeats(changed: readonly Change[], model: readonly Fact[]): Change[] {
  const byPlaceOfChange = new Map(changed.map((change) => [changeKey(factKey(change.fact), change), change]));
  const behind = sharedBehind(changed, model);
  const sourceOf = (change: Change): Change | undefined =>
    dependencies(change.fact)
      .map((key) => byPlaceOfChange.get(changeKey(key, change)))
      .find((source) => source !== undefined && isSameChange(change, source)) ?? behind(change);
  const swallowed = new Map<Change, FactKey[]>();
  const roots = changed.filter((change) => {
    const root = follow(change, sourceOf);
    if (root === change) return true;
    const taken = swallowed.get(root);
    if (taken) taken.push(factKey(change.fact));
    else swallowed.set(root, [factKey(change.fact)]);
    return false;
  });
  return roots.map((change) => {
    const taken = [...(change.entry.swallowed ?? []), ...(swallowed.get(change) ?? [])];
    return { ...change, entry: { ...change.entry, ...also(taken) } };
  });
}

/** The same change of something that is named by what the object is a part of: a view's query. */
function sharedBehind(changed: readonly Change[], model: readonly Fact[]): (change: Change) => Change | undefined {
  const sameness = ({ entry }: Change): string =>
    canonicalJson([entry.kind, entry.attribute ?? '', entry.expected, entry.actual]);
  const shared = Map.groupBy(changed, sameness);
  const groups = new Map(changed.map((change) => [change, shared.get(sameness(change)) ?? []]));
  if ([...shared.values()].every((group) => group.length < 2)) return () => undefined;
  const owners = factsByKey(model);
  const namedIn = new Map(
    [...shared.values()].map((group) => [group, namedAmong(group.map(({ fact }) => fact))] as const),
  );
  return (change) => {
    const owner = change.fact.parent === undefined ? undefined : owners.get(change.fact.parent);
    const group = groups.get(change);
    if (!owner || !group || group.length < 2) return undefined;
    const behind = namedIn
      .get(group)?.(owner)
      .find(({ parent }) => parent !== change.fact.parent);
    return behind && group.find(({ fact }) => fact === behind);
  };
}

function changeKey(key: FactKey, { entry }: Change): string {
  return `${key}\n${entry.attribute}`;
}

function isSameChange({ fact, entry }: Change, source: Change): boolean {
  if (attributeNote(entry.kind, entry.attribute ?? '')?.followsParent && fact.parent === factKey(source.fact)) {
    return (source.entry.expected === null) === (entry.expected === null);
  }
  const values = ({ expected, actual }: DriftEntry): string => canonicalJson([expected, actual]);
  const isSource = entry.kind === source.entry.kind || fact.needs?.includes(factKey(source.fact)) === true;
  return isSource && values(entry) === values(source.entry);
}
