// Repair of collations, conversions and text search objects.
import { quoteLiteral } from '../../literal.ts';
import { type Draft, risky, safe, words } from '../draft.ts';
import { label, qualifiedName, quoteIdentifier } from '../identifier.ts';
import type { Changer, Repairer } from '../repairer.ts';
import { listOf, none, outcome, recreate, text } from './common.ts';

const adds = 'Adds an object that nothing uses yet.';
const refusedWhileUsed = 'Refused while anything uses it.';
const inUse = none('This only changes by creating it again, and what uses it has to be built anew then.');
const searches =
  'Searches find other rows; what was stored or indexed before keeps the old words until it is built anew.';

export const collation: Repairer<'collation'> = {
  rank: 1.4,
  canRebuild: false,
  create: ({ id, attributes: { provider, locale, characterType, deterministic, rules } }) => {
    const places =
      characterType === undefined
        ? [`locale = ${quoteLiteral(text(locale))}`]
        : [`lc_collate = ${quoteLiteral(text(locale))}`, `lc_ctype = ${quoteLiteral(text(characterType))}`];
    const clauses = [
      `provider = ${provider}`,
      ...places,
      ...(deterministic === false ? ['deterministic = false'] : []),
      ...(rules === undefined ? [] : [`rules = ${quoteLiteral(text(rules))}`]),
    ];
    return [{ drafts: [safe(`CREATE COLLATION ${id} (${clauses.join(', ')})`, adds)] }];
  },
  drop: ({ id }) => [risky(`DROP COLLATION ${id}`, refusedWhileUsed)],
  change: { provider: inUse, locale: inUse, characterType: inUse, deterministic: inUse, rules: inUse },
};

const redefined = recreate('This only changes by creating it again.');

export const conversion: Repairer<'conversion'> = {
  rank: 14,
  canRebuild: true,
  create: ({ id, attributes }) => {
    const { from, to, default: isDefault } = attributes;
    const statement = words(
      `CREATE ${isDefault === true ? 'DEFAULT ' : ''}CONVERSION ${id}`,
      `FOR ${quoteLiteral(text(from))} TO ${quoteLiteral(text(to))} FROM ${attributes.function}`,
    );
    return [{ drafts: [safe(statement, 'Counts for texts of that encoding from here on.')] }];
  },
  drop: ({ id }) => [
    risky(`DROP CONVERSION ${id}`, 'Texts of that encoding are converted in another way, or not at all.'),
  ],
  change: { from: redefined, to: redefined, function: redefined, default: redefined },
};

export const textSearchConfiguration: Repairer<'text search configuration'> = {
  rank: 14,
  canRebuild: false,
  create: ({ id, attributes: { parser, mappings } }) => [
    {
      drafts: [
        safe(`CREATE TEXT SEARCH CONFIGURATION ${id} (PARSER = ${parser})`, adds),
        ...Object.entries(mappingsOf(mappings)).map(([token, dictionaries]) =>
          safe(mapping(id, 'ADD', token, dictionaries), adds),
        ),
      ],
    },
  ],
  drop: ({ id }) => [risky(`DROP TEXT SEARCH CONFIGURATION ${id}`, refusedWhileUsed)],
  change: {
    parser: inUse,
    mappings: ({ target, expected, actual }) => {
      const [wanted, found] = [mappingsOf(expected), mappingsOf(actual)];
      return outcome(
        ...Object.keys(found)
          .filter((token) => !(token in wanted))
          .map((token) => risky(mapping(target.id, 'DROP', token), searches)),
        ...Object.entries(wanted).flatMap(([token, dictionaries]): Draft[] => {
          const before = found[token];
          if (before?.join() === dictionaries.join()) return [];
          return [risky(mapping(target.id, before ? 'ALTER' : 'ADD', token, dictionaries), searches)];
        }),
      );
    },
  },
};

function mappingsOf(value: unknown): Record<string, string[]> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([token, dictionaries]) => [token, listOf(dictionaries)]));
}

function mapping(id: string, verb: 'ADD' | 'ALTER' | 'DROP', token: string, dictionaries: string[] = []): string {
  return words(
    `ALTER TEXT SEARCH CONFIGURATION ${id} ${verb} MAPPING FOR ${quoteIdentifier(token)}`,
    dictionaries.length > 0 && `WITH ${dictionaries.join(', ')}`,
  );
}

export const textSearchDictionary: Repairer<'text search dictionary'> = {
  rank: 13.9,
  canRebuild: false,
  create: ({ id, attributes: { template, options } }) => {
    const clauses = [`TEMPLATE = ${template}`, ...(options === undefined ? [] : [text(options)])];
    return [{ drafts: [safe(`CREATE TEXT SEARCH DICTIONARY ${id} (${clauses.join(', ')})`, adds)] }];
  },
  drop: ({ id }) => [risky(`DROP TEXT SEARCH DICTIONARY ${id}`, refusedWhileUsed)],
  change: {
    template: inUse,
    options: ({ target, expected, actual }) => {
      const wanted = optionNames(expected);
      const gone = optionNames(actual).filter((name) => !wanted.includes(name));
      const clauses = [...(expected === null ? [] : [text(expected)]), ...gone];
      return outcome(risky(`ALTER TEXT SEARCH DICTIONARY ${target.id} (${clauses.join(', ')})`, searches));
    },
  },
};

/** The names in `language = 'english', stopwords = 'english'`. */
function optionNames(options: unknown): string[] {
  return [
    ...(typeof options === 'string' ? options : '').matchAll(
      /("(?:[^"]|"")*"|\w+) = (?:E?'(?:[^'\\]|''|\\.)*'|[\w.-]+)/g,
    ),
  ].map(([, name]) => name ?? '');
}

/** `START = f, GETTOKEN = g`. */
function functionClauses(
  words: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(words)
    .filter(([name]) => attributes[name] !== undefined)
    .map(([name, word]) => `${label(word.toLowerCase())} = ${qualifiedName(text(attributes[name]))}`)
    .join(', ');
}

const parserFunctions = {
  start: 'START',
  nextToken: 'GETTOKEN',
  end: 'END',
  tokenTypes: 'LEXTYPES',
  headline: 'HEADLINE',
};

export const textSearchParser: Repairer<'text search parser'> = {
  rank: 13.8,
  canRebuild: false,
  create: ({ id, attributes }) => [
    { drafts: [safe(`CREATE TEXT SEARCH PARSER ${id} (${functionClauses(parserFunctions, attributes)})`, adds)] },
  ],
  drop: ({ id }) => [risky(`DROP TEXT SEARCH PARSER ${id}`, refusedWhileUsed)],
  change: { start: inUse, nextToken: inUse, end: inUse, tokenTypes: inUse, headline: inUse } satisfies Record<
    string,
    Changer
  >,
};

export const textSearchTemplate: Repairer<'text search template'> = {
  rank: 13.8,
  canRebuild: false,
  create: ({ id, attributes }) => [
    {
      drafts: [
        safe(
          `CREATE TEXT SEARCH TEMPLATE ${id} (${functionClauses({ init: 'INIT', lexize: 'LEXIZE' }, attributes)})`,
          adds,
        ),
      ],
    },
  ],
  drop: ({ id }) => [risky(`DROP TEXT SEARCH TEMPLATE ${id}`, refusedWhileUsed)],
  change: { init: inUse, lexize: inUse },
};
