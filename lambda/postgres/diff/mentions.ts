// What an object cannot exist without because its SQL names it: a view and the table that it reads, a trigger and its
// function, a column and its type. Only asked about objects that are gone, so what is gone as well is the likely cause.
import type { Fact } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { qualifiedName, schemaName } from '../repair/identifier.ts';
import { type References, referencesIn } from '../repair/references.ts';
import { ownName } from './own-name.ts';

/** @returns the first of `gone` that the SQL of a fact names; parts that are named in SQL count near their owner */
export function mentionsAmong(
  gone: readonly Fact[],
): (fact: Fact, isCause: (cause: Fact) => boolean) => Fact | undefined {
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
    return [...named, ...namedParts.filter(({ id }) => found.names.has(ownName(id, ownerId(id))))].find(
      (cause) => cause !== fact && isCause(cause),
    );
  };
}

/** The SQL of a fact names this part of an object: near its owner. */
export function names(fact: Fact, part: Fact): boolean {
  const owner = ownerId(part.id);
  const found = references(fact);
  return (found.qualified.has(owner) || ownerId(fact.id) === owner) && found.names.has(ownName(part.id, owner));
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
