// The severity table for collations, conversions and text search: how texts are compared, converted and searched.
import { actually } from './predicates.ts';
import { critical, info, type KindRules, type Rules, warning } from './rule.ts';

const unknownToModel: Rules = [info('cosmetic', 'the model does not know it')];
const sorting: Rules = [critical('integrity', 'texts sort and compare otherwise, in indexes and unique keys too')];

export const collation: KindRules<'collation'> = {
  missing: [critical('breaks-reads', 'every statement that names it fails')],
  unexpected: unknownToModel,
  changed: {
    provider: sorting,
    locale: sorting,
    characterType: [warning('integrity', 'upper and lower case and classes of characters follow other rules')],
    deterministic: [
      critical('integrity', 'texts that the model tells apart count as equal', {
        when: actually(false),
        differs: 'collation {it} is not deterministic in production',
      }),
      critical('integrity', 'texts that the model takes for equal are told apart, and duplicates get in', {
        differs: 'collation {it} is deterministic in production',
      }),
    ],
    rules: sorting,
  },
};

const converting: Rules = [
  warning('breaks-reads', 'texts of that encoding are converted in another way, or not at all'),
];

export const conversion: KindRules<'conversion'> = {
  missing: converting,
  unexpected: converting,
  changed: { from: converting, to: converting, function: converting, default: converting },
};

const finding: Rules = [
  warning('breaks-reads', 'searches find other rows, and indexes hold other words than queries ask for'),
];

export const textSearchConfiguration: KindRules<'text search configuration'> = {
  missing: [critical('breaks-reads', 'every search that names it fails')],
  unexpected: unknownToModel,
  changed: { parser: finding, mappings: finding },
};

export const textSearchDictionary: KindRules<'text search dictionary'> = {
  missing: [critical('breaks-reads', 'searches cannot reduce words by it')],
  unexpected: unknownToModel,
  changed: { template: finding, options: finding },
};

export const textSearchParser: KindRules<'text search parser'> = {
  missing: [critical('breaks-reads', 'configurations that use it cannot exist')],
  unexpected: unknownToModel,
  changed: {
    start: finding,
    nextToken: finding,
    end: finding,
    tokenTypes: finding,
    headline: [warning('breaks-reads', 'excerpts of search results look different')],
  },
};

export const textSearchTemplate: KindRules<'text search template'> = {
  missing: [critical('breaks-reads', 'dictionaries that are made from it cannot exist')],
  unexpected: unknownToModel,
  changed: { init: finding, lexize: finding },
};
