// What expressions and indexes are made of: operators with their classes and families, casts, languages.
import type { KindNote } from './note.ts';

const members = {
  operators: { meaning: 'strategy number and argument types to operator, `FOR ORDER BY` for one that sorts' },
  functions: { meaning: 'support number and argument types to function' },
} as const;

export const operatorKinds = {
  operator: {
    meaning: 'an operator, named with the types of its arguments; `NONE` for the one a prefix operator lacks',
    parents: ['schema'],
    attributes: {
      function: { meaning: 'function behind it' },
      result: { meaning: 'result type' },
      commutator: { meaning: 'operator that gives the same with swapped arguments' },
      negator: { meaning: 'operator that gives the opposite' },
      restrict: { meaning: 'function that estimates how many rows it selects' },
      join: { meaning: 'function that estimates how many rows it joins' },
      merges: { meaning: 'boolean: joins by it can be merge joins' },
      hashes: { meaning: 'boolean: joins by it can be hash joins' },
    },
  },
  'operator family': {
    meaning: 'a group of operator classes; members whose left type is the type of a class are told by that class',
    parents: ['schema'],
    attributes: members,
  },
  'operator class': {
    meaning: 'how an index method treats a type',
    parents: ['schema'],
    attributes: {
      family: { meaning: 'operator family it belongs to' },
      inputType: { meaning: 'type it is for' },
      storageType: { meaning: 'type of what is stored in the index, when it is another' },
      default: { meaning: 'boolean: indexes on that type use it when none is named' },
      ...members,
    },
  },
  cast: {
    meaning: 'a conversion from one type to another',
    parents: [],
    attributes: {
      method: { meaning: 'function that converts, `inout` or `binary`' },
      context: { meaning: '`implicit`, `assignment` or `explicit`: where it is applied without being asked for' },
    },
  },
  transform: {
    meaning: 'how values of a type are handed to a procedural language',
    parents: [],
    attributes: {
      fromSql: { meaning: 'function that hands a value to the language' },
      toSql: { meaning: 'function that takes a value from it' },
    },
  },
  language: {
    meaning: 'a procedural language',
    parents: [],
    attributes: {
      trusted: { meaning: 'boolean: roles that are no superusers can write functions in it' },
      handler: { meaning: 'function that runs its functions' },
      inline: { meaning: 'function that runs DO blocks' },
      validator: { meaning: 'function that checks new functions' },
    },
  },
  'access method': {
    meaning: 'a way to store tables or to build indexes',
    parents: [],
    attributes: {
      type: { meaning: '`table` or `index`' },
      handler: { meaning: 'its handler function' },
    },
  },
} as const satisfies Record<string, KindNote>;
