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
} as const satisfies Record<string, KindNote>;
