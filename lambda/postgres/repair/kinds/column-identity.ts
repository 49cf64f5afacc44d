// Repair of identity columns and the sequences behind them.
import type { Fact } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { type Draft, destructive, risky, safe } from '../draft.ts';
import { lastName, ownName, schemaName } from '../identifier.ts';
import type { Change, Changer, Outcome, Scene } from '../repairer.ts';
import { figureClause, type SequenceFigure } from '../sequence-options.ts';
import { altered, ofIdentity, ofTable, stage, staged } from './column-alteration.ts';
import { identityClause } from './column-clause.ts';
import { parentOf, text } from './common.ts';

const beyond = 'Fails when the sequence is already beyond it.';
const renamed = 'What names the sequence no longer finds it.';

export const identityChanges = {
  identity: ofTable(changeIdentity),
  identitySequence: ofIdentity(renameSequence),
  identityType: ofIdentity(({ target, expected }) =>
    staged(stage.rest, risky(`ALTER SEQUENCE ${target.attributes.identitySequence} AS ${expected}`, beyond)),
  ),
  identityStart: figure('start'),
  identityIncrement: figure('increment'),
  identityMinimum: figure('minimum'),
  identityMaximum: figure('maximum'),
  identityCache: figure('cache'),
  identityCycle: figure('cycle'),
  identityPersistence: ofIdentity(({ target }, scene) =>
    staged(stage.rest, sequencePersistence(target, parentOf(target, scene.target))),
  ),
} as const satisfies Record<string, Changer>;

function figure(name: SequenceFigure): Changer {
  return ofIdentity((change, scene) =>
    altered(change, scene, `SET ${figureClause(name, change.expected)}`, [risky, beyond]),
  );
}

function changeIdentity(change: Change, scene: Scene): Outcome {
  const { target, expected, actual } = change;
  if (expected === null) {
    return altered(change, scene, 'DROP IDENTITY', [destructive, 'Loses where its sequence stands.'], stage.release);
  }
  if (actual !== null) {
    const always = `SET GENERATED ${text(expected).toUpperCase()}`;
    return altered(change, scene, always, [safe, 'Numbers go on where they are.'], stage.identity);
  }
  const table = parentOf(target, scene.target);
  return staged(
    stage.identity,
    addIdentity(target, table),
    ...sequenceSettings(target, table),
    continueAfter(text(target.attributes.identitySequence), target, table),
  );
}

export function addIdentity(column: Fact, table: Fact): Draft {
  return risky(
    `ALTER TABLE ${table.id} ALTER COLUMN ${ownName(column, table)} ADD ${identityClause(column, table)}`,
    'Its sequence starts over, so it is moved behind the highest number that is there.',
  );
}

/** What the clause that makes an identity column cannot say of its sequence. */
export function sequenceSettings(column: Fact, table: Fact): Draft[] {
  const { identitySequence, identityType, type, identityPersistence } = column.attributes;
  const otherType = identityType !== undefined && identityType !== type;
  return [
    ...(otherType
      ? [safe(`ALTER SEQUENCE ${identitySequence} AS ${identityType}`, 'It has given no number yet.')]
      : []),
    ...(identityPersistence === undefined ? [] : [sequencePersistence(column, table)]),
  ];
}

/** Of the sequence behind the column; left out of the fact where it is that of the table. */
export function sequencePersistence({ attributes }: Fact, table: Fact): Draft {
  const unlogged = (attributes.identityPersistence ?? table.attributes.persistence) === 'unlogged';
  const statement = `ALTER SEQUENCE ${attributes.identitySequence} SET ${unlogged ? 'UNLOGGED' : 'LOGGED'}`;
  return safe(statement, 'Numbers go on where they are.');
}

/** Moves a new sequence behind the numbers that the column holds. */
export function continueAfter(sequence: string, column: Fact, table: Fact): Draft {
  const highest = `max(${ownName(column, table)})`;
  return risky(
    `SELECT setval(${quoteLiteral(sequence)}, ${highest}) FROM ${table.id} HAVING ${highest} IS NOT NULL`,
    'Reads the highest number; rows that are inserted meanwhile can be missed.',
  );
}

function renameSequence({ expected, actual }: Change): Outcome {
  const [wanted, found] = [text(expected), text(actual)];
  const moved = `${schemaName(wanted)}.${lastName(found)}`;
  return staged(
    stage.release,
    ...(moved === found ? [] : [risky(`ALTER SEQUENCE ${found} SET SCHEMA ${schemaName(wanted)}`, renamed)]),
    ...(moved === wanted ? [] : [risky(`ALTER SEQUENCE ${moved} RENAME TO ${lastName(wanted)}`, renamed)]),
  );
}
