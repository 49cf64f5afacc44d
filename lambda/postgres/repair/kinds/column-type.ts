// Changing the type or collation of a column: how its values are converted, and what has to step aside meanwhile.
import { type Fact, factKey } from '../../fact.ts';
import { type Draft, destructive, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Change, Elsewhere, Outcome, Scene } from '../repairer.ts';
import { alterColumn, columnsBelow, defaultAction, stage } from './column-alteration.ts';
import { attributeOf, isTable, listOf, parentOf, text } from './common.ts';
import { withItsView } from './views.ts';

/** Types between which PostgreSQL converts by itself when a column changes. */
const families = [
  /^(smallint|integer|bigint|numeric|real|double precision)\b/,
  /^(character varying|character|text|name)\b/,
  /^(date|timestamp)\b/,
  /^time\b/,
  /^(json|jsonb)\b/,
  /^(bit|bit varying)\b/,
];

export function changeType({ target, current }: Change, scene: Scene): Outcome {
  const relation = parentOf(target, scene.target);
  if (!isTable(relation)) return withItsView(relation, scene);
  const origin = attributeOf(target, scene) ?? changedAbove(target, relation, scene);
  if (origin !== undefined) return origin;
  const { type, collation, generated } = target.attributes;
  const [from, to] = [text(current.attributes.type), text(type)];
  const alter = `ALTER ${relation.attributes.form === 'foreign' ? 'FOREIGN TABLE' : 'TABLE'} ${relation.id} ALTER COLUMN ${ownName(target, relation)}`;
  const isForeign = relation.attributes.form === 'foreign';
  const otherValues = !isSameFamily(from, to);
  const conversion = otherValues && !isForeign ? conversionOf(ownName(target, relation), from, to) : undefined;
  const statement = words(
    `${alter} TYPE ${to}`,
    collation !== undefined && `COLLATE ${collation}`,
    conversion !== undefined && `USING ${conversion}`,
  );
  const family = [target, ...columnsBelow(target, scene.target)];
  const defaults = (facts: readonly (Fact | undefined)[]): Fact[] =>
    facts.filter((fact) => fact?.attributes.default !== undefined) as Fact[];
  const hadDefault = defaults(family.map((column) => scene.current.get(factKey(column))));
  const replacesDefault = otherValues && hadDefault.length > 0 && generated === undefined;
  const draft = isForeign
    ? risky(statement, 'Reads fail where the foreign server gives other values.')
    : losesDetail(from, to)
      ? destructive(
          statement,
          'Rounds or cuts what is stored, and may write every row anew while nobody can use the table.',
        )
      : risky(
          statement,
          'May write every row anew while nobody can use the table, and fails on values that do not fit.',
        );
  return {
    stage: stage.type,
    drafts: [
      ...(replacesDefault ? [safe(`${alter} DROP DEFAULT`, 'A default of the old type may not be converted.')] : []),
      draft,
      ...(replacesDefault ? newDefaults(defaults(family), family, scene) : []),
    ],
    rebuilds: (dependant) => stepsAside(dependant, otherValues) || isIncluded(target, dependant, scene),
  };
}

/** A column that is inherited changes with that of the parent table, if it is declared here as well. */
function changedAbove(column: Fact, table: Fact, { current, target }: Scene): Elsewhere | undefined {
  const parents = listOf(current.get(factKey(table))?.attributes.inherits);
  const name = ownName(column, table);
  const changed = parents.find((parent) => {
    const key = `column ${parent}.${name}`;
    const [before, after] = [current.get(key)?.attributes, target.get(key)?.attributes];
    return before !== undefined && after !== undefined && before.type !== after.type;
  });
  const stays = listOf(table.attributes.inherits).includes(changed ?? '');
  return changed !== undefined && stays ? { with: `column ${changed}.${name}` } : undefined;
}

/** One statement where all have the same. */
function newDefaults(having: readonly Fact[], family: readonly Fact[], scene: Scene): Draft[] {
  const isShared = family.every(({ attributes }) => attributes.default === family[0]?.attributes.default);
  return (isShared ? having.slice(0, 1) : having).map((column) =>
    safe(
      `${alterColumn(column, scene, isShared ? '' : 'ONLY ')} ${defaultAction(column)}`,
      'Counts for rows inserted from now on.',
    ),
  );
}

/** Whether PostgreSQL converts from one to the other by itself, and expressions over the one hold for the other. */
export function isSameFamily(from: string, to: string): boolean {
  const [source, wanted] = [elementOf(from), elementOf(to)];
  if (from.endsWith('[]') !== to.endsWith('[]')) return false;
  return baseOf(source) === baseOf(wanted) || families.some((family) => family.test(source) && family.test(wanted));
}

/** `undefined` where PostgreSQL converts by itself, and refuses values that do not fit. */
function conversionOf(column: string, from: string, to: string): string | undefined {
  if (/^(character varying|text)\b/.test(to) && !to.endsWith('[]')) return undefined;
  const direct = isText(from) || [from, to].sort().join() === 'boolean,integer';
  return direct ? `${column}::${to}` : `${column}::text::${to}`;
}

function losesDetail(from: string, to: string): boolean {
  const scale = (type: string): number => {
    if (/^(smallint|integer|bigint)\b/.test(type)) return 0;
    const modifier = /^numeric(?:\((\d+)(?:,(\d+))?\))?$/.exec(type);
    if (modifier) return modifier[1] === undefined ? Number.POSITIVE_INFINITY : Number(modifier[2] ?? 0);
    return /^(real|double precision)\b/.test(type) ? 1e6 : 0;
  };
  const numbers = families[0] as RegExp;
  if (numbers.test(from) && numbers.test(to)) return scale(to) < scale(from) || (to === 'real' && from !== 'smallint');
  return /^timestamp\b/.test(from) && (to === 'date' || /\(\d\)/.test(to));
}

/** A key that has the column along without keeping it unique cannot be built anew while foreign keys point at it. */
function isIncluded(column: Fact, { kind, needs = [], attributes, parent }: Fact, { current }: Scene): boolean {
  return (
    kind === 'constraint' &&
    ['primary key', 'unique'].includes(text(attributes.type)) &&
    !needs.includes(factKey(column)) &&
    current.needing(parent ?? '').some((fact) => fact.attributes.type === 'foreign key')
  );
}

/** What PostgreSQL refuses to carry along; under another kind of values, also conditions written for the old ones. */
function stepsAside({ kind, attributes }: Fact, otherValues: boolean): boolean {
  switch (kind) {
    case 'column':
      return attributes.generated !== undefined;
    case 'constraint':
      return otherValues && ['check', 'foreign key', 'exclusion'].includes(text(attributes.type));
    case 'index':
      return otherValues && (attributes.predicate !== undefined || text(attributes.definition).includes('(('));
    case 'sequence':
      return false;
    default:
      return true;
  }
}

function isText(type: string): boolean {
  return /^(character varying|character|text|name)\b/.test(type);
}

function elementOf(type: string): string {
  return type.replace(/(\[\])+$/, '');
}

function baseOf(type: string): string {
  return type.replace(/\(.*?\)/, '');
}
