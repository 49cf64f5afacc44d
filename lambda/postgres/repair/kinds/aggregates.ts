// Repair of aggregate functions.
import type { Fact } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { risky, safe } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import type { Change, Outcome, Repairer } from '../repairer.ts';
import { outcome, recreate, text } from './common.ts';

const signature = 'What it takes and gives only changes by creating it again.';

export const aggregate: Repairer<'aggregate'> = {
  rank: 14,
  canRebuild: true,
  create: (fact) => [{ drafts: [safe(aggregateStatement(fact, 'CREATE'), 'Adds an aggregate function.')] }],
  drop: (fact) => [risky(`DROP AGGREGATE ${aggregateSignature(fact)}`, 'Whatever calls it fails from here on.')],
  change: {
    arguments: recreate(signature),
    form: recreate(signature),
    result: recreate(signature),
    parallel: replace,
    transition: replace,
    stateType: replace,
    stateSpace: replace,
    initialValue: replace,
    final: replace,
    finalExtra: replace,
    finalModify: replace,
    combine: replace,
    serialize: replace,
    deserialize: replace,
    movingTransition: replace,
    movingInverse: replace,
    movingStateType: replace,
    movingStateSpace: replace,
    movingInitialValue: replace,
    movingFinal: replace,
    movingFinalExtra: replace,
    movingFinalModify: replace,
    sortOperator: replace,
  },
};

function replace({ target }: Change): Outcome {
  return outcome(
    risky(aggregateStatement(target, 'CREATE OR REPLACE'), 'Whatever calls it gets the new behaviour at once.'),
  );
}

export function aggregateSignature({ id, attributes }: Fact): string {
  return `${qualifiedName(id)}(${attributes.arguments === '' ? '*' : attributes.arguments})`;
}

function aggregateStatement(fact: Fact, create: string): string {
  const { attributes } = fact;
  const moving = attributes.movingTransition !== undefined;
  const clauses = [
    routineClause('SFUNC', attributes.transition),
    `STYPE = ${attributes.stateType}`,
    Number(attributes.stateSpace ?? 0) !== 0 && `SSPACE = ${Number(attributes.stateSpace)}`,
    routineClause('FINALFUNC', attributes.final),
    attributes.finalExtra === true && 'FINALFUNC_EXTRA',
    attributes.final !== undefined && modifyClause('FINALFUNC_MODIFY', attributes.finalModify, attributes.form),
    routineClause('COMBINEFUNC', attributes.combine),
    routineClause('SERIALFUNC', attributes.serialize),
    routineClause('DESERIALFUNC', attributes.deserialize),
    literalClause('INITCOND', attributes.initialValue),
    routineClause('MSFUNC', attributes.movingTransition),
    routineClause('MINVFUNC', attributes.movingInverse),
    moving && `MSTYPE = ${attributes.movingStateType}`,
    Number(attributes.movingStateSpace ?? 0) !== 0 && `MSSPACE = ${Number(attributes.movingStateSpace)}`,
    routineClause('MFINALFUNC', attributes.movingFinal),
    attributes.movingFinalExtra === true && 'MFINALFUNC_EXTRA',
    attributes.movingFinal !== undefined &&
      modifyClause('MFINALFUNC_MODIFY', attributes.movingFinalModify, attributes.form),
    literalClause('MINITCOND', attributes.movingInitialValue),
    attributes.sortOperator !== undefined && `SORTOP = ${operator(text(attributes.sortOperator))}`,
    attributes.parallel !== 'unsafe' && `PARALLEL = ${text(attributes.parallel).toUpperCase()}`,
    attributes.form === 'hypothetical-set' && 'HYPOTHETICAL',
  ].filter((clause) => typeof clause === 'string');
  return `${create} AGGREGATE ${aggregateSignature(fact)} (\n  ${clauses.join(',\n  ')}\n)`;
}

function routineClause(name: string, routine: unknown): string | false {
  return routine !== undefined && `${name} = ${qualifiedName(text(routine))}`;
}

function literalClause(name: string, value: unknown): string | false {
  return value !== undefined && `${name} = ${quoteLiteral(text(value))}`;
}

/** Left out where it is what the form of the aggregate implies. */
function modifyClause(name: string, value: unknown, form: unknown): string | false {
  const usual = form === 'normal' ? 'read_only' : 'read_write';
  return value !== undefined && value !== usual && `${name} = ${text(value).toUpperCase()}`;
}

/** `public.<(integer,integer)` as an operator that needs no search path. */
function operator(signature: string): string {
  const name = signature.slice(0, signature.indexOf('('));
  return `OPERATOR(${/^["\p{L}_]/u.test(name) ? name : `pg_catalog.${name}`})`;
}
