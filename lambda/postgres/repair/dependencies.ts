// What a fact cannot exist without: what it is a part of, what it says it needs, and what its SQL mentions.
// Errs towards too much: a column counts as mentioned when its relation and its name both are.
import { type JsonValue, textsIn } from '../../json.ts';
import { type Fact, type FactKey, factKey } from '../fact.ts';
import type { Catalog } from './catalog.ts';
import { lastName, ownName, schemaName } from './identifier.ts';
import { type References, referencesIn } from './references.ts';

/** Attributes whose texts are no SQL, or SQL that is only looked up when it runs, or told as a need of the fact. */
const notLookedUp = new Set([
  'body',
  'labels',
  'library',
  'initialValue',
  'columnOrder',
  'attributeOrder',
  'ownedBy',
  'partitionOf',
  'comment',
  'owner',
  'grants',
]);

/** Kinds whose SQL may name columns of what they are a part of without naming that. */
const speaksOfParent = new Set(['column', 'constraint', 'policy', 'trigger']);

export function dependenciesOf(fact: Fact, catalog: Catalog): Set<FactKey> {
  const found = new Set<FactKey>(directNeeds(fact));
  const values = Object.entries(fact.attributes).filter(([name]) => !notLookedUp.has(name));
  const mentioned = referencesIn(values.flatMap(([, value]) => textsIn(value)).join('\n'));
  addMentioned(found, mentioned, catalog);
  const parent = fact.parent === undefined ? undefined : catalog.get(fact.parent);
  if (parent && speaksOfParent.has(fact.kind)) addColumns(found, parent, mentioned, catalog);
  if (fact.kind === 'extension') found.add(`schema ${fact.attributes.schema}`);
  found.delete(factKey(fact));
  return found;
}

/** Beyond that, what it is checked against when it is created: the body of an SQL function, names without schema. */
export function neededToCreate(fact: Fact, catalog: Catalog): Set<FactKey> {
  const found = dependenciesOf(fact, catalog);
  if (fact.attributes.language !== 'sql' || typeof fact.attributes.body !== 'string') return found;
  const mentioned = referencesIn(fact.attributes.body);
  for (const name of mentioned.names) {
    for (const schema of new Set([schemaName(fact.id), 'public'])) mentioned.qualified.add(`${schema}.${name}`);
  }
  addMentioned(found, mentioned, catalog);
  found.delete(factKey(fact));
  return found;
}

/** What one value mentions: the type of a column, the function of a default. */
export function mentionedIn(value: JsonValue, catalog: Catalog): Set<FactKey> {
  const found = new Set<FactKey>();
  addMentioned(found, referencesIn(textsIn(value).join('\n')), catalog);
  return found;
}

/** A sequence can exist without the column that owns it: it is only dropped with it. */
function directNeeds(fact: Fact): FactKey[] {
  const needs = fact.kind === 'sequence' ? [] : (fact.needs ?? []);
  return fact.parent === undefined ? needs : [fact.parent, ...needs];
}

function addMentioned(found: Set<FactKey>, mentioned: References, catalog: Catalog): void {
  for (const name of mentioned.qualified) {
    for (const fact of catalog.named(name)) {
      found.add(factKey(fact));
      addParts(found, fact, mentioned, catalog);
    }
  }
}

/** Columns that are named; keys whose columns all are, since a foreign key names those it points at. */
function addParts(found: Set<FactKey>, relation: Fact, mentioned: References, catalog: Catalog): void {
  addColumns(found, relation, mentioned, catalog);
  for (const part of catalog.childrenOf(factKey(relation))) if (isKeyOf(part, mentioned)) found.add(factKey(part));
}

function addColumns(found: Set<FactKey>, relation: Fact, { names }: References, catalog: Catalog): void {
  for (const part of catalog.childrenOf(factKey(relation))) {
    if (part.kind === 'column' && names.has(ownName(part, relation))) found.add(factKey(part));
  }
}

function isKeyOf({ kind, attributes, needs = [] }: Fact, { names }: References): boolean {
  if (!names.has('REFERENCES')) return false;
  const unique = kind === 'constraint' ? ['primary key', 'unique'].includes(`${attributes.type}`) : attributes.unique;
  const columns = needs.filter((need) => need.startsWith('column '));
  return unique === true && columns.every((column) => names.has(lastName(column.slice('column '.length))));
}
