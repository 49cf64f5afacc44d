// One sentence a difference, in the reader's terms: what differs, and what that breaks. The words are the table's;
// here the blanks are filled in.
import type { DriftEntry } from '../drift.ts';
import { attributeNote } from '../kinds.ts';
import { without } from './predicates.ts';
import { idOfKey, lastPart, printable, proseName, proseValue } from './prose.ts';
import type { Rule } from './rule.ts';

/**
 * Placeholders of a row's clauses:
 * - `{it}` the object's name without the schema `public`; `{name}` its last part; `{parent}` what it is a part of
 * - `{noun}` the object with its kind, as a sentence about it begins
 * - `{expected}`, `{actual}` the model's and production's value, shortened
 * - `{lost}`, `{added}` what only the model's, or only production's, list has
 */
const blanks: Readonly<Record<string, (entry: DriftEntry) => string>> = {
  it: ({ subject }) => proseName(subject),
  noun: (entry) => fill(nounOf(entry), entry),
  name: ({ subject }) => lastPart(subject),
  parent: ({ parent }) => (parent === undefined ? 'the database' : proseName(idOfKey(parent))),
  expected: ({ expected }) => proseValue(expected),
  actual: ({ actual }) => proseValue(actual),
  lost: ({ expected, actual }) => proseValue(without(expected, actual)),
  added: ({ expected, actual }) => proseValue(without(actual, expected)),
};

export function message(entry: DriftEntry, rule: Rule): string {
  return fill(`${rule.differs ?? differs(entry)}: ${rule.breaks}`, entry);
}

function fill(template: string, entry: DriftEntry): string {
  return template.replace(/\{(\w+)\}/g, (whole, blank: string) => blanks[blank]?.(entry) ?? whole);
}

function differs(entry: DriftEntry): string {
  const noun = nounOf(entry);
  switch (entry.verb) {
    case 'missing':
      return `${noun} is missing`;
    case 'unexpected':
      return `${noun} is in production only`;
    case 'changed':
      return changed(entry, noun);
  }
}

function nounOf({ kind }: DriftEntry): string {
  return ['column', 'attribute'].includes(kind) ? '{it}' : `${printable(kind)} {it}`;
}

function changed({ kind, attribute = '', expected, actual }: DriftEntry, noun: string): string {
  const label = attributeLabel(attribute);
  if (attributeNote(kind, attribute)?.as === 'order') return `${label} of ${noun} differs`;
  if (actual === null) return `${noun} has no ${label}, the model says {expected}`;
  if (expected === null) return `${noun} has ${label} {actual}, the model has none`;
  if (isLong(expected) || isLong(actual)) return `${label} of ${noun} differs from the model's`;
  return `${label} of ${noun} is {actual}, the model says {expected}`;
}

/** A definition whose beginning alone would tell nothing. */
function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.length > 60 || value.includes('\n'));
}

/** `rowSecurity` as `row security`. */
function attributeLabel(attribute: string): string {
  return printable(attribute).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
