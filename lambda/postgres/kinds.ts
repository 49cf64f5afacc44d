// The kinds of catalog objects and what can differ about each, in PostgreSQL's own words. A table and nothing else:
// severity, repair and the completeness test read it; reading the catalog does not need it, and a comparison takes
// only its hints, by name.

import { accessKinds } from './kinds/access.ts';
import { elsewhereKinds } from './kinds/elsewhere.ts';
import { guardKinds } from './kinds/guards.ts';
import type { AttributeNote, KindNote } from './kinds/note.ts';
import { operatorKinds } from './kinds/operators.ts';
import { otherKinds } from './kinds/others.ts';
import { relationKinds } from './kinds/relations.ts';
import { routineKinds } from './kinds/routines.ts';
import { commonAttributes } from './kinds/shared.ts';
import { textKinds } from './kinds/texts.ts';
import { typeKinds } from './kinds/types.ts';
import type { Scope } from './scope.ts';

export const kinds = {
  ...relationKinds,
  ...guardKinds,
  ...typeKinds,
  ...routineKinds,
  ...operatorKinds,
  ...textKinds,
  ...elsewhereKinds,
  ...accessKinds,
  ...otherKinds,
} as const satisfies Record<string, KindNote>;

export type Kind = keyof typeof kinds;

/** The note of a kind's attribute; `undefined` for what this version does not know. */
export function attributeNote(kind: string, attribute: string): AttributeNote | undefined {
  const note = kindNote(kind);
  if (!note) return undefined;
  return noteIn(note.attributes, attribute) ?? noteIn(commonAttributes, attribute);
}

/** The kind in a fact's key, the longest that fits: `foreign server` of `foreign server archive`; '' for a newer one. */
export function kindOfKey(key: string): string {
  return Object.keys(kinds)
    .filter((kind) => key.startsWith(`${kind} `))
    .reduce((longest, kind) => (kind.length > longest.length ? kind : longest), '');
}

/** What a kind, or one attribute of it, belongs to; what this version does not know is structure. */
export function scopeOf(kind: string, attribute?: string): Scope {
  const ofKind = kindNote(kind)?.scope ?? 'structure';
  return attribute === undefined ? ofKind : (attributeNote(kind, attribute)?.scope ?? ofKind);
}

function kindNote(kind: string): KindNote | undefined {
  return Object.hasOwn(kinds, kind) ? kinds[kind as Kind] : undefined;
}

function noteIn(notes: Readonly<Record<string, AttributeNote>>, attribute: string): AttributeNote | undefined {
  return Object.hasOwn(notes, attribute) ? notes[attribute] : undefined;
}
