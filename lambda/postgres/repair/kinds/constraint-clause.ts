// A constraint as a clause of CREATE TABLE, CREATE DOMAIN or ADD CONSTRAINT.
import type { Fact } from '../../fact.ts';
import { words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import { isInherited } from './common.ts';

/** `CONSTRAINT name CHECK (...)`, without NOT VALID. */
export function constraintClause(constraint: Fact, owner: Fact): string {
  const { definition, deferrable, initiallyDeferred, noInherit, enforced } = constraint.attributes;
  return words(
    `CONSTRAINT ${ownName(constraint, owner)} ${definition}`,
    noInherit === true && 'NO INHERIT',
    deferrable === true && 'DEFERRABLE',
    initiallyDeferred === true && 'INITIALLY DEFERRED',
    enforced === false && 'NOT ENFORCED',
  );
}

/**
 * Whether it can stand in the statement that creates what it is a part of: a foreign key waits for the other table,
 * NOT VALID means nothing for a new one, and an inherited constraint comes with the parent.
 */
export function isInline(constraint: Fact, owner: Fact): boolean {
  const { kind, attributes } = constraint;
  return (
    kind === 'constraint' &&
    attributes.type !== 'foreign key' &&
    attributes.validated !== false &&
    (owner.attributes.partitionOf !== undefined || !isInherited(constraint))
  );
}
