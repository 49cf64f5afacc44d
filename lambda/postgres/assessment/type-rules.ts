// The severity table for schemas, extensions, sequences and user-defined types: what other objects are made of.
import { actually, gained, listsLess, listsMore, lost, relabels, typeIs } from './predicates.ts';
import { called, critical, info, type KindRules, type Rules, warning } from './rule.ts';

const unknownToModel: Rules = [info('cosmetic', 'the model does not know it')];
const typeMissing: Rules = [critical('breaks-writes', 'every statement that names it fails')];
const typeRenamed: Rules = [critical('breaks-writes', 'every statement that names it fails', { differs: called })];
const collation: Rules = [warning('integrity', 'sorting, comparing and uniqueness follow other rules')];

export const schema: KindRules<'schema'> = {
  missing: [critical('breaks-reads', 'nothing that belongs in it can exist')],
  unexpected: unknownToModel,
  renamed: [critical('breaks-reads', 'every statement that names something in it fails', { differs: called })],
  changed: {},
};

export const extension: KindRules<'extension'> = {
  missing: [critical('breaks-reads', 'its types, functions and operators do not exist, and what uses them fails')],
  unexpected: unknownToModel,
  changed: {
    version: [warning('breaks-reads', 'functions that only the other version has are missing, or behave differently')],
    schema: [critical('breaks-reads', 'its functions and types are found under another name')],
  },
};

export const extensionDependency: KindRules<'extension dependency'> = {
  missing: [info('cosmetic', 'counts when the extension is dropped: {parent} stays, or stops that')],
  unexpected: [info('cosmetic', 'counts when the extension is dropped: {parent} goes with it')],
  changed: {},
};

export const enumType: KindRules<'enum'> = {
  missing: typeMissing,
  unexpected: unknownToModel,
  renamed: typeRenamed,
  changed: {
    labels: [
      critical('breaks-writes', 'every statement that names it fails', {
        when: relabels,
        differs: 'enum {it} has {added} in the place of {lost}',
      }),
      critical('breaks-writes', 'every insert or update that sets it, and every query that names it, fails', {
        when: listsLess,
        differs: 'enum {it} lacks {lost}',
      }),
      info('integrity', 'rows may hold a value that the application does not know', {
        when: listsMore,
        differs: 'enum {it} has {added} in production only',
      }),
      warning('integrity', 'sorting and comparing give other results', {
        differs: 'enum {it} has its labels in another order',
      }),
    ],
  },
};

export const domain: KindRules<'domain'> = {
  missing: typeMissing,
  unexpected: unknownToModel,
  renamed: typeRenamed,
  changed: {
    type: [
      critical('breaks-writes', 'values that the model allows are refused', { when: typeIs('narrower') }),
      info('integrity', 'values can be stored that the model does not allow', { when: typeIs('wider') }),
      info('cosmetic', 'both types hold the same values', { when: typeIs('equal') }),
      critical('breaks-reads', 'comparing, reading and writing it with the type of the model may fail'),
    ],
    nullable: [
      critical('breaks-writes', 'writes that leave a column of it null fail', {
        when: actually(false),
        differs: 'domain {it} is NOT NULL in production only',
      }),
      warning('integrity', 'nulls get in where the model forbids them', {
        differs: 'domain {it} allows null, the model does not',
      }),
    ],
    notNullName: [info('cosmetic', 'it matters only to statements that name the constraint')],
    default: [
      warning('breaks-writes', 'inserts that leave out a column of it store null, or fail', { when: lost }),
      info('integrity', 'inserts that leave out a column of it store that value', { when: gained }),
      warning('integrity', 'inserts that leave out a column of it store another value'),
    ],
    collation,
  },
};

export const compositeType: KindRules<'composite type'> = {
  missing: typeMissing,
  unexpected: unknownToModel,
  renamed: typeRenamed,
  changed: { attributeOrder: [warning('integrity', 'values written as `(a, b)` land in other attributes')] },
};

export const attribute: KindRules<'attribute'> = {
  missing: [critical('breaks-reads', 'every query that names it fails, and values written as a row do not fit')],
  unexpected: [critical('breaks-writes', 'values that the application writes as a row do not fit {parent}')],
  renamed: [critical('breaks-reads', 'every query that names it fails', { differs: called })],
  changed: {
    type: [critical('breaks-writes', 'values of the model may be refused, or read as something else')],
    collation,
  },
};

const rangeBehaviour: Rules = [warning('integrity', 'equal ranges may differ, and bounds compare in another way')];

export const rangeType: KindRules<'range type'> = {
  missing: typeMissing,
  unexpected: unknownToModel,
  renamed: typeRenamed,
  changed: {
    subtype: [critical('breaks-writes', 'values of the model may be refused, or read as something else')],
    operatorClass: rangeBehaviour,
    collation,
    canonical: rangeBehaviour,
    subtypeDiff: [info('performance', 'GiST indexes on it are built in another way')],
    multirange: [warning('breaks-reads', 'statements that name its multirange type fail')],
  },
};

const reading: Rules = [critical('breaks-reads', 'values are read and written in another way')];
const layout: Rules = [
  critical('integrity', 'values are laid out in another way, and rows of one cannot be read as the other'),
];
const modifiers: Rules = [warning('breaks-writes', 'columns of it cannot be declared with the same modifiers')];

export const baseType: KindRules<'base type'> = {
  missing: typeMissing,
  unexpected: unknownToModel,
  changed: {
    input: reading,
    output: reading,
    receive: [warning('breaks-writes', 'drivers that send it in binary form fail, or send something else')],
    send: [warning('breaks-reads', 'drivers that read it in binary form fail, or get something else')],
    modifierInput: modifiers,
    modifierOutput: modifiers,
    analyze: [info('performance', 'the planner knows its values in another detail')],
    subscript: [critical('breaks-reads', 'expressions that take a part of it fail')],
    length: layout,
    byValue: layout,
    alignment: layout,
    storage: [info('performance', 'rows are the same, how they are stored is not')],
    category: [
      warning('breaks-reads', 'other casts are tried without being asked for, and calls find other functions'),
    ],
    preferred: [
      warning('breaks-reads', 'other casts are tried without being asked for, and calls find other functions'),
    ],
    default: [warning('integrity', 'inserts that leave out a column of it store another value')],
    element: [warning('breaks-reads', 'expressions that take a part of it get another type')],
    delimiter: [warning('breaks-reads', 'arrays of it are written with another character between values')],
    collatable: [warning('integrity', 'sorting and comparing follow other rules')],
  },
};

export const shellType: KindRules<'shell type'> = {
  missing: [warning('breaks-reads', 'functions that name it cannot exist')],
  unexpected: [info('cosmetic', 'it was never finished, and no value can have it')],
  changed: {},
};
