import { expect, test } from 'vitest';
import type { commonAttributes } from '../../lambda/postgres/kinds/shared.ts';
import { kinds } from '../../lambda/postgres/kinds.ts';
import { readSingleChanges, singleChangeFiles } from '../corpus/read-corpus.ts';

// An object of these kinds has nothing of its own to be changed but its presence.
const withoutAttributes = [
  'schema',
  'extension dependency',
  'shell type',
  'publication schema',
  'user mapping',
  'default privileges',
];

/** There is exactly one in every database. */
const alwaysThere = ['database'];

/** The kinds that can have what is not a kind's own. */
const common: Readonly<Record<keyof typeof commonAttributes, readonly string[]>> = {
  comment: Object.keys(kinds).filter(
    (kind) =>
      ![
        'default privileges',
        'comment',
        'database setting',
        'extension dependency',
        'privileges',
        'publication table',
        'publication schema',
        'shell type',
        'user mapping',
      ].includes(kind),
  ),
  owner: [
    'aggregate',
    'base type',
    'collation',
    'composite type',
    'conversion',
    'database',
    'domain',
    'enum',
    'event trigger',
    'foreign data wrapper',
    'foreign server',
    'function',
    'language',
    'materialized view',
    'operator',
    'operator class',
    'operator family',
    'procedure',
    'publication',
    'range type',
    'schema',
    'sequence',
    'shell type',
    'statistics object',
    'subscription',
    'table',
    'text search configuration',
    'text search dictionary',
    'view',
  ],
  grants: [
    'aggregate',
    'base type',
    'column',
    'composite type',
    'database',
    'default privileges',
    'domain',
    'enum',
    'foreign data wrapper',
    'foreign server',
    'function',
    'language',
    'materialized view',
    'privileges',
    'procedure',
    'range type',
    'schema',
    'sequence',
    'table',
    'view',
  ],
};

/** What no statement can change alone, or not on a database of its own. */
const excluded: Readonly<Record<string, string>> = {
  'database encoding': 'decided when a database is created: read-catalog.test.ts',
  'database collation': 'likewise',
  'database characterType': 'likewise',
  'database localeProvider': 'likewise',
  'database locale': 'likewise',
  'database icuRules': 'likewise',
  'database tablespace': 'changes only while nobody is connected',
  'materialized view persistence': 'a materialized view cannot be unlogged',
  'procedure volatility': 'a procedure has none: always volatile',
  'procedure parallel': 'a procedure has none: always unsafe',
  'procedure strict': 'a procedure has none: always called',
  'procedure leakproof': 'a procedure has none: never leakproof',
  'procedure cost': 'ALTER PROCEDURE has no COST',
  'procedure support': 'ALTER PROCEDURE has no SUPPORT',
  'procedure transforms': 'the same column as for functions',
  'procedure library': 'the same column as for functions',
};

const drift = singleChangeFiles()
  .flatMap(readSingleChanges)
  .flatMap((change) => change.drift);

test.each(Object.keys(kinds).filter((kind) => !alwaysThere.includes(kind)))(
  'the corpus has a %s that is missing and one that is unexpected',
  (kind) => {
    for (const verb of ['missing', 'unexpected']) {
      expect(drift.some((line) => line.startsWith(`${verb} ${kind} `))).toBe(true);
    }
  },
);

const attributes = Object.entries(kinds).flatMap(([kind, note]) =>
  Object.keys(note.attributes).map((attribute) => [kind, attribute] as const),
);

test.each(attributes)('the corpus changes of a %s its %s', (kind, attribute) => {
  const changed = drift.some((line) => line.startsWith(`changed ${kind} `) && line.endsWith(` ${attribute}`));
  expect(changed || `${kind} ${attribute}` in excluded).toBe(true);
});

const ofAnyKind = Object.entries(common).flatMap(([attribute, having]) =>
  Object.keys(kinds).map((kind) => [kind, attribute, having.includes(kind)] as const),
);

test.each(ofAnyKind)('the corpus changes of a %s its %s: %s', (kind, attribute, has) => {
  expect(drift.some((line) => line.startsWith(`changed ${kind} `) && line.endsWith(` ${attribute}`))).toBe(has);
});

test('what is excluded is not in the corpus after all', () => {
  const known = attributes.map(([kind, attribute]) => `${kind} ${attribute}`);
  expect(Object.keys(excluded).filter((name) => !known.includes(name))).toEqual([]);
  expect(Object.keys(kinds).filter((kind) => !attributes.some(([of]) => of === kind))).toEqual(withoutAttributes);
});
