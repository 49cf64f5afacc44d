// Functions, procedures and aggregates.
import type { AttributeNote, KindNote } from './note.ts';

const routine = {
  arguments: { meaning: 'modes, names, types and defaults of the arguments', as: 'printed' },
  language: { meaning: 'language it is written in' },
  volatility: { meaning: '`immutable`, `stable` or `volatile`' },
  parallel: { meaning: '`safe`, `restricted` or `unsafe`' },
  strict: { meaning: 'boolean: returns null when an argument is null, without being called' },
  securityDefiner: { meaning: 'boolean: runs with the rights of its owner' },
  leakproof: { meaning: 'boolean' },
  cost: { meaning: 'estimated cost of a call' },
  support: { meaning: 'planner support function' },
  configuration: {
    meaning: 'settings made for each call: name to value; `null` for one of applications, which may be a secret',
  },
  transforms: { meaning: 'types for which a transform is applied' },
  body: { meaning: 'source text, or the link symbol of a C function', followsSignature: true },
  sqlBody: { meaning: 'body in standard SQL form (`RETURN`, `BEGIN ATOMIC`)', as: 'printed', followsSignature: true },
  library: { meaning: 'object file of a C function' },
} as const satisfies Record<string, AttributeNote>;

export const routineKinds = {
  function: {
    meaning: 'a function, window functions included',
    parents: ['schema'],
    attributes: {
      ...routine,
      result: { meaning: 'result type, with SETOF or TABLE', as: 'printed', followsSignature: true },
      rows: { meaning: 'estimated rows of a set-returning function' },
      window: { meaning: 'boolean' },
    },
  },
  procedure: { meaning: 'a procedure', parents: ['schema'], attributes: routine },
  aggregate: {
    meaning: 'an aggregate function',
    parents: ['schema'],
    attributes: {
      arguments: routine.arguments,
      form: { meaning: '`normal`, `ordered-set` or `hypothetical-set`' },
      result: { meaning: 'result type', followsSignature: true },
      parallel: routine.parallel,
      transition: { meaning: 'transition function (SFUNC)', as: 'printed', followsSignature: true },
      stateType: { meaning: 'type of the state (STYPE)', followsSignature: true },
      stateSpace: { meaning: 'estimated size of the state in bytes (SSPACE)' },
      initialValue: { meaning: 'initial state (INITCOND)' },
      final: { meaning: 'final function (FINALFUNC)', as: 'printed', followsSignature: true },
      finalExtra: { meaning: 'boolean: FINALFUNC_EXTRA' },
      finalModify: { meaning: 'FINALFUNC_MODIFY: `read_only`, `shareable` or `read_write`' },
      combine: { meaning: 'COMBINEFUNC', as: 'printed', followsSignature: true },
      serialize: { meaning: 'SERIALFUNC', as: 'printed', followsSignature: true },
      deserialize: { meaning: 'DESERIALFUNC', as: 'printed', followsSignature: true },
      movingTransition: { meaning: 'MSFUNC', as: 'printed', followsSignature: true },
      movingInverse: { meaning: 'MINVFUNC', as: 'printed', detailOf: 'movingTransition' },
      movingStateType: { meaning: 'MSTYPE', detailOf: 'movingTransition' },
      movingStateSpace: { meaning: 'MSSPACE', detailOf: 'movingTransition' },
      movingInitialValue: { meaning: 'MINITCOND', detailOf: 'movingTransition' },
      movingFinal: { meaning: 'MFINALFUNC', as: 'printed', detailOf: 'movingTransition' },
      movingFinalExtra: { meaning: 'boolean: MFINALFUNC_EXTRA', detailOf: 'movingTransition' },
      movingFinalModify: { meaning: 'MFINALFUNC_MODIFY', detailOf: 'movingTransition' },
      sortOperator: { meaning: 'SORTOP' },
    },
  },
} as const satisfies Record<string, KindNote>;
