// Objects that production has under another name get that of the model first: everything else is planned as if they
// had it already. Parents come before their parts; names that were swapped go through a name in between.
import { changes, type Terms } from '../diff/changes.ts';
import { type Index, indexOf, type Names, namesOf, type Rename } from '../diff/names.ts';
import { ownName } from '../diff/own-name.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { qualifiedName, schemaName } from './identifier.ts';
import { type RenameStep, renameDraft } from './rename-statement.ts';
import { type RepairStatement, repairedEntry } from './statement.ts';

export interface Renaming {
  statements: RepairStatement[];
  /** Production as it is after them. */
  production: readonly Fact[];
  /** The differences that are left then. */
  entries: readonly DriftEntry[];
}

interface Wanted extends Rename {
  entry: DriftEntry;
  /** It follows another one, so it has no statement of its own. */
  follows: boolean;
}

export function renamingOf(
  entries: readonly DriftEntry[],
  model: readonly Fact[],
  production: readonly Fact[],
  serverVersion: number,
): Renaming {
  const naming = entries.filter(({ attribute = '', verb }) => verb === 'changed' && isNaming(attribute));
  if (naming.length === 0) return { statements: [], production, entries };
  const [wantedFacts, there] = [indexOf(model), indexOf(production)];
  const all = wantedRenames(naming, wantedFacts, there);
  const wanted = all.filter((rename) => canBeRenamed(rename, all, there));
  const done = new Set(wanted.map(({ entry }) => entry));
  return {
    statements: statementsFor(wanted, wantedFacts, there),
    production: afterwards(wanted, wantedFacts, there, serverVersion),
    entries: entries.filter((entry) => !done.has(entry)),
  };
}

function isNaming(attribute: string): boolean {
  return attribute === 'name' || attribute === 'generatedNames';
}

/** Every object that has another name, with what it is called in production. */
function wantedRenames(entries: readonly DriftEntry[], model: Index, production: Index): Wanted[] {
  const names = new Map<FactKey, { name: string; entry: DriftEntry; follows: boolean }>();
  for (const entry of entries) {
    const key = factKey({ kind: entry.kind, id: entry.subject });
    if (entry.attribute === 'name') {
      const name = String(entry.actual);
      names.set(key, { name, entry, follows: false });
      for (const part of entry.swallowed ?? []) names.set(part, { name, entry, follows: true });
    } else if (Array.isArray(entry.actual)) {
      entry.swallowed?.forEach((part, place) => {
        const named = String((entry.actual as string[])[place]);
        const kind = model.byKey.get(part)?.kind ?? '';
        names.set(part, { name: named.slice(kind.length + 1), entry, follows: false });
      });
    }
  }
  const idThere = (fact: Fact): string => {
    const owner = fact.parent === undefined ? undefined : model.byKey.get(fact.parent);
    const name = names.get(factKey(fact))?.name ?? ownName(fact.id, owner?.id);
    if (!owner) return names.has(factKey(fact)) ? name : fact.id;
    return fact.id.startsWith(`${owner.id}.`) ? `${idThere(owner)}.${name}` : `${schemaName(idThere(owner))}.${name}`;
  };
  return [...names].flatMap(([key, { entry, follows }]): Wanted[] => {
    const expected = model.byKey.get(key);
    const actual = expected && production.byKey.get(factKey({ kind: expected.kind, id: idThere(expected) }));
    return expected && actual ? [{ expected, actual, entry, follows }] : [];
  });
}

/** Production's facts under their new names; a text that only used another name has changed with it. */
function afterwards(renames: readonly Rename[], model: Index, production: Index, serverVersion: number): Fact[] {
  const names = namesOf(renames, production);
  const versions = { expected: serverVersion, actual: serverVersion };
  const terms: Terms = { versions, isCompared: () => true, names };
  return [...production.byKey.values()].map((fact) => withNewNames(names.inModel(fact), model, names, terms));
}

function withNewNames(fact: Fact, model: Index, names: Names, terms: Terms): Fact {
  const wanted = model.byKey.get(factKey(fact));
  if (!wanted || wanted.parent !== fact.parent) return fact;
  const differing = new Set(changes(wanted, fact, terms).map(({ entry }) => entry.attribute));
  const attributes = Object.entries(fact.attributes).map(([name, value]) => {
    if (Array.isArray(value)) return [name, names.partsInModel(wanted, value)];
    return [name, differing.has(name) ? value : (wanted.attributes[name] ?? value)];
  });
  return { ...fact, attributes: Object.fromEntries(attributes) };
}

function statementsFor(wanted: readonly Wanted[], model: Index, production: Index): RepairStatement[] {
  const ownerOf = ({ parent }: Fact, { byKey }: Index) => (parent === undefined ? undefined : byKey.get(parent));
  const depthOf = (fact: Fact): number => {
    const owner = ownerOf(fact, model);
    return owner ? depthOf(owner) + 1 : 0;
  };
  const named = new Set(wanted.map(({ actual }) => factKey(actual)));
  const isCarried = (fact: Fact): boolean => originsOf(fact, production).some((key) => named.has(key));
  const moves = wanted
    .filter(({ follows, actual }) => !follows && !isCarried(actual))
    .map(({ expected, actual, entry }): Move => {
      const owner = ownerOf(expected, model);
      const from = ownName(actual.id, ownerOf(actual, production)?.id);
      return {
        fact: expected,
        owner,
        entry,
        from: qualifiedName(from),
        to: qualifiedName(ownName(expected.id, owner?.id)),
      };
    })
    .toSorted(
      (one, other) => depthOf(one.fact) - depthOf(other.fact) || Number(isRoutine(one)) - Number(isRoutine(other)),
    );
  return inFreeOrder(moves).map((move) => ({ ...renameDraft(move), ...repairedEntry(move.entry) }));
}

/** What a column is renamed with: that of a parent table, the attribute of the type of its table. */
function originsOf({ id, kind, parent = '' }: Fact, { byKey }: Index): FactKey[] {
  const table = byKey.get(parent);
  if (kind !== 'column' || table?.kind !== 'table') return [];
  const { inherits, partitionOf, ofType } = table.attributes;
  const name = ownName(id, table.id);
  return [
    ...(Array.isArray(inherits) ? inherits : []).map((above) => `column ${above}.${name}`),
    ...(partitionOf === undefined ? [] : [`column ${partitionOf}.${name}`]),
    ...(ofType === undefined ? [] : [`attribute ${ofType}.${name}`]),
  ];
}

/** The column of a typed table has the name of the attribute: it cannot be renamed without that. */
function canBeRenamed({ actual }: Wanted, wanted: readonly Wanted[], production: Index): boolean {
  const attributes = originsOf(actual, production).filter((key) => key.startsWith('attribute '));
  return attributes.every((key) => wanted.some((other) => factKey(other.actual) === key));
}

interface Move extends RenameStep {
  entry: DriftEntry;
}

/** Found by the types of its arguments, which may be renamed too: those come first. */
function isRoutine({ fact }: Move): boolean {
  return qualifiedName(fact.id) !== fact.id;
}

/** A name is given when nobody has it any more. */
function inFreeOrder(moves: readonly Move[]): Move[] {
  const waiting = [...moves];
  const ordered: Move[] = [];
  const isFree = ({ fact, to }: Move): boolean =>
    !waiting.some((other) => other.fact.kind === fact.kind && other.fact.parent === fact.parent && other.from === to);
  while (waiting.length > 0) {
    const at = waiting.findIndex(isFree);
    const [first] = waiting;
    if (at >= 0 || !first) {
      ordered.push(...waiting.splice(at, 1));
    } else {
      const between = `driftwatch_${ordered.length}`;
      ordered.push({ ...first, to: between });
      waiting[0] = { ...first, from: between };
    }
  }
  return ordered;
}
