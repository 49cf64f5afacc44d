// Sets of options, name to value, as they stand in CREATE and ALTER statements.
import type { JsonObject, JsonValue } from '../../json.ts';
import { quoteLiteral } from '../literal.ts';
import { type Draft, safe } from './draft.ts';
import { label, optionValue } from './identifier.ts';
import type { Elsewhere, Outcome } from './repairer.ts';

type Options = Record<string, string | null>;

/** `WITH (fillfactor=70)`, or nothing. */
export function withOptions(options: JsonValue | undefined, toastOptions?: JsonValue): string {
  const listed = [...assignments(asOptions(options)), ...assignments(asOptions(toastOptions), 'toast.')];
  return listed.length === 0 ? '' : `WITH (${listed.join(', ')})`;
}

/** `ALTER TABLE t SET (...)` and `RESET (...)`: what brings one set to the other. */
export function changeOptions(
  prefix: string,
  { expected, actual }: { expected: JsonValue; actual: JsonValue },
  reason: string,
  namespace = '',
): Draft[] {
  const wanted = asOptions(expected);
  const found = asOptions(actual);
  const set = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => found[name] !== value));
  const reset = Object.keys(found).filter((name) => !(name in wanted));
  return [
    ...(Object.keys(set).length > 0 ? [safe(`${prefix} SET (${assignments(set, namespace).join(', ')})`, reason)] : []),
    ...(reset.length > 0
      ? [safe(`${prefix} RESET (${reset.map((name) => namespace + label(name)).join(', ')})`, reason)]
      : []),
  ];
}

export const unreadOption: Elsewhere = {
  none: 'An option of it may be a secret, and is never read: take the statement from its migration.',
};

/** `OPTIONS (name 'value')` of a foreign object; `undefined` when a value was not read. */
export function foreignOptions(options: JsonValue | undefined): string | undefined {
  const members = Object.entries(asOptions(options));
  if (members.some(([, value]) => value === null)) return undefined;
  if (members.length === 0) return '';
  return `OPTIONS (${members.map(([name, value]) => `${label(name)} ${quoteLiteral(value ?? '')}`).join(', ')})`;
}

export function changeForeignOptions(
  prefix: string,
  { expected, actual }: { expected: JsonValue; actual: JsonValue },
): Outcome {
  const wanted = asOptions(expected);
  const found = asOptions(actual);
  const differing = Object.entries(wanted).filter(([name, value]) => !(name in found) || found[name] !== value);
  if (differing.some(([, value]) => value === null)) return unreadOption;
  const listed = [
    ...differing.map(([name, value]) => `${name in found ? 'SET' : 'ADD'} ${label(name)} ${quoteLiteral(value ?? '')}`),
    ...Object.keys(found)
      .filter((name) => !(name in wanted))
      .map((name) => `DROP ${label(name)}`),
  ];
  return {
    drafts: [safe(`${prefix} OPTIONS (${listed.join(', ')})`, 'Rows stay where they are on the foreign server.')],
  };
}

function assignments(options: Options, namespace = ''): string[] {
  return Object.entries(options).map(([name, value]) => `${namespace}${label(name)}=${optionValue(value ?? '')}`);
}

function asOptions(value: JsonValue | undefined): Options {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject as Options) : {};
}
