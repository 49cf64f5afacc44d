// Repair of functions and procedures, put together from the parts of their definition.
import { type Fact, factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { risky, safe } from '../draft.ts';
import { label, qualifiedName } from '../identifier.ts';
import type { Change, Outcome, Repairer } from '../repairer.ts';
import { differInDefaultsOnly } from './arguments.ts';
import { withItsType } from './base-types.ts';
import { outcome, recreate, text } from './common.ts';
import { circularWithRange } from './ranges.ts';

const signature = 'Its signature only changes by creating it again.';

const change = {
  arguments: (change) =>
    differInDefaultsOnly(text(change.expected), text(change.actual))
      ? replace(change)
      : { recreate: factKey(change.target), reason: signature },
  language: replace,
  volatility: replace,
  parallel: replace,
  strict: replace,
  securityDefiner: replace,
  leakproof: replace,
  cost: replace,
  support: replace,
  configuration: replace,
  transforms: replace,
  body: replace,
  sqlBody: replace,
  library: replace,
} as const satisfies Repairer<'procedure'>['change'];

export const procedure: Repairer<'procedure'> = routine('PROCEDURE', 14, change);

export const functionRepairer: Repairer<'function'> = routine('FUNCTION', 13, {
  ...change,
  result: recreate(signature),
  rows: replace,
  window: recreate(signature),
});

function routine<K extends 'function' | 'procedure'>(
  word: string,
  rank: number,
  changes: Repairer<K>['change'],
): Repairer<K> {
  return {
    rank,
    canRebuild: true,
    create: (fact, scene) =>
      withItsType(fact, scene) ??
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

function replace({ target }: Change): Outcome {
  return outcome(
    risky(routineStatement(target, 'CREATE OR REPLACE'), 'Whatever calls it gets the new behaviour at once.'),
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
  return [...lines, ...Object.entries((configuration ?? {}) as Record<string, string>).map(setting)];
}

function usualCost(language: unknown): number {
  return language === 'c' || language === 'internal' ? 1 : 100;
}

/** Settings that hold a list of names, which are stored quoted as names: each is written by itself. */
const listSettings = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
  'shared_preload_libraries',
  'unix_socket_directories',
]);

function setting([name, value]: [string, string]): string {
  const listed = listSettings.has(name.toLowerCase());
  const values = listed
    ? [...value.matchAll(/"((?:[^"]|"")*)"|[^\s,"]+/g)].map(
        ([bare, quotedName]) => quotedName?.replaceAll('""', '"') ?? bare,
      )
    : [value];
  const path = name.split('.').map(label).join('.');
  return `SET ${path} TO ${values.map(quoteLiteral).join(', ')}`;
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
