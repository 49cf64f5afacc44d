// What differs about an object that both sides have, attribute by attribute, each told once.
import { canonicalJson, type JsonValue } from '../../json.ts';
import type { DriftEntry, NotVerified } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { attributeNote } from '../kinds.ts';
import { couldBeSame } from '../printed-sql.ts';
import { sameValue } from '../same-value.ts';
import { majorOf, type Versions } from '../versions.ts';
import { also, dependencies, follow, place } from './cause.ts';
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
    const whole = attributeNote(expected.kind, attribute)?.detailOf;
    if (whole !== undefined && isSwitched(expected.attributes[whole], actual.attributes[whole])) return;
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
export function sameAttribute(model: Fact, attribute: string, present: JsonValue, { versions, names }: Terms): boolean {
  const wanted = model.attributes[attribute] ?? null;
  if (!names) return sameValue(model, attribute, wanted, present, versions);
  const isOrder = attributeNote(model.kind, attribute)?.as === 'order' && Array.isArray(present);
  const value = isOrder ? names.partsInModel(model, present) : present;
  const sameToken = names.sameToken(model, typeof wanted === 'string' ? wanted : '');
  return sameValue(model, attribute, wanted, value, versions, sameToken);
}

/** Why nobody can tell whether an attribute that is not the same differs. */
function openReason(model: Fact, attribute: string, present: JsonValue, terms: Terms): string | undefined {
  const wanted = model.attributes[attribute];
  if (attributeNote(model.kind, attribute)?.as !== 'printed') return undefined;
  if (typeof wanted !== 'string' || typeof present !== 'string') return undefined;
  const { versions, names } = terms;
  if (!couldBeSame(wanted, present, versions, names?.sameToken(model, wanted))) return undefined;
  const [theirs, ours] = [majorOf(versions.expected), majorOf(versions.actual)];
  return `PostgreSQL ${theirs} and ${ours} print its ${attribute} differently; a snapshot taken with production's version can tell: driftwatch snapshot --run ... --postgres ${ours}`;
}

/** An attribute appears or goes, or is a boolean that differs. */
function isSwitched(expected: JsonValue | undefined, actual: JsonValue | undefined): boolean {
  return (expected === undefined) !== (actual === undefined) || (typeof expected === 'boolean' && expected !== actual);
}

/** A change that the fact only shares with another one, that of a partition with its table's, is told there. */
export function withoutRepeats(changed: readonly Change[]): Change[] {
  const byPlaceOfChange = new Map(changed.map((change) => [changeKey(factKey(change.fact), change), change]));
  const sourceOf = (change: Change): Change | undefined =>
    dependencies(change.fact)
      .map((key) => byPlaceOfChange.get(changeKey(key, change)))
      .find((source) => source !== undefined && isSameChange(change, source));
  const swallowed = new Map<Change, FactKey[]>();
  const roots = changed.filter((change) => {
    const root = follow(change, sourceOf);
    if (root === change) return true;
    swallowed.set(root, [...(swallowed.get(root) ?? []), factKey(change.fact)]);
    return false;
  });
  return roots.map((change) => {
    const taken = [...(change.entry.swallowed ?? []), ...(swallowed.get(change) ?? [])];
    return { ...change, entry: { ...change.entry, ...also(taken) } };
  });
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
