// What to show of a difference beside its sentence: two short values side by side, long ones as a line diff, or what an
// object of one side is made of. Pure; every line is safe to print.
import { byCodeUnit, type JsonObject, type JsonValue } from '../../lambda/json.ts';
import { attributeLabel } from '../../lambda/postgres/assessment/labels.ts';
import { printable } from '../../lambda/postgres/assessment/prose.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { type Kind, kinds } from '../../lambda/postgres/kinds.ts';
import { quoteLiteral } from '../../lambda/postgres/literal.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';

export type Detail =
  | { form: 'pair'; model: string; production: string }
  /** `-` is the model's line, `+` production's. */
  | { form: 'lines'; lines: DiffLine[] }
  | { form: 'object'; side: 'model' | 'production'; values: string[]; texts: { label: string; lines: string[] }[] };

/** Longer values are told line by line. */
const longestInLine = 72;

export function detailOf({ kind, verb, expected, actual }: DriftEntry): Detail {
  switch (verb) {
    case 'missing':
      return objectDetail('model', kind, expected);
    case 'unexpected':
      return objectDetail('production', kind, actual);
    case 'changed':
      return changeDetail(expected, actual);
  }
}

function changeDetail(expected: JsonValue, actual: JsonValue): Detail {
  const model = inLine(expected);
  const production = inLine(actual);
  if (model !== undefined && production !== undefined) return { form: 'pair', model, production };
  const lines = lineDiff(linesOf(expected), linesOf(actual));
  return { form: 'lines', lines: lines.map((line) => ('text' in line ? { ...line, text: shown(line.text) } : line)) };
}

function objectDetail(side: 'model' | 'production', kind: string, value: JsonValue): Detail {
  const told = inOrderOf(kind, isObject(value) ? value : {}).filter(([name, content]) => saysSomething(name, content));
  const named = told.map(([name, content]) => ({ label: attributeLabel(kind, name), content, text: inLine(content) }));
  return {
    form: 'object',
    side,
    values: named.flatMap(({ label, content, text }) => (text === undefined ? [] : [valueText(label, content, text)])),
    texts: named.flatMap(({ label, content, text }) =>
      text === undefined ? [{ label, lines: linesOf(content).map(shown) }] : [],
    ),
  };
}

/** As kinds.ts lists them: what matters most comes first. */
function inOrderOf(kind: string, attributes: JsonObject): [string, JsonValue][] {
  const known = Object.hasOwn(kinds, kind) ? Object.keys(kinds[kind as Kind].attributes) : [];
  const place = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  return Object.entries(attributes).sort(([left], [right]) => place(left) - place(right) || byCodeUnit(left, right));
}

/** What an object has when nobody asks for anything else. */
const usual: Readonly<Record<string, JsonValue>> = {
  form: 'ordinary',
  persistence: 'permanent',
  accessMethod: 'heap',
  replicaIdentity: 'default',
  validated: true,
  enforced: true,
  valid: true,
  populated: true,
  enabled: 'origin',
  volatility: 'volatile',
  parallel: 'unsafe',
};

function valueText(label: string, content: JsonValue, text: string): string {
  if (typeof content !== 'boolean') return `${label} ${text}`;
  return content ? label : `not ${label}`;
}

function saysSomething(name: string, value: JsonValue): boolean {
  if (Object.hasOwn(usual, name) && usual[name] === value) return false;
  if (name === 'nullable') return true;
  return value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** The whole value in one line; `undefined` when it is too long for that. */
function inLine(value: JsonValue): string | undefined {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : itemsOf(value).join(', ');
  if (text === '') return "''";
  return text.length > longestInLine || text.includes('\n') ? undefined : shown(text);
}

function linesOf(value: JsonValue): string[] {
  if (value === null) return [];
  if (typeof value !== 'string') return itemsOf(value);
  const lines = value.split('\n');
  return lines.length === 1 ? clausesOf(value) : lines;
}

function itemsOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.map(itemText);
  if (isObject(value)) return Object.entries(value).map(([name, item]) => `${name} = ${itemText(item)}`);
  return [String(value)];
}

/** Quoted where it could be taken for more than one item. */
function itemText(value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return value === '' || /^\s|[,\n]|\s$/.test(value) ? quoteLiteral(value) : value;
}

/** A long line of SQL in parts, so that what differs stands apart from what does not. */
function clausesOf(sql: string): string[] {
  return sql
    .split(/ (?=(?:AND|OR|WHERE|INCLUDE|WITH|USING|REFERENCES|ON (?:UPDATE|DELETE))\b)/)
    .flatMap((clause) => (clause.length > longestInLine ? clause.split(/(?<=,) (?=\S)/) : [clause]));
}

/** Safe to print, and with the end of the line in sight when that is white space. */
function shown(text: string): string {
  return printable(text.replaceAll('\t', '⇥ ')).replace(/ +$/, (spaces) => '·'.repeat(spaces.length));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
