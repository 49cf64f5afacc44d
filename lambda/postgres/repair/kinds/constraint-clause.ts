// A constraint as a clause of CREATE TABLE, CREATE DOMAIN or ADD CONSTRAINT.
import type { Fact } from '../../fact.ts';
import { words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import { withOptions } from '../options.ts';
import { isInherited } from './common.ts';

/**
 * `CONSTRAINT name CHECK (...)`, without NOT VALID.
 * @param index of a key: its storage parameters can only be told here when the table is partitioned
 */
export function constraintClause(constraint: Fact, owner: Fact, index?: Fact): string {
  const { definition, deferrable, initiallyDeferred, noInherit, enforced } = constraint.attributes;
  return words(
    `CONSTRAINT ${ownName(constraint, owner)} ${definition}`,
    index !== undefined && owner.attributes.form === 'partitioned' && withOptions(index.attributes.options),
    noInherit === true && 'NO INHERIT',
    deferrable === true && 'DEFERRABLE',
    initiallyDeferred === true && 'INITIALLY DEFERRED',
    enforced === false && 'NOT ENFORCED',
  );
}

/**
 * Whether it can stand in the statement that creates what it is a part of: a foreign key waits for the other table,
 * NOT VALID means nothing for a new one, and an inherited constraint comes with the parent; a partition must bring it.
 */
export function isInline(constraint: Fact, owner: Fact): boolean {
  const { kind, attributes } = constraint;
  return (
    kind === 'constraint' &&
    attributes.type !== 'foreign key' &&
    // It would name the NOT NULL of a column that the parent table names otherwise.
    !(attributes.type === 'primary key' && owner.attributes.inherits !== undefined) &&
    (isInherited(constraint) ? owner.attributes.partitionOf !== undefined : attributes.validated !== false)
  );
}
