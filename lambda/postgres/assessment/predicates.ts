// The questions that rows of the severity table ask about expected and actual. Small, named, and about one entry only.
import type { JsonObject, JsonValue } from '../../json.ts';
import { relabelled } from '../enum-labels.ts';
import type { Predicate } from './rule.ts';
import { compareWidth, type Width } from './type-width.ts';

/** Production has no value where the model has one. */
export const lost: Predicate = ({ actual }) => actual === null;

/** Production has a value where the model has none. */
export const gained: Predicate = ({ expected }) => expected === null;

/** Production says this value. */
export const actually =
  (value: JsonValue): Predicate =>
  ({ actual }) =>
    actual === value;

/** The model says this value. */
export const rightly =
  (value: JsonValue): Predicate =>
  ({ expected }) =>
    expected === value;

/** An attribute of an object that is missing or unexpected has this value. */
export const having =
  (attribute: string, ...values: JsonValue[]): Predicate =>
  (entry) =>
    values.includes(attributesOf(entry)[attribute] ?? null);

/** The object is part of one of these kinds. */
export const partOf =
  (...kinds: string[]): Predicate =>
  ({ parent }) =>
    kinds.some((kind) => parent?.startsWith(`${kind} `));

/** Something of this kind differs for the same reason. */
export const takesAlong =
  (kind: string): Predicate =>
  ({ swallowed = [] }) =>
    swallowed.some((key) => key.startsWith(`${kind} `));

export const both =
  (left: Predicate, right: Predicate): Predicate =>
  (entry) =>
    left(entry) && right(entry);

export const either =
  (left: Predicate, right: Predicate): Predicate =>
  (entry) =>
    left(entry) || right(entry);

/** A column that every insert has to name: NOT NULL, and nothing gives it a value. */
export const requiredWithoutDefault: Predicate = (entry) => {
  const { nullable, default: value, identity, generated } = attributesOf(entry);
  return nullable === false && !value && !identity && !generated;
};

/** What production's type can hold, compared with the model's. */
export const typeIs =
  (width: Width): Predicate =>
  ({ expected, actual }) =>
    compareWidth(asText(expected), asText(actual)) === width;

/** The model's default takes numbers from a sequence: applications leave such columns out. */
export const takesFromSequence: Predicate = ({ expected }) => /^nextval\(/.test(asText(expected));

/** Both defaults are a moment to the fraction of a second, which nobody writes: a migration took the time of its run. */
export const momentsOfRuns: Predicate = ({ expected, actual }) =>
  [expected, actual].every((value) => /^'\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+[^']*'::timestamp\b/.test(asText(value)));

/** Types of time, whose modifier is how many digits of a second they keep. */
export const isTime: Predicate = ({ expected }) => /^(timestamp|time|interval)\b/.test(asText(expected));

/** One type of date and time has a time zone, the other has none. */
export const zoneDiffers: Predicate = ({ expected, actual }) => {
  const [wanted, found] = [expected, actual].map((type) =>
    /^(timestamp|time)(?:\(\d\))? (with(?:out)?) time zone$/.exec(asText(type)),
  );
  return wanted?.[1] === found?.[1] && wanted?.[2] !== found?.[2];
};

/** A definition that begins with these words. */
export const defines =
  (words: string): Predicate =>
  ({ expected, actual }) =>
    [expected, actual].every((value) => asText(value).startsWith(words));

/** The same columns in parentheses at first, whatever their order, and the same after that. */
export const sameColumns: Predicate = ({ expected, actual }) => {
  const [wanted, found] = [expected, actual].map((value) => {
    const [, before, columns = '', after] = /^([^(]*)\((.*?)\)(.*)$/.exec(asText(value)) ?? [];
    return JSON.stringify([before, columns.split(', ').sort(), after]);
  });
  return wanted === found;
};

/** Production's default takes numbers from a sequence. */
export const numbersItself: Predicate = ({ actual }) => /^nextval\(/.test(asText(actual));

/** The model lists something that production does not. */
export const listsLess: Predicate = ({ expected, actual }) => without(expected, actual).length > 0;

/** Production lists something that the model does not. */
export const listsMore: Predicate = ({ expected, actual }) => without(actual, expected).length > 0;

/** Production has the same labels under other names. */
export const relabels: Predicate = ({ expected, actual }) =>
  relabelled(membersOf(expected), membersOf(actual)) !== undefined;

/** Production says less than the model, as numbers. */
export const smaller: Predicate = ({ expected, actual }) => Number(asText(actual)) < Number(asText(expected));

/** One of these options is set differently, or on one side only. */
export const optionDiffers =
  (...names: string[]): Predicate =>
  ({ expected, actual }) =>
    names.some((name) => optionOf(expected, name) !== optionOf(actual, name));

/** The model sets this option, production does not. */
export const losesOption =
  (name: string): Predicate =>
  ({ expected, actual }) =>
    optionOf(expected, name) !== null && optionOf(actual, name) === null;

/** Members of one list, or keys of one set of options, that the other does not have. */
export function without(list: JsonValue, other: JsonValue): string[] {
  const known = new Set(membersOf(other));
  return membersOf(list).filter((member) => !known.has(member));
}

function membersOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.map(String);
  return isObject(value) ? Object.keys(value) : [];
}

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function optionOf(options: JsonValue, name: string): JsonValue {
  return isObject(options) ? (options[name] ?? null) : null;
}

function attributesOf({ expected, actual }: { expected: JsonValue; actual: JsonValue }): JsonObject {
  if (isObject(expected)) return expected;
  return isObject(actual) ? actual : {};
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
