// User-defined types.
import type { KindNote } from './note.ts';

export const typeKinds = {
  enum: {
    meaning: 'an enumerated type',
    parents: ['schema'],
    attributes: { labels: { meaning: 'labels in their order' } },
  },
  domain: {
    meaning: 'a domain; its checks are constraints',
    parents: ['schema'],
    attributes: {
      type: { meaning: 'type it is based on, with modifier', as: 'printed' },
      nullable: { meaning: 'boolean' },
      notNullName: {
        meaning: 'name of its NOT NULL constraint, unless PostgreSQL chose it (`..._not_null`)',
        since: 17,
        detailOf: 'nullable',
      },
      default: { meaning: 'default expression', as: 'printed' },
      collation: { meaning: 'collation, when it is not the one of the type' },
    },
  },
  'composite type': {
    meaning: 'a stand-alone composite type',
    parents: ['schema'],
    attributes: { attributeOrder: { meaning: 'attribute names in their order', as: 'order' } },
  },
  attribute: {
    meaning: 'an attribute of a composite type',
    parents: ['composite type'],
    attributes: {
      type: { meaning: 'type with its modifier', as: 'printed' },
      collation: { meaning: 'collation, when it is not the one of the type' },
    },
  },
  'range type': {
    meaning: 'a range type',
    parents: ['schema'],
    attributes: {
      subtype: { meaning: 'element type', as: 'printed' },
      operatorClass: { meaning: 'operator class of the subtype' },
      collation: { meaning: 'collation, when it is not the one of the subtype' },
      canonical: { meaning: 'canonicalization function' },
      subtypeDiff: { meaning: 'subtype difference function' },
      multirange: { meaning: 'its multirange type', since: 14, as: 'printed' },
    },
  },
  'base type': {
    meaning: 'a type with functions of its own that read and write its values',
    parents: ['schema'],
    attributes: {
      input: { meaning: 'function that reads a value from text' },
      output: { meaning: 'function that writes a value as text' },
      receive: { meaning: 'function that reads a value in binary form' },
      send: { meaning: 'function that writes a value in binary form' },
      modifierInput: { meaning: 'function that reads type modifiers' },
      modifierOutput: { meaning: 'function that writes type modifiers' },
      analyze: { meaning: 'function that gathers statistics' },
      subscript: { meaning: 'function behind `value[n]`', since: 14 },
      length: { meaning: 'bytes, or `variable`' },
      byValue: { meaning: 'boolean: passed by value' },
      alignment: { meaning: '`char`, `int2`, `int4` or `double`' },
      storage: { meaning: '`plain`, `external`, `extended` or `main`' },
      category: { meaning: 'letter that decides which casts are tried' },
      preferred: { meaning: 'boolean: preferred within its category' },
      default: { meaning: 'default value, as text' },
      element: { meaning: 'type of its elements' },
      delimiter: { meaning: 'character between values in the text of an array' },
      collatable: { meaning: 'boolean' },
    },
  },
  'shell type': { meaning: 'a type that is only a name so far', parents: ['schema'], attributes: {} },
} as const satisfies Record<string, KindNote>;
