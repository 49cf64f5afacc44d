// Repair of functions and procedures, put together from the parts of their definition.
import type { JsonValue } from '../../../json.ts';
import { type Fact, factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { risky, safe } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import type { Change, Changer, Elsewhere, Outcome, Repairer, Scene } from '../repairer.ts';
import { settingName, settingValue } from '../settings.ts';
import { differInDefaultsOnly } from './arguments.ts';
import { withItsType } from './base-types.ts';
import { outcome, recreate, text } from './common.ts';
import { circularWithRange } from './ranges.ts';

const signature = 'Its signature only changes by creating it again.';

const unreadSetting: Elsewhere = {
  none: 'A setting of it may be a secret, and is never read: take the statement from its migration.',
};

/** A function that is written anew loses the settings that the statement does not say. */
const hasUnread = ({ attributes }: Fact): boolean => Object.values(settingsOf(attributes.configuration)).includes(null);

const ifRead =
  (changer: Changer): Changer =>
  (change, scene) =>
    hasUnread(change.target) ? unreadSetting : changer(change, scene);

const replace = ifRead(({ target }) =>
  outcome(risky(routineStatement(target, 'CREATE OR REPLACE'), 'Whatever calls it gets the new behaviour at once.')),
);
const recreateSigned = ifRead(recreate(signature));

const change = {
  arguments: ifRead((change, scene) =>
    differInDefaultsOnly(text(change.expected), text(change.actual))
      ? replace(change, scene)
      : { recreate: factKey(change.target), reason: signature },
  ),
  language: replace,
  volatility: replace,
  parallel: replace,
  strict: replace,
  securityDefiner: replace,
  leakproof: replace,
  cost: replace,
  support: replace,
  configuration: changeSettings,
  transforms: replace,
  body: replace,
  sqlBody: replace,
  library: replace,
} as const satisfies Repairer<'procedure'>['change'];

export const procedure: Repairer<'procedure'> = routine('PROCEDURE', 14, change);

export const functionRepairer: Repairer<'function'> = routine('FUNCTION', 13, {
  ...change,
  result: recreateSigned,
  rows: replace,
  window: recreateSigned,
});

function routine<K extends 'function' | 'procedure'>(
  word: string,
  rank: number,
  changes: Repairer<K>['change'],
): Repairer<K> {
  return {
    rank,
    canRebuild: true,
    isUnread: hasUnread,
    create: (fact, scene) =>
      (hasUnread(fact) ? unreadSetting : withItsType(fact, scene)) ??
      circularWithRange(fact, scene.target) ?? [
        { drafts: [safe(routineStatement(fact, 'CREATE'), `Adds a ${word.toLowerCase()}.`)] },
      ],
    drop: (fact, scene) =>
      withItsType(fact, scene) ??
      circularWithRange(fact, scene.current) ?? [
        risky(`DROP ${word} ${fact.id}`, 'Whatever calls it fails from here on.'),
      ],
    change: changes,
  };
}

/** One by one where the whole statement cannot be written. */
function changeSettings(change: Change, scene: Scene): Outcome {
  if (!hasUnread(change.target)) return replace(change, scene);
  const [wanted, found] = [settingsOf(change.expected), settingsOf(change.actual)];
  const set = Object.entries(wanted).filter(([name, value]) => !(name in found) || found[name] !== value);
  if (set.some(([, value]) => value === null)) return unreadSetting;
  const clauses = [
    ...set.map(setting),
    ...Object.keys(found).flatMap((name) => (name in wanted ? [] : [`RESET ${settingName(name)}`])),
  ];
  const { kind, id } = change.target;
  return outcome(
    ...clauses.map((clause) =>
      risky(`ALTER ${kind.toUpperCase()} ${id} ${clause}`, 'Whatever calls it gets the new behaviour at once.'),
    ),
  );
}

function routineStatement(fact: Fact, create: string): string {
  const { attributes, kind, id } = fact;
  return [
    `${create} ${kind.toUpperCase()} ${qualifiedName(id)}(${attributes.arguments})`,
    ...(kind === 'function' ? [`RETURNS ${attributes.result}`] : []),
    `LANGUAGE ${attributes.language}`,
    ...propertiesOf(fact),
    bodyOf(fact),
  ].join('\n');
}

function propertiesOf({ attributes, kind }: Fact): string[] {
  const {
    transforms,
    window,
    volatility,
    leakproof,
    strict,
    securityDefiner,
    parallel,
    cost,
    rows,
    support,
    configuration,
  } = attributes;
  const lines: string[] = [];
  if (transforms !== undefined)
    lines.push(`TRANSFORM ${(transforms as string[]).map((type) => `FOR TYPE ${type}`).join(', ')}`);
  if (kind === 'function') {
    if (window === true) lines.push('WINDOW');
    if (volatility !== 'volatile') lines.push(text(volatility).toUpperCase());
    if (leakproof === true) lines.push('LEAKPROOF');
    if (strict === true) lines.push('STRICT');
    if (parallel !== 'unsafe') lines.push(`PARALLEL ${text(parallel).toUpperCase()}`);
    if (Number(cost) !== usualCost(attributes.language)) lines.push(`COST ${Number(cost)}`);
    if (rows !== undefined && Number(rows) !== 1000) lines.push(`ROWS ${Number(rows)}`);
    if (support !== undefined) lines.push(`SUPPORT ${qualifiedName(text(support))}`);
  }
  if (securityDefiner === true) lines.push('SECURITY DEFINER');
  return [...lines, ...Object.entries(settingsOf(configuration)).map(setting)];
}

function usualCost(language: unknown): number {
  return language === 'c' || language === 'internal' ? 1 : 100;
}

function settingsOf(configuration: JsonValue | undefined): Record<string, string | null> {
  return (configuration ?? {}) as Record<string, string | null>;
}

function setting([name, value]: [string, string | null]): string {
  return `SET ${settingName(name)} TO ${settingValue(name, value ?? '')}`;
}

function bodyOf({ attributes }: Fact): string {
  const { sqlBody, body, library, language } = attributes;
  if (sqlBody !== undefined) return text(sqlBody);
  if (language === 'c') return `AS ${quoteLiteral(text(library))}, ${quoteLiteral(text(body))}`;
  return `AS ${dollarQuoted(text(body))}`;
}

function dollarQuoted(body: string): string {
  let tag = '$$';
  for (let length = 0; body.includes(tag) || body.endsWith('$'); length += 1) {
    tag = `$body${'_'.repeat(length)}$`;
    if (!body.includes(tag)) break;
  }
  return `${tag}${body}${tag}`;
}
