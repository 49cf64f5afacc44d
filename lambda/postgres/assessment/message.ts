// One sentence a difference, in the reader's terms: what differs, and what that breaks. The words are the table's;
// here the blanks are filled in.
import type { JsonValue } from '../../json.ts';
import type { DriftEntry } from '../drift.ts';
import { attributeNote, kinds } from '../kinds.ts';
import { attributeLabel } from './labels.ts';
import { lostColumns } from './lost-columns.ts';
import { without } from './predicates.ts';
import { accessInWords, failuresInWords } from './privileges.ts';
import { lastPart, partsOfKey, printable, proseName, proseValue } from './prose.ts';
import type { Rule } from './rule.ts';

/** How names and values are set off from the sentence around them: in Markdown, as code. */
export type Mark = (text: string) => string;

/**
 * Placeholders of a row's clauses:
 * - `{it}` the object's name without the schema `public`; `{name}` its last part; `{parent}` what it is a part of
 * - `{noun}` the object with its kind, as a sentence about it begins
 * - `{expected}`, `{actual}` the model's and production's value, shortened
 * - `{lost}`, `{added}` what only the model's, or only production's, list has
 * - `{access}` who lost and who gained which privilege; `{failures}` what fails for those who lost one
 */
const blanks: Readonly<Record<string, (entry: DriftEntry, mark: Mark) => string>> = {
  it: ({ subject }, mark) => mark(proseName(subject)),
  noun: (entry, mark) => nounOf(entry, mark),
  name: ({ subject }, mark) => mark(lastPart(subject)),
  parent: ({ parent }, mark) => (parent === undefined ? 'the database' : mark(proseName(partsOfKey(parent).id))),
  expected: ({ expected }, mark) => mark(proseValue(expected)),
  actual: ({ actual }, mark) => mark(proseValue(actual)),
  lost: ({ expected, actual }, mark) => mark(proseValue(without(expected, actual))),
  added: ({ expected, actual }, mark) => mark(proseValue(without(actual, expected))),
  access: accessInWords,
  failures: failuresInWords,
};

export interface Wording {
  /** Takes the place of the backticks that a row may set around a blank. @default as they are */
  mark?: Mark;
  /** What production is held to; rows say "the model". @default 'the model' */
  baseline?: string;
}

export function message(entry: DriftEntry, rule: Rule, { mark, baseline = 'the model' }: Wording): string {
  const row = (template: string) => fill(template.replaceAll('the model', baseline), entry, mark);
  const differing = rule.differs === undefined ? differs(entry, mark ?? asIs, baseline) : row(rule.differs);
  return `${differing}: ${row(rule.breaks)}${lostColumns(entry, mark ?? asIs)}`;
}

function asIs(text: string): string {
  return text;
}

function fill(template: string, entry: DriftEntry, mark: Mark | undefined): string {
  return template.replace(/(`?)\{(\w+)\}\1/g, (whole, tick: string, blank: string) => {
    const text = blanks[blank]?.(entry, mark ?? asIs);
    if (text === undefined) return whole;
    return mark ? text : `${tick}${text}${tick}`;
  });
}

function differs(entry: DriftEntry, mark: Mark, baseline: string): string {
  const noun = nounOf(entry, mark);
  switch (entry.verb) {
    case 'missing':
      return `${noun} is missing`;
    case 'unexpected':
      return `${noun} is in production only`;
    case 'changed':
      return changed(entry, noun, { mark, baseline });
  }
}

function nounOf({ kind, subject }: DriftEntry, mark: Mark): string {
  const name = mark(proseName(subject));
  if (kind === 'column' || kind === 'attribute') return name;
  if (kind === 'database') return 'the database';
  // A kind of a newer snapshot is a word from outside.
  return `${Object.hasOwn(kinds, kind) ? kind : mark(printable(kind))} ${name}`;
}

function changed(
  { kind, attribute = '', expected, actual }: DriftEntry,
  noun: string,
  { mark, baseline }: Required<Wording>,
): string {
  const note = attributeNote(kind, attribute);
  const label =
    note || attribute === 'parent' ? attributeLabel(kind, attribute) : mark(attributeLabel(kind, attribute));
  if (note?.as === 'order') return `${label} of ${noun} differs`;
  if (isSwitch(expected, actual)) {
    const is = typeof actual === 'boolean' ? actual : !expected;
    return `${noun} is ${is ? '' : 'not '}${label}, ${baseline} says it is${is ? ' not' : ''}`;
  }
  if (actual === null) return `${noun} has no ${label}, ${baseline} says ${mark(proseValue(expected))}`;
  if (expected === null) return `${noun} has ${label} ${mark(proseValue(actual))}, ${baseline} has none`;
  if (isLong(expected) || isLong(actual)) return `${label} of ${noun} differs from ${baseline}'s`;
  return `${label} of ${noun} is ${mark(proseValue(actual))}, ${baseline} says ${mark(proseValue(expected))}`;
}

/** A boolean on one side at least; left out on the other, it is what it is for most. */
function isSwitch(expected: JsonValue, actual: JsonValue): boolean {
  const types = [typeof (expected ?? actual), typeof (actual ?? expected)];
  return types.every((one) => one === 'boolean');
}

/** A definition whose beginning alone would tell nothing. */
function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.length > 60 || value.includes('\n'));
}
