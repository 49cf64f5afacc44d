// Objects that production has under another name, or in another schema, get those of the model first: everything else
// is planned as if they had them already. Parents come before their parts; names that were swapped go through a name in between.
import { changes, type Terms } from '../diff/changes.ts';
import { type Names, namesOf, type Rename } from '../diff/names.ts';
import { ownName } from '../diff/own-name.ts';
import { type MovedMembers, movedMembersIn } from '../diff/spelling.ts';
import type { DriftEntry } from '../drift.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { type Index, indexOf } from '../facts-by-key.ts';
import { movedAttribute } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { qualifiedName, schemaName } from './identifier.ts';
import { emptySchema } from './kinds/schemas.ts';
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
  const naming = entries.filter(isNaming);
  const members = movedMembersIn(entries);
  if (naming.length === 0 && members.length === 0) return { statements: [], production, entries };
  const [wantedFacts, there] = [indexOf(model), indexOf(production)];
  const all = wantedRenames(naming, wantedFacts, there);
  const wanted = all.filter((rename) => canBeRenamed(rename, all, there));
  const done = new Set(wanted.map(({ entry }) => entry));
  const schemas = schemasFor(wanted, entries, there);
  return {
    statements: [...schemas.map(schemaStatement), ...statementsFor(wanted, wantedFacts, there)],
    production: [
      ...schemas.map(({ kind, subject }): Fact => ({ kind, id: subject, attributes: {} })),
      ...afterwards(wanted, { model: wantedFacts, production: there, members }, serverVersion),
    ],
    entries: entries.filter((entry) => !done.has(entry)),
  };
}

/** Schemas that are missing and that something has to go to: empty ones, whose owner and grants come with the rest. */
function schemasFor(wanted: readonly Wanted[], entries: readonly DriftEntry[], production: Index): DriftEntry[] {
  const needed = new Set(wanted.flatMap(({ how, expected }) => (how === 'moved' ? [expected.parent] : [])));
  return entries.filter((entry) => {
    const key = factKey({ kind: entry.kind, id: entry.subject });
    return entry.verb === 'missing' && needed.has(key) && production.get(key) === undefined;
  });
}

function schemaStatement(entry: DriftEntry): RepairStatement {
  return { ...emptySchema(entry.subject), ...repairedEntry(entry) };
}

function isNaming({ verb, kind, attribute = '' }: DriftEntry): boolean {
  if (verb !== 'changed') return false;
  return attribute === 'name' || attribute === 'generatedNames' || isMove({ kind, attribute });
}

/** The schema of an extension is an attribute of it. */
function isMove({ kind, attribute = '' }: Pick<DriftEntry, 'kind' | 'attribute'>): boolean {
  return attribute === movedAttribute && attributeNote(kind, attribute) === undefined;
}

/** Every object that has another name, with what it is called in production. */
function wantedRenames(entries: readonly DriftEntry[], model: Index, production: Index): Wanted[] {
  const names = new Map<FactKey, { name: string; entry: DriftEntry; follows: boolean }>();
  const moves = new Map<FactKey, { schema: string; entry: DriftEntry; follows: boolean }>();
  for (const entry of entries) {
    const key = factKey({ kind: entry.kind, id: entry.subject });
    if (isMove(entry)) {
      for (const moved of [key, ...(entry.swallowed ?? [])]) {
        // A table takes its sequences along, but not its partitions.
        const follows = model.get(moved)?.kind !== entry.kind;
        moves.set(moved, { schema: String(entry.actual), entry, follows });
      }
    } else if (entry.attribute === 'name') {
      const name = String(entry.actual);
      names.set(key, { name, entry, follows: false });
      for (const part of entry.swallowed ?? []) names.set(part, { name, entry, follows: true });
    } else if (Array.isArray(entry.actual)) {
      entry.swallowed?.forEach((part, place) => {
        const named = String((entry.actual as string[])[place]);
        const kind = model.get(part)?.kind ?? '';
        names.set(part, { name: named.slice(kind.length + 1), entry, follows: false });
      });
    }
  }
  const idThere = (fact: Fact): string => {
    const owner = fact.parent === undefined ? undefined : model.get(fact.parent);
    const name = names.get(factKey(fact))?.name ?? ownName(fact.id, owner?.id);
    const move = moves.get(factKey(fact));
    if (move) return `${move.schema}.${name}`;
    if (!owner) return names.has(factKey(fact)) ? name : fact.id;
    return fact.id.startsWith(`${owner.id}.`) ? `${idThere(owner)}.${name}` : `${schemaName(idThere(owner))}.${name}`;
  };
  return [...names, ...moves].flatMap(([key, { entry, follows }]): Wanted[] => {
    const expected = model.get(key);
    const actual = expected && production.get(factKey({ kind: expected.kind, id: idThere(expected) }));
    const how = isMove(entry) ? { how: 'moved' as const } : {};
    return expected && actual ? [{ expected, actual, entry, follows, ...how }] : [];
  });
}

/** Production's facts under their new names; a text that only used another name has changed with it. */
function afterwards(
  renames: readonly Rename[],
  { model, production, members }: { model: Index; production: Index; members: readonly MovedMembers[] },
  serverVersion: number,
): Fact[] {
  const names = namesOf(renames, production, members);
  const versions = { expected: serverVersion, actual: serverVersion };
  const terms: Terms = { versions, isCompared: () => true, names };
  return production.facts.map((fact) => withNewNames(names.inModel(fact), model, names, terms));
}

function withNewNames(fact: Fact, model: Index, names: Names, terms: Terms): Fact {
  const wanted = model.get(factKey(fact));
  if (!wanted || wanted === fact || wanted.parent !== fact.parent) return fact;
  const differing = new Set(changes(wanted, fact, terms).map(({ entry }) => entry.attribute));
  const attributes = Object.entries(fact.attributes).map(([name, value]) => {
    if (Array.isArray(value)) return [name, names.partsInModel(wanted, value)];
    return [name, differing.has(name) ? value : (wanted.attributes[name] ?? value)];
  });
  return { ...fact, attributes: Object.fromEntries(attributes) };
}

function statementsFor(wanted: readonly Wanted[], model: Index, production: Index): RepairStatement[] {
  const ownerOf = ({ parent }: Fact, { get }: Index) => (parent === undefined ? undefined : get(parent));
  const depthOf = (fact: Fact): number => {
    const owner = ownerOf(fact, model);
    return owner ? depthOf(owner) + 1 : 0;
  };
  const named = new Set(wanted.map(({ actual }) => factKey(actual)));
  // A schema has its new name by then.
  const schemas = new Map(wanted.map(({ actual, expected }) => [factKey(actual), expected.id]));
  const schemaBy = (name: string): string => schemas.get(`schema ${name}`) ?? name;
  const isCarried = (fact: Fact): boolean => originsOf(fact, production).some((key) => named.has(key));
  const moves = wanted
    .filter(({ follows, actual }) => !follows && !isCarried(actual))
    .map(({ expected, actual, entry, how }): Move => {
      const owner = ownerOf(expected, model);
      const from = ownName(actual.id, ownerOf(actual, production)?.id);
      return {
        fact: expected,
        owner,
        entry,
        from: qualifiedName(from),
        to: qualifiedName(ownName(expected.id, owner?.id)),
        ...(how === 'moved' && { fromSchema: schemaBy(schemaName(actual.id)) }),
      };
    })
    .toSorted(
      (one, other) => depthOf(one.fact) - depthOf(other.fact) || Number(isRoutine(one)) - Number(isRoutine(other)),
    );
  return inFreeOrder(moves).map((move) => ({ ...renameDraft(move), ...repairedEntry(move.entry) }));
}

/** What a column is renamed with: that of a parent table, the attribute of the type of its table. */
function originsOf({ id, kind, parent = '' }: Fact, { get }: Index): FactKey[] {
  const table = get(parent);
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

function spaceOf({ fact, fromSchema }: Move): FactKey | undefined {
  return fromSchema === undefined ? fact.parent : `schema ${fromSchema}`;
}

/** A name is given when nobody has it any more. */
function inFreeOrder(moves: readonly Move[]): Move[] {
  const waiting = [...moves];
  const ordered: Move[] = [];
  const isFree = (move: Move): boolean => {
    const { fact, to } = move;
    const taken = (other: Move): boolean =>
      other.fact.kind === fact.kind && other.from === to && spaceOf(other) === fact.parent;
    return !waiting.some((other) => other !== move && taken(other));
  };
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
