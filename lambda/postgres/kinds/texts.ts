// How texts are compared, converted and searched.
import type { KindNote } from './note.ts';

export const textKinds = {
  collation: {
    meaning: 'a collation; the version of the library behind it is no fact',
    parents: ['schema'],
    attributes: {
      provider: { meaning: '`libc`, `icu` or `builtin`' },
      locale: { meaning: 'locale that sorts' },
      characterType: { meaning: 'locale that classifies characters, when it is another' },
      deterministic: { meaning: 'boolean: `false` when different texts can be equal' },
      rules: { meaning: 'additional ICU rules', since: 16 },
    },
  },
  conversion: {
    meaning: 'a conversion between encodings',
    parents: ['schema'],
    attributes: {
      from: { meaning: 'encoding it reads' },
      to: { meaning: 'encoding it gives' },
      function: { meaning: 'function that converts' },
      default: { meaning: 'boolean: used between these encodings without being named' },
    },
  },
  'text search configuration': {
    meaning: 'how documents are broken into words',
    parents: ['schema'],
    attributes: {
      parser: { meaning: 'parser that finds the tokens' },
      mappings: { meaning: 'kind of token to dictionaries, in the order they are asked' },
    },
  },
  'text search dictionary': {
    meaning: 'how words are reduced or left out',
    parents: ['schema'],
    attributes: {
      template: { meaning: 'template it is made from' },
      options: { meaning: 'its options, as SQL' },
    },
  },
  'text search parser': {
    meaning: 'what splits a document into tokens',
    parents: ['schema'],
    attributes: {
      start: { meaning: 'function START' },
      nextToken: { meaning: 'function GETTOKEN' },
      end: { meaning: 'function END' },
      tokenTypes: { meaning: 'function LEXTYPES' },
      headline: { meaning: 'function HEADLINE' },
    },
  },
  'text search template': {
    meaning: 'the functions behind dictionaries',
    parents: ['schema'],
    attributes: {
      init: { meaning: 'function INIT' },
      lexize: { meaning: 'function LEXIZE' },
    },
  },
} as const satisfies Record<string, KindNote>;
