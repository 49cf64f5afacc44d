// What an object cannot exist without because its SQL names it: a view and the table that it reads, a trigger and its
// function, a column and its type. Only asked about objects that are gone, so what is gone as well is the likely cause.
import type { Fact } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { lastName, qualifiedName, schemaName } from '../repair/identifier.ts';
import { type References, referencesIn } from '../repair/references.ts';
import { ownName } from './own-name.ts';

/**
 * @param all what the side says that had them: any other name in the schema of an extension is one of its members
 * @returns the first of `gone` that the SQL of a fact names; parts that are named in SQL count near their owner
 */
export function mentionsAmong(
  gone: readonly Fact[],
  all: readonly Fact[],
): (fact: Fact, isCause: (cause: Fact) => boolean) => Fact | undefined {
  const memberOf = membersOf(gone, all);
  const whole = Map.groupBy(gone.filter(isOfSchema), ({ id }) => qualifiedName(id));
  const parts = Map.groupBy(
    gone.filter(({ kind }) => renameHint(kind)?.place === true),
    ({ id }) => ownerId(id),
  );
  return (fact, isCause) => {
    const found = references(fact);
    const owners = isOfSchema(fact) ? found.qualified : [...found.qualified, ownerId(fact.id)];
    const named = [...found.qualified].flatMap((name) => whole.get(name) ?? []);
    const namedParts = [...owners].flatMap((owner) => parts.get(owner) ?? []);
    const members = [...found.qualified, ...found.operators].flatMap((name) => memberOf?.(name) ?? []);
    const ofParts = namedParts.filter(({ id }) => found.names.has(ownName(id, ownerId(id))));
    return [...named, ...ofParts, ...members].find((cause) => cause !== fact && isCause(cause));
  };
}

/** Which of those that are gone a name belonged to that is no fact of its own; `undefined` when none of them has such. */
function membersOf(gone: readonly Fact[], all: readonly Fact[]): ((name: string) => Fact | undefined) | undefined {
  const holders = Map.groupBy(
    gone.filter((fact) => spaceOfMembers(fact) !== undefined),
    (fact) => spaceOfMembers(fact),
  );
  if (holders.size === 0) return undefined;
  const facts = new Set(all.map(({ id }) => qualifiedName(id)));
  return (name) => {
    const near = holders.get(schemaName(name));
    if (!near || facts.has(name)) return undefined;
    // Where several are gone from one schema, a member is often named after its own.
    return near.find(({ id }) => sharesWord(id, lastName(name))) ?? near[0];
  };
}

function spaceOfMembers({ kind, attributes }: Fact): string | undefined {
  const [, value] = Object.entries(attributes).find(([name]) => attributeNote(kind, name)?.ofMembers) ?? [];
  return typeof value === 'string' ? value : undefined;
}

function sharesWord(one: string, other: string): boolean {
  const words = one.match(/[a-z0-9]{3,}/g) ?? [];
  return words.some((word) => other.includes(word));
}

/** The SQL of a fact names this part of an object: near its owner. */
export function names(fact: Fact, part: Fact): boolean {
  const owner = ownerId(part.id);
  const found = references(fact);
  return (found.qualified.has(owner) || ownerId(fact.id) === owner) && found.names.has(ownName(part.id, owner));
}

/**
 * The same for many parts at once.
 * @returns those that the SQL of a fact names, in the order they were given
 */
export function namedAmong(parts: readonly Fact[]): (fact: Fact) => Fact[] {
  const byOwner = Map.groupBy(parts.entries(), ([, { id }]) => ownerId(id));
  return (fact) => {
    const found = references(fact);
    const owners = new Set([...found.qualified, ownerId(fact.id)]);
    return [...owners]
      .flatMap((owner) => (byOwner.get(owner) ?? []).filter(([, { id }]) => found.names.has(ownName(id, owner))))
      .sort(([one], [other]) => one - other)
      .map(([, part]) => part);
  };
}

/** It is a part of nothing but its schema. */
export function isOfSchema({ id, parent }: Fact): boolean {
  return parent?.endsWith(` ${schemaName(id)}`) === true;
}

function references({ kind, attributes }: Fact): References {
  const printed = Object.entries(attributes).filter(([name]) => attributeNote(kind, name)?.as === 'printed');
  return referencesIn(printed.map(([, value]) => String(value)).join('\n'));
}

/** `public.users` of `public.users.email`. */
function ownerId(id: string): string {
  return id.slice(0, id.length - ownName(id, undefined).length - 1);
}
