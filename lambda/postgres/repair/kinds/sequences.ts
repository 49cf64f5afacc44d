// Repair of sequences that are not behind identity columns.
import { type Fact, factKey } from '../../fact.ts';
import { mentionedIn } from '../dependencies.ts';
import { destructive, risky, safe, words } from '../draft.ts';
import type { Change, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import { figureClause, figureClauses, figuresOf, type SequenceFigure, sequenceFigures } from '../sequence-options.ts';
import { continueAfter } from './column-identity.ts';
import { outcome, parentOf, storageChanges, text } from './common.ts';

const ownRank = 6;

export const sequence: Repairer<'sequence'> = {
  rank: 1.5,
  canRebuild: false,
  create: createSequence,
  drop: ({ id }) => [destructive(`DROP SEQUENCE ${id}`, 'Loses where it stands.')],
  change: {
    type: changeFigures,
    start: changeFigures,
    increment: changeFigures,
    minimum: changeFigures,
    maximum: changeFigures,
    cache: changeFigures,
    cycle: changeFigures,
    ownedBy: ({ target, expected }) => ({
      ...outcome(
        safe(`ALTER SEQUENCE ${target.id} OWNED BY ${expected ?? 'NONE'}`, 'Counts when that column is dropped.'),
      ),
      needs: expected === null ? [] : [`column ${expected}`],
      isUsedAsBefore: true,
      stage: 1,
    }),
    persistence: storageChanges('SEQUENCE').persistence,
  },
};

/** Its owner may take its default from it, so the sequence comes first and is given to the column afterwards. */
function createSequence(fact: Fact, scene: Scene): Part[] {
  const { type, persistence, ownedBy } = fact.attributes;
  const statement = words(
    'CREATE',
    persistence === 'unlogged' && 'UNLOGGED',
    `SEQUENCE ${fact.id}`,
    type !== 'bigint' && `AS ${type}`,
    ...figureClauses(text(type), figuresOf(fact.attributes)),
  );
  const created: Part = { drafts: [safe(statement, 'Adds a sequence, which starts over.')] };
  if (ownedBy === undefined) return [created];
  const key = `column ${ownedBy}`;
  const column = scene.target.get(key);
  const takes = column && mentionedIn(column.attributes.default ?? null, scene.target).has(factKey(fact));
  const behind =
    column && takes && !scene.isNew(key) ? [continueAfter(fact.id, column, parentOf(column, scene.target))] : [];
  const owned = safe(`ALTER SEQUENCE ${fact.id} OWNED BY ${ownedBy}`, 'Counts when that column is dropped.');
  return [created, { rank: ownRank, needs: [factKey(fact), key], drafts: [owned, ...behind] }];
}

/** One statement, since the type and its limits hold each other. */
function changeFigures({ target, current }: Change): Outcome {
  const [wanted, found] = [figuresOf(target.attributes), figuresOf(current.attributes)];
  const differs = (figure: SequenceFigure): boolean => wanted[figure] !== found[figure];
  const statement = words(
    `ALTER SEQUENCE ${target.id}`,
    target.attributes.type !== current.attributes.type && `AS ${target.attributes.type}`,
    ...sequenceFigures.filter(differs).map((figure) => figureClause(figure, wanted[figure])),
  );
  return outcome(risky(statement, 'Fails when the sequence already stands outside the new limits.'));
}
