// Repair of range types. One with a canonicalization function and that function need each other.
import { type Fact, factKey } from '../../fact.ts';
import type { Catalog } from '../catalog.ts';
import { mentionedIn } from '../dependencies.ts';
import { risky, safe } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import type { Change, Elsewhere, Outcome, Repairer } from '../repairer.ts';
import { text } from './common.ts';

const circular: Elsewhere = {
  none: 'A range type and its canonicalization function need each other, so both take several steps: take them from its migration.',
};

export const rangeType: Repairer<'range type'> = {
  rank: 2,
  canRebuild: false,
  create: ({ id, attributes }, scene) => {
    const { subtype, operatorClass, collation, canonical, subtypeDiff, multirange } = attributes;
    if (canonical !== undefined) return circular;
    const clauses = [
      `SUBTYPE = ${subtype}`,
      operatorClass !== undefined && `SUBTYPE_OPCLASS = ${operatorClass}`,
      collation !== undefined && `COLLATION = ${collation}`,
      subtypeDiff !== undefined && `SUBTYPE_DIFF = ${subtypeDiff}`,
      multirange !== undefined && scene.major >= 14 && `MULTIRANGE_TYPE_NAME = ${qualifiedName(text(multirange))}`,
    ].filter((clause) => clause !== false);
    return [{ drafts: [safe(`CREATE TYPE ${id} AS RANGE (${clauses.join(', ')})`, 'Adds a type only.')] }];
  },
  drop: ({ id, attributes }) =>
    attributes.canonical === undefined ? [risky(`DROP TYPE ${id}`, 'Refused while anything uses it.')] : circular,
  change: {
    subtype: recreate,
    operatorClass: recreate,
    collation: recreate,
    canonical: recreate,
    subtypeDiff: recreate,
    multirange: recreate,
  },
};

function recreate({ target, current }: Change): Outcome {
  if (target.attributes.canonical !== undefined || current.attributes.canonical !== undefined) return circular;
  return { recreate: factKey(target), reason: 'Only a type that nothing uses can be dropped and created again.' };
}

/** Set for a function that a range type which it takes needs in turn. */
export function circularWithRange(routine: Fact, catalog: Catalog): Elsewhere | undefined {
  const name = qualifiedName(routine.id);
  const types = [...mentionedIn(routine.attributes.arguments ?? null, catalog)].map((key) => catalog.get(key));
  return types.some((type) => type?.attributes.canonical === name) ? circular : undefined;
}
