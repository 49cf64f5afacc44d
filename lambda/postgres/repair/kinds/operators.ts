// Repair of operators with their classes and families, and of casts and transforms.
import { risky, safe, words } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import type { Repairer } from '../repairer.ts';
import { none, outcome, recreate, text } from './common.ts';

const redefined = 'This only changes by creating it again.';
const refusedWhileUsed = 'Refused while anything uses it.';
const membersInParts = 'Its members are written in several statements: take them from its migration.';

/** `public.=` of `public.=(integer, integer)`. */
const nameOf = (operator: unknown): string => qualifiedName(text(operator));

export const operator: Repairer<'operator'> = {
  rank: 14,
  canRebuild: false,
  create: ({ id, attributes }) => {
    const { commutator, negator, restrict, join, merges, hashes } = attributes;
    const [left, right] = argumentsOf(id);
    const clauses = [
      `FUNCTION = ${nameOf(attributes.function)}`,
      left !== 'NONE' && `LEFTARG = ${left}`,
      `RIGHTARG = ${right}`,
      commutator !== undefined && `COMMUTATOR = OPERATOR(${nameOf(commutator)})`,
      negator !== undefined && `NEGATOR = OPERATOR(${nameOf(negator)})`,
      restrict !== undefined && `RESTRICT = ${nameOf(restrict)}`,
      join !== undefined && `JOIN = ${nameOf(join)}`,
      merges === true && 'MERGES',
      hashes === true && 'HASHES',
    ].filter((clause) => clause !== false);
    return [{ drafts: [safe(`CREATE OPERATOR ${nameOf(id)} (${clauses.join(', ')})`, 'Adds an operator.')] }];
  },
  drop: ({ id }) => [
    risky(`DROP OPERATOR ${id}`, 'Whatever uses it fails from here on; refused while an object does.'),
  ],
  change: {
    function: recreate(redefined),
    result: recreate(redefined),
    commutator: none('Links between operators are set when they are created: create both again.'),
    negator: none('Links between operators are set when they are created: create both again.'),
    restrict: ({ target, expected }) => outcome(setOf(target.id, 'RESTRICT', expected)),
    join: ({ target, expected }) => outcome(setOf(target.id, 'JOIN', expected)),
    merges: recreate(redefined),
    hashes: recreate(redefined),
  },
};

function setOf(id: string, what: string, value: unknown) {
  const estimator = value === null ? 'NONE' : nameOf(value);
  return safe(`ALTER OPERATOR ${id} SET (${what} = ${estimator})`, 'The planner estimates in another way.');
}

/** The last parentheses of an id hold two types, whose own modifiers and names may have commas. */
function argumentsOf(id: string): [string, string] {
  const inside = id.slice(nameOf(id).length + 1, -1);
  const comma = /^(?:"(?:[^"]|"")*"|[^",])*/.exec(inside)?.[0].length ?? 0;
  return [inside.slice(0, comma), inside.slice(comma + 2)];
}

export const operatorFamily: Repairer<'operator family'> = {
  rank: 14,
  canRebuild: false,
  create: ({ id, attributes }) =>
    attributes.operators === undefined && attributes.functions === undefined
      ? [{ drafts: [safe(`CREATE OPERATOR FAMILY ${id}`, 'Adds an empty operator family.')] }]
      : { none: membersInParts },
  drop: ({ id }) => [risky(`DROP OPERATOR FAMILY ${id}`, refusedWhileUsed)],
  change: { operators: none(membersInParts), functions: none(membersInParts) },
};

export const operatorClass: Repairer<'operator class'> = {
  rank: 14,
  canRebuild: false,
  create: () => ({ none: membersInParts }),
  drop: ({ id }) => [risky(`DROP OPERATOR CLASS ${id}`, refusedWhileUsed)],
  change: {
    family: none(membersInParts),
    inputType: none(membersInParts),
    storageType: none(membersInParts),
    default: none(membersInParts),
    operators: none(membersInParts),
    functions: none(membersInParts),
  },
};

export const cast: Repairer<'cast'> = {
  rank: 14,
  canRebuild: true,
  create: ({ id, attributes }) => {
    const how = { inout: 'WITH INOUT', binary: 'WITHOUT FUNCTION' }[text(attributes.method)];
    const statement = words(
      `CREATE CAST ${id}`,
      how ?? `WITH FUNCTION ${attributes.method}`,
      attributes.context !== 'explicit' && `AS ${text(attributes.context).toUpperCase()}`,
    );
    return [{ drafts: [risky(statement, 'Statements that failed convert from here on, or find another function.')] }];
  },
  drop: ({ id }) => [risky(`DROP CAST ${id}`, 'Statements that rely on it fail from here on.')],
  change: { method: recreate(redefined), context: recreate(redefined) },
};

export const transform: Repairer<'transform'> = {
  rank: 14,
  canRebuild: false,
  create: ({ id, attributes: { fromSql, toSql } }) => {
    const functions = [
      ...(fromSql === undefined ? [] : [`FROM SQL WITH FUNCTION ${fromSql}`]),
      ...(toSql === undefined ? [] : [`TO SQL WITH FUNCTION ${toSql}`]),
    ].join(', ');
    return [{ drafts: [safe(`CREATE TRANSFORM ${id} (${functions})`, 'Counts for functions that name it.')] }];
  },
  drop: ({ id }) => [risky(`DROP TRANSFORM ${id}`, refusedWhileUsed)],
  change: { fromSql: recreate(redefined), toSql: recreate(redefined) },
};
