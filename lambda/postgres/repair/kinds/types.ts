// Repair of enums, domains and composite types with their attributes.
import { type Relabelled, relabelled } from '../../enum-labels.ts';
import { type Fact, type FactKey, factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { mentionedIn } from '../dependencies.ts';
import { type Draft, destructive, outsideTransaction, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Change, Outcome, Repairer, Scene } from '../repairer.ts';
import { isSameFamily } from './column-type.ts';
import { listOf, none, outcome, parentOf, recreate, text } from './common.ts';
import { constraintClause, isInline } from './constraint-clause.ts';
import { movedAttributes, rankByPlace } from './moved-parts.ts';

const rank = 2;
const adds = 'Adds a type only.';
const refusedWhileUsed = 'Refused while anything uses it.';
const unused = 'Only a type that nothing uses can be dropped and created again.';

export const enumType: Repairer<'enum'> = {
  rank,
  canRebuild: false,
  create: ({ id, attributes }) => [
    { drafts: [safe(`CREATE TYPE ${id} AS ENUM (${listOf(attributes.labels).map(quoteLiteral).join(', ')})`, adds)] },
  ],
  drop: ({ id }) => [risky(`DROP TYPE ${id}`, refusedWhileUsed)],
  change: { labels: changeLabels },
};

function changeLabels({ target, expected, actual }: Change): Outcome {
  const wanted = listOf(expected);
  const found = listOf(actual);
  const renamed = relabelled(wanted, found);
  if (renamed) return { drafts: renamed.map((one) => renameLabel(target, one)) };
  const kept = found.filter((label) => wanted.includes(label));
  const drafts: Draft[] = [];
  const inOrder = wanted.filter((label) => found.includes(label));
  for (const [place, label] of wanted.entries()) {
    if (!found.includes(label)) drafts.push(addLabel(target, label, wanted, place, found[0]));
  }
  const remaining = [
    ...(kept.length < found.length
      ? [
          `PostgreSQL cannot remove ${found
            .filter((label) => !wanted.includes(label))
            .map(quoteLiteral)
            .join(', ')}`,
        ]
      : []),
    ...(kept.join('\n') === inOrder.join('\n') ? [] : ['PostgreSQL cannot move the labels of an enum']),
  ];
  if (remaining.length === 0) return { drafts };
  return { drafts, none: `${remaining.join(', and ')}: create a new type and change each column to it.` };
}

function renameLabel({ id }: Fact, { label, called }: Relabelled): Draft {
  return risky(
    `ALTER TYPE ${id} RENAME VALUE ${quoteLiteral(called)} TO ${quoteLiteral(label)}`,
    'Takes it for the same label under another name: rows that hold the one hold the other then, and what names it fails.',
  );
}

/** After the label before it, which is there by then; the first one before what production starts with. */
function addLabel({ id }: Fact, label: string, wanted: string[], place: number, first: string | undefined): Draft {
  const before = wanted[place - 1];
  const position =
    before !== undefined ? `AFTER ${quoteLiteral(before)}` : first === undefined ? '' : `BEFORE ${quoteLiteral(first)}`;
  return outsideTransaction(
    safe(
      words(`ALTER TYPE ${id} ADD VALUE ${quoteLiteral(label)}`, position),
      'Adds a label only; it cannot be used in the transaction that adds it, nor removed later.',
    ),
  );
}

export const domain: Repairer<'domain'> = {
  rank,
  canRebuild: false,
  create: (fact, scene) => {
    const { type, collation, default: value, nullable, notNullName } = fact.attributes;
    const checks = scene.target
      .childrenOf(factKey(fact))
      .filter((check) => isInline(check, fact))
      .map((check) => constraintClause(check, fact));
    const clauses = words(
      `CREATE DOMAIN ${fact.id} AS ${type}`,
      collation !== undefined && `COLLATE ${collation}`,
      value !== undefined && `DEFAULT ${value}`,
      notNullName !== undefined && `CONSTRAINT ${notNullName}`,
      nullable === false && 'NOT NULL',
      ...checks,
    );
    return [{ drafts: [safe(clauses, adds)] }];
  },
  drop: ({ id }) => [risky(`DROP DOMAIN ${id}`, refusedWhileUsed)],
  change: {
    type: recreate(unused),
    collation: recreate(unused),
    nullable: ({ target, expected }, scene) => {
      if (expected === true)
        return outcome(safe(`ALTER DOMAIN ${target.id} DROP NOT NULL`, 'Allows more than before.'));
      return (
        insideOthers(target, scene) ??
        outcome(
          risky(
            `ALTER DOMAIN ${target.id} SET NOT NULL`,
            'Reads every column of that type, and fails where one holds null.',
          ),
        )
      );
    },
    notNullName: ({ target, expected, actual }) =>
      expected === null || actual === null
        ? { none: 'The name that PostgreSQL chose for it is not among the facts.' }
        : outcome(
            safe(`ALTER DOMAIN ${target.id} RENAME CONSTRAINT ${actual} TO ${expected}`, 'Values stay as they are.'),
          ),
    default: ({ target, current, expected }) =>
      target.attributes.type !== current.attributes.type
        ? { with: factKey(target) }
        : expected === null
          ? outcome(safe(`ALTER DOMAIN ${target.id} DROP DEFAULT`, 'Existing values stay.'))
          : outcome(safe(`ALTER DOMAIN ${target.id} SET DEFAULT ${expected}`, 'Existing values stay.')),
  },
};

/** PostgreSQL cannot check values that are inside others. */
export function insideOthers(domain: Fact, scene: Scene): { none: string } | undefined {
  if (domain.kind !== 'domain') return undefined;
  const column = storedIn(factKey(domain), scene, false);
  return (
    column && {
      none: `The column ${column.id} holds values of the domain inside others, which PostgreSQL cannot check.`,
    }
  );
}

export const compositeType: Repairer<'composite type'> = {
  rank,
  canRebuild: false,
  create: (fact, scene) => {
    const parts = scene.target.childrenOf(factKey(fact));
    const order = listOf(fact.attributes.attributeOrder);
    const attributes = parts.toSorted((a, b) => order.indexOf(ownName(a, fact)) - order.indexOf(ownName(b, fact)));
    return [
      {
        drafts: [
          safe(`CREATE TYPE ${fact.id} AS (${attributes.map((part) => attributeClause(part, fact)).join(', ')})`, adds),
        ],
      },
    ];
  },
  drop: ({ id }) => [risky(`DROP TYPE ${id}`, refusedWhileUsed)],
  change: {
    attributeOrder: none(
      'The order of attributes only changes by creating the type again: move what uses it to a new one.',
    ),
  },
};

function attributeClause(part: Fact, type: Fact): string {
  const { type: attributeType, collation } = part.attributes;
  return words(ownName(part, type), text(attributeType), collation !== undefined && `COLLATE ${collation}`);
}

const changeAttribute = ({ target, current }: Change, scene: Scene): Outcome => {
  const type = parentOf(target, scene.target);
  const user = storedIn(factKey(type), scene);
  if (user) return { none: `The ${user.kind} ${user.id} holds values of that type: move it to a new type.` };
  const { type: wanted, collation } = target.attributes;
  if (cascade(type, scene) !== '' && !isSameFamily(text(current.attributes.type), text(wanted))) {
    return { none: 'Tables are made of that type, and PostgreSQL does not convert what they hold by itself.' };
  }
  const statement = words(
    `ALTER TYPE ${type.id} ALTER ATTRIBUTE ${ownName(target, type)} TYPE ${wanted}`,
    collation !== undefined && `COLLATE ${collation}`,
    cascade(type, scene),
  );
  return outcome(risky(statement, 'Changes the columns of the tables that are made of that type as well.'));
};

/** Tables that are made of the type change with it, and only then can it change. */
function cascade({ id }: Fact, { current }: Scene): string {
  const typed = [...current.facts()].some(({ kind, attributes }) => kind === 'table' && attributes.ofType === id);
  return typed ? 'CASCADE' : '';
}

/**
 * A column of a table that holds values of the type, by itself or inside another type.
 * @param plain counts a column of that very type
 */
function storedIn(key: FactKey, scene: Scene, plain = true, seen = new Set<FactKey>()): Fact | undefined {
  if (seen.has(key)) return undefined;
  seen.add(key);
  for (const fact of scene.current.facts()) {
    const type = fact.attributes.type ?? fact.attributes.subtype;
    if (type === undefined || !mentionedIn(type, scene.current).has(key)) continue;
    if (fact.kind === 'column' && !fact.parent?.startsWith('view ')) {
      if (plain || key !== `domain ${type}`) return fact;
      continue;
    }
    const outer = fact.kind === 'attribute' ? fact.parent : factKey(fact);
    const found = outer === undefined ? undefined : storedIn(outer, scene, true, seen);
    if (found) return found;
  }
  return undefined;
}

export const attribute: Repairer<'attribute'> = {
  rank,
  canRebuild: false,
  create: (fact, scene) => {
    const type = parentOf(fact, scene.target);
    if (scene.isNew(factKey(type))) return [];
    const statement = words(`ALTER TYPE ${type.id} ADD ATTRIBUTE ${attributeClause(fact, type)}`, cascade(type, scene));
    return [
      {
        drafts: [risky(statement, 'Values written as a row need one more value; stored ones have null in it.')],
        rank: rankByPlace(rank, fact, type, 'attributeOrder'),
        leaves: movedAttributes(fact, type, scene),
      },
    ];
  },
  drop: (fact, scene) => {
    const type = parentOf(fact, scene.current);
    return [
      destructive(
        words(`ALTER TYPE ${type.id} DROP ATTRIBUTE ${ownName(fact, type)}`, cascade(type, scene)),
        'Loses what stored values hold in it.',
      ),
    ];
  },
  change: { type: changeAttribute, collation: changeAttribute },
};
