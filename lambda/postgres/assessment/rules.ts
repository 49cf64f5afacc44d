// The severity table: kind, verb and attribute to rows. Data, complete by type: a kind or attribute of kinds.ts that
// nobody has decided about does not compile.
import type { DriftEntry } from '../drift.ts';
import { movedAttribute } from '../kinds/renames.ts';
import type { CommonAttribute } from '../kinds/shared.ts';
import type { Kind } from '../kinds.ts';
import { database, databaseSetting, defaultPrivileges, grants, role } from './access-rules.ts';
import { constraint, eventTrigger, index, policy, rule, statisticsObject, trigger } from './constraint-rules.ts';
import {
  foreignDataWrapper,
  foreignServer,
  publication,
  publicationSchema,
  publicationTable,
  subscription,
  userMapping,
} from './elsewhere-rules.ts';
import { accessMethod, cast, language, operator, operatorClass, operatorFamily, transform } from './operator-rules.ts';
import { comment, privileges } from './other-rules.ts';
import { column, materializedView, sequence, table, view } from './relation-rules.ts';
import { aggregate, functionKind, procedure } from './routine-rules.ts';
import { called, info, type KindRules, type Rule, type Rules, warning } from './rule.ts';
import {
  collation,
  conversion,
  textSearchConfiguration,
  textSearchDictionary,
  textSearchParser,
  textSearchTemplate,
} from './text-rules.ts';
import {
  attribute,
  baseType,
  compositeType,
  domain,
  enumType,
  extension,
  extensionDependency,
  rangeType,
  schema,
  shellType,
} from './type-rules.ts';

export const rules: { readonly [K in Kind]: KindRules<K> } = {
  schema,
  extension,
  table,
  column,
  constraint,
  index,
  enum: enumType,
  domain,
  'composite type': compositeType,
  attribute,
  'range type': rangeType,
  sequence,
  view,
  'materialized view': materializedView,
  function: functionKind,
  procedure,
  aggregate,
  trigger,
  policy,
  rule,
  'event trigger': eventTrigger,
  'statistics object': statisticsObject,
  'extension dependency': extensionDependency,
  'base type': baseType,
  'shell type': shellType,
  operator,
  'operator family': operatorFamily,
  'operator class': operatorClass,
  cast,
  transform,
  language,
  'access method': accessMethod,
  collation,
  conversion,
  'text search configuration': textSearchConfiguration,
  'text search dictionary': textSearchDictionary,
  'text search parser': textSearchParser,
  'text search template': textSearchTemplate,
  publication,
  'publication table': publicationTable,
  'publication schema': publicationSchema,
  subscription,
  'foreign data wrapper': foreignDataWrapper,
  'foreign server': foreignServer,
  'user mapping': userMapping,
  role,
  'default privileges': defaultPrivileges,
  database,
  'database setting': databaseSetting,
  privileges,
  comment,
};

/** What can change about an object of any kind. */
const anyKind: Readonly<Record<'parent' | 'name' | 'generatedNames' | CommonAttribute, Rules>> = {
  comment: [info('cosmetic', 'only people who read the comment notice')],
  owner: [
    warning(
      'security',
      'another role may alter and drop it, and what runs or is checked as its owner has other rights',
    ),
  ],
  name: [warning('breaks-reads', 'statements that name it fail', { differs: called })],
  generatedNames: [
    info('cosmetic', 'the names are those that PostgreSQL made, and count only for statements that use them', {
      differs: 'parts of {it} carry other names in production ({actual}) than in the model ({expected})',
    }),
  ],
  grants,
  parent: [warning('integrity', 'it works on another object than the model intends')],
};

/** For kinds and attributes of a newer snapshot: something differs, and how much that matters is not known. */
const unknown: Readonly<Record<DriftEntry['verb'], Rules>> = {
  missing: [warning('breaks-reads', 'what uses it fails')],
  unexpected: [info('cosmetic', 'the model does not know it')],
  changed: [warning('integrity', 'it does not behave as in the model')],
};

/** What is in another schema is found by the name that it has where the search path leads there. */
function movedRules(renamed: Rules): Rules {
  const moved = (rule: Rule): Rule => ({
    ...rule,
    differs: '{noun} is in schema {actual} in production, in {expected} in the model',
    breaks: `${rule.breaks}, unless the search_path of its session leads there`,
  });
  return renamed.map(moved) as [...Rule[], Rule];
}

/** The rows for a difference, most specific first. */
export function rulesFor({ kind, verb, attribute: name = '' }: DriftEntry): Rules {
  const known: KindRules<Kind> | undefined = Object.hasOwn(rules, kind) ? rules[kind as Kind] : undefined;
  if (verb !== 'changed') return known?.[verb] ?? unknown[verb];
  const renamed = known?.renamed ?? anyKind.name;
  if (name === 'name') return renamed;
  const changed: Readonly<Record<string, Rules>> = { ...anyKind, ...known?.changed };
  if (Object.hasOwn(changed, name)) return changed[name] ?? unknown.changed;
  return name === movedAttribute ? movedRules(renamed) : unknown.changed;
}
