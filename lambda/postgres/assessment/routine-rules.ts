// The severity table for functions, procedures and aggregates: what statements call.
import { actually, both, losesOption } from './predicates.ts';
import { called, critical, info, type KindRules, type Rules, warning } from './rule.ts';
import { takesMore, takesOthers } from './signature.ts';

const missing: Rules = [critical('breaks-reads', 'every statement that calls it fails')];
const renamed: Rules = [critical('breaks-reads', 'every statement that calls it fails', { differs: called })];
const unexpected: Rules = [
  info('cosmetic', 'the model does not know it; calls with other arguments may find it first'),
];
const takes = '{noun} takes ({actual}) in production';
const planning: Rules = [info('performance', 'the planner estimates with other figures, and may choose slower plans')];
const computing: Rules = [warning('integrity', 'it computes something else than the model intends')];
const parallel: Rules = [
  warning('integrity', 'parallel workers run what the model keeps out of them', { when: actually('safe') }),
  info('performance', 'parallel plans use it in another way'),
];

const routine = {
  arguments: [
    warning('breaks-reads', 'calls that pass what the model does find it, and it may do something else', {
      when: both(takesOthers, takesMore),
      differs: takes,
    }),
    critical('breaks-reads', 'calls that pass what the model does fail, or find something else', {
      when: takesOthers,
      differs: takes,
    }),
    warning('breaks-reads', 'calls that name arguments or leave them to their defaults fail or differ'),
  ],
  language: computing,
  volatility: [
    warning('integrity', 'results may be kept although they change', { when: actually('immutable') }),
    warning('performance', 'it is called more often, and indexes cannot use it', { when: actually('volatile') }),
    warning('integrity', 'results are kept for another time than the model intends'),
  ],
  parallel,
  strict: [warning('integrity', 'a null argument gives another result')],
  securityDefiner: [
    critical('security', 'callers act with the rights of its owner', {
      when: actually(true),
      differs: '{it} is SECURITY DEFINER, the model says SECURITY INVOKER',
    }),
    critical('breaks-reads', 'callers lack the rights that its owner has', {
      differs: '{it} is SECURITY INVOKER, the model says SECURITY DEFINER',
    }),
  ],
  leakproof: [
    critical('security', 'it may be called on rows that policies and security-barrier views hide', {
      when: actually(true),
    }),
    info('performance', 'conditions that call it are checked later'),
  ],
  cost: planning,
  support: planning,
  configuration: [
    warning('security', 'whoever may create objects can decide what it finds by name', {
      when: losesOption('search_path'),
      differs: '{it} runs without the search_path that the model fixes',
    }),
    warning('integrity', 'it runs under other settings than the model intends'),
  ],
  transforms: computing,
  body: computing,
  sqlBody: computing,
  library: [warning('integrity', 'its code comes from another file')],
} as const satisfies KindRules<'procedure'>['changed'];

export const procedure: KindRules<'procedure'> = { missing, unexpected, renamed, changed: routine };

export const functionKind: KindRules<'function'> = {
  missing,
  unexpected,
  renamed,
  changed: {
    ...routine,
    result: [critical('breaks-reads', 'callers get values of another type')],
    rows: planning,
    window: [critical('breaks-reads', 'it can no longer be called in the same way')],
  },
};

export const aggregate: KindRules<'aggregate'> = {
  missing,
  unexpected,
  renamed,
  changed: {
    arguments: routine.arguments,
    form: [critical('breaks-reads', 'it can no longer be called in the same way')],
    result: [critical('breaks-reads', 'callers get values of another type')],
    parallel,
    transition: computing,
    stateType: computing,
    stateSpace: planning,
    initialValue: computing,
    final: computing,
    finalExtra: computing,
    finalModify: planning,
    combine: [info('performance', 'partial results are put together in another way, or not in parallel')],
    serialize: planning,
    deserialize: planning,
    movingTransition: computing,
    movingInverse: computing,
    movingStateType: computing,
    movingStateSpace: planning,
    movingInitialValue: computing,
    movingFinal: computing,
    movingFinalExtra: computing,
    movingFinalModify: planning,
    sortOperator: [info('performance', 'an index no longer answers it in the same way')],
  },
};
