// Repair of NOT NULL, which PostgreSQL 18 knows as a constraint with a name.
import { type Fact, factKey } from '../../fact.ts';
import { risky, safe, words } from '../draft.ts';
import { derivedName, lastName, ownName } from '../identifier.ts';
import type { Change, Changer, Outcome, Scene } from '../repairer.ts';
import type { NoRepair } from '../statement.ts';
import { altered, alteredBelow, columnsBelow, ofTable, stage, staged } from './column-alteration.ts';
import { parentOf, text } from './common.ts';

const readsRows = 'Reads every row without blocking reads or writes, and fails where one is null.';
const newRows = 'From here on, writes that leave it null fail.';

export const nullChanges = {
  nullable: ofTable(changeNullable),
  notNullName: ofTable(renameNotNull),
  notNullValidated: ofTable(({ target, expected }, scene) =>
    expected === false
      ? { none: 'Production has checked every row, which only says more than the model.' }
      : staged(
          stage.rest,
          safe(`${alterOwner(target, scene)} VALIDATE CONSTRAINT ${nameOf(target, scene)}`, readsRows),
        ),
  ),
  notNullNoInherit: ofTable(({ target, expected }, scene) => {
    const inherit = expected === true ? 'NO INHERIT' : 'INHERIT';
    const statement = `${alterOwner(target, scene)} ALTER CONSTRAINT ${nameOf(target, scene)} ${inherit}`;
    return staged(stage.rest, risky(statement, 'Reads every row of the child tables, and fails where one is null.'));
  }),
} as const satisfies Record<string, Changer>;

function changeNullable(change: Change, scene: Scene): Outcome {
  const { target, expected } = change;
  if (expected === true) {
    const allows = [safe, 'Allows more than before.'] as const;
    // Before PostgreSQL 18, child tables lose theirs as well, whether it is their own or not.
    const dropped =
      scene.major < 18
        ? alteredBelow('nullable', change, scene, () => 'DROP NOT NULL', allows, stage.nullable)
        : altered(change, scene, 'DROP NOT NULL', allows, stage.nullable);
    return { ...dropped, takes: [`primary key of ${target.parent}`] };
  }
  const table = parentOf(target, scene.target);
  if (table.attributes.form === 'foreign') {
    return altered(change, scene, 'SET NOT NULL', [safe, 'Checks nothing: the foreign server has to.'], stage.nullable);
  }
  return scene.major >= 18 ? constrain(target, scene) : setWithProof(target, scene);
}

/** NOT NULL that was there before the parent table had it stays declared in the child table as well. */
export function declaredNotNull(columns: readonly Fact[]): NoRepair[] {
  return columns
    .filter(({ kind, attributes }) => kind === 'column' && attributes.nullable === false)
    .filter(({ attributes }) => attributes.notNullInheritance === undefined)
    .map(({ kind, id }) => ({
      kind,
      subject: id,
      attribute: 'notNullInheritance',
      none: 'What was there before stays declared in the table itself.',
    }));
}

/** Since PostgreSQL 18, existing rows can be checked in a second step. */
function constrain(target: Fact, scene: Scene): Outcome {
  const { notNullNoInherit, notNullValidated } = target.attributes;
  const name = nameOf(target, scene);
  const add = words(
    `${alterOwner(target, scene)} ADD CONSTRAINT ${name} NOT NULL ${ownName(target, parentOf(target, scene.target))}`,
    notNullNoInherit === true && 'NO INHERIT',
    'NOT VALID',
  );
  const validate = risky(`${alterOwner(target, scene)} VALIDATE CONSTRAINT ${name}`, readsRows);
  const below = columnsBelow(target, scene.target).filter(
    (column) => scene.current.get(factKey(column))?.attributes.nullable === false,
  );
  return {
    ...staged(stage.nullable, risky(add, newRows), ...(notNullValidated === false ? [] : [validate])),
    leaves: declaredNotNull(below),
  };
}

/**
 * SET NOT NULL reads the whole table under its lock unless a valid constraint proves what it would look for:
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
function setWithProof(target: Fact, scene: Scene): Outcome {
  const proof = 'driftwatch_not_null';
  const alter = alterOwner(target, scene);
  const name = ownName(target, parentOf(target, scene.target));
  return staged(
    stage.nullable,
    risky(`${alter} ADD CONSTRAINT ${proof} CHECK (${name} IS NOT NULL) NOT VALID`, newRows),
    risky(`${alter} VALIDATE CONSTRAINT ${proof}`, readsRows),
    safe(`${alter} ALTER COLUMN ${name} SET NOT NULL`, 'The constraint proves it, so no row is read under the lock.'),
    safe(`${alter} DROP CONSTRAINT ${proof}`, 'It has served its purpose.'),
  );
}

function renameNotNull({ target, current }: Change, scene: Scene): Outcome {
  if (target.attributes.nullable !== false) return { with: factKey(target) };
  const statement = `${alterOwner(target, scene)} RENAME CONSTRAINT ${nameOf(current, scene)} TO ${nameOf(target, scene)}`;
  return staged(stage.rest, safe(statement, 'Changes the name only.'));
}

function alterOwner(column: Fact, scene: Scene): string {
  return `ALTER TABLE ${parentOf(column, scene.target).id}`;
}

/** Left out of the fact where it is the one that PostgreSQL chooses. */
function nameOf(column: Fact, scene: Scene): string {
  const { notNullName } = column.attributes;
  const table = parentOf(column, scene.target);
  return notNullName === undefined
    ? derivedName(lastName(table.id), ownName(column, table), 'not_null')
    : text(notNullName);
}
