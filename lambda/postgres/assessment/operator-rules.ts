// The severity table for operators with their classes and families, casts, transforms, languages and access methods.
import { actually, gained, lost } from './predicates.ts';
import { critical, info, type KindRules, type Rules, warning } from './rule.ts';

const unknownToModel: Rules = [info('cosmetic', 'the model does not know it')];
const computing: Rules = [critical('integrity', 'it gives other results than the model intends')];
const planning: Rules = [info('performance', 'the planner works with other figures')];

export const operator: KindRules<'operator'> = {
  missing: [critical('breaks-reads', 'every query that uses it fails')],
  unexpected: unknownToModel,
  changed: {
    function: computing,
    result: [critical('breaks-reads', 'queries that use it get values of another type')],
    commutator: [
      warning('performance', 'conditions written the other way round cannot use an index, or give other rows'),
    ],
    negator: [warning('performance', 'the planner turns NOT around in another way, or not at all')],
    restrict: planning,
    join: planning,
    merges: [warning('performance', 'joins by it are planned in another way')],
    hashes: [warning('performance', 'joins by it are planned in another way')],
  },
};

const members: Rules = [critical('integrity', 'indexes that use it find and guard other rows than the model intends')];

export const operatorFamily: KindRules<'operator family'> = {
  missing: [critical('performance', 'indexes that use its classes cannot exist')],
  unexpected: unknownToModel,
  changed: {
    operators: [
      warning('performance', 'conditions between those types cannot use an index', { when: lost }),
      info('performance', 'conditions between those types can use an index', { when: gained }),
      warning('performance', 'indexes answer conditions between different types in another way'),
    ],
    functions: [warning('performance', 'indexes compare values of different types in another way, or not at all')],
  },
};

export const operatorClass: KindRules<'operator class'> = {
  missing: [critical('performance', 'indexes that use it cannot exist')],
  unexpected: unknownToModel,
  changed: {
    family: [warning('performance', 'indexes of it are compared with others in another way')],
    inputType: [critical('integrity', 'it is for values of another type')],
    storageType: [critical('integrity', 'indexes that use it hold other values')],
    default: [
      warning('breaks-writes', 'new indexes, unique keys and sorting of that type fail or use another one', {
        when: actually(false),
        differs: 'operator class {it} is not the default one in production',
      }),
      info('performance', 'new indexes use it without naming it'),
    ],
    operators: members,
    functions: members,
  },
};

export const cast: KindRules<'cast'> = {
  missing: [critical('breaks-reads', 'statements that rely on it fail')],
  unexpected: [warning('integrity', 'statements that fail in the model convert values, or find another function')],
  changed: {
    method: computing,
    context: [
      critical('breaks-writes', 'statements that leave the conversion to PostgreSQL fail', {
        when: actually('explicit'),
        differs: 'cast {it} has to be written out in production',
      }),
      warning('integrity', 'values are converted without being asked for, and calls may find another function', {
        when: actually('implicit'),
        differs: 'cast {it} is implicit in production',
      }),
      warning('breaks-reads', 'only inserts and updates convert without being asked, expressions fail or convert'),
    ],
  },
};

export const transform: KindRules<'transform'> = {
  missing: [critical('breaks-reads', 'functions that name it fail')],
  unexpected: unknownToModel,
  changed: { fromSql: computing, toSql: computing },
};

export const language: KindRules<'language'> = {
  missing: [critical('breaks-reads', 'functions written in it cannot exist')],
  unexpected: [warning('security', 'functions can be written in it that the model does not allow')],
  changed: {
    trusted: [
      critical('security', 'every role that may use it can write functions in it', {
        when: actually(true),
        differs: 'language {it} is trusted in production',
      }),
      warning('breaks-writes', 'only superusers can write functions in it', {
        differs: 'language {it} is not trusted in production',
      }),
    ],
    handler: [critical('breaks-reads', 'functions written in it run in another way, or not at all')],
    inline: [warning('breaks-writes', 'DO blocks in it fail or run in another way')],
    validator: [info('integrity', 'new functions are checked in another way')],
  },
};

export const accessMethod: KindRules<'access method'> = {
  missing: [critical('breaks-reads', 'tables and indexes that use it cannot exist')],
  unexpected: unknownToModel,
  changed: {
    type: [critical('breaks-reads', 'it is for something else')],
    handler: [critical('integrity', 'what uses it is stored and read in another way')],
  },
};
