// What zod finds wrong, as problems in the words of settings: all of them, each at its own path. Knows zod's shapes,
// and nothing of what a setting means.
import type * as z from 'zod';
import { nearest, type Path, type Problem, shown } from './problem.ts';

type Issue = z.core.$ZodIssue;
type Parsed<Output> = { value: Output; problems: [] } | { value: undefined; problems: Problem[] };

/** @param at the path of the value in the settings */
export function parseWith<Output>(schema: z.ZodType<Output>, value: unknown, at: Path): Parsed<Output> {
  const parsed = schema.safeParse(value, { error: inWords });
  if (parsed.success) return { value: parsed.data, problems: [] };
  return { value: undefined, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, schema, value, at)) };
}

function problemsOf(issue: Issue, schema: z.ZodType, root: unknown, at: Path): Problem[] {
  const path = [...at, ...issue.path];
  const value = valueAt(root, issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysAt(schema, issue.path);
      return issue.keys.map((key) => {
        // Of a form other than the one that the rest has.
        if (allowed.includes(key)) return { path: [...path, key], message: 'it cannot stand beside the others here' };
        const message = `there is no such setting; expected ${wordList(allowed)}`;
        return { path: [...path, key], message, nearest: nearest(key, allowed) };
      });
    }
    case 'invalid_union': {
      // Of several forms, the one that fits best is the one that was meant.
      const [best] = [...issue.errors].sort((one, other) => depth(other) - depth(one) || one.length - other.length);
      if (!best || depth(best) === 0) return [{ path, message: eitherOf(issue), found: foundText(value, path) }];
      return best.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, schema, root, at));
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.map((inner) => ({ path, message: inner.message }));
    case 'invalid_value': {
      const words = issue.values.map(String);
      const near = typeof value === 'string' ? nearest(value, words) : undefined;
      return [{ path, message: issue.message, found: foundText(value, path), nearest: near }];
    }
    default: {
      const missing = value === undefined && issue.code !== 'invalid_type';
      const message = `${missing ? 'it is missing; ' : ''}${issue.message}`;
      const words = issue.code === 'custom' ? wordsOf(issue) : [];
      const near = typeof value === 'string' && words.length > 0 ? nearest(value, words) : undefined;
      return [{ path, message, found: foundText(value, path), nearest: near }];
    }
  }
}

/** A rule of a schema's own may say in its `params` which words it knows. */
function wordsOf({ params }: z.core.$ZodIssueCustom): string[] {
  const words: unknown = params?.words;
  return Array.isArray(words) ? words.map(String) : [];
}

/** "expected a whole number or a list" */
function eitherOf({ errors, message }: z.core.$ZodIssueInvalidUnion): string {
  const expected = errors.flatMap((issues) => issues.map((issue) => issue.message.replace(/^expected /, '')));
  return expected.length === 0 ? message : `expected ${wordList([...new Set(expected)])}`;
}

function foundText(value: unknown, path: Path): string | undefined {
  return value === undefined ? undefined : shown(value, path);
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
}

/** For what a schema gives no message of its own. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? 'it is missing; ' : ''}expected ${typeWord(issue.expected)}`;
    case 'invalid_value':
      return `expected ${wordList(issue.values.map((value) => JSON.stringify(value)))}`;
    case 'too_small':
      if (issue.origin === 'string') {
        return issue.minimum === 1
          ? 'expected text that is not empty'
          : `expected at least ${issue.minimum} characters`;
      }
      if (issue.origin === 'array') return `expected at least ${count(issue.minimum)}`;
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `expected at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `expected at most ${count(issue.maximum)}`;
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_format':
      if (issue.format === 'email') return 'expected an e-mail address';
      if (issue.format === 'url') return 'expected a URL, such as "https://api.example.com/health"';
      return undefined;
    case 'invalid_union':
      return 'it fits none of the allowed forms';
    default:
      return undefined;
  }
}

const count = (entries: number | bigint): string => `${entries} ${Number(entries) === 1 ? 'entry' : 'entries'}`;

function typeWord(expected: string): string {
  const words: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list',
  };
  return words[expected] ?? expected;
}

/** "a, b or c" */
export function wordList(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'nothing';
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The keys that the object at a path may have, over all the forms it may take. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let schemas = objectsIn(schema);
  for (const step of path) schemas = schemas.flatMap((each) => objectsIn(memberOf(each, step)));
  return [...new Set(schemas.flatMap((each) => Object.keys(shapeOf(each) ?? {})))];
}

// What zod's schemas are made of: https://zod.dev/library-authors
type Definition = {
  shape?: Record<string, z.ZodType>;
  options?: z.ZodType[];
  innerType?: z.ZodType;
  in?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
};
const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;
const shapeOf = (schema: z.ZodType): Definition['shape'] => definitionOf(schema).shape;

/** Through optional, default, pipe, union and intersection, down to objects, records and lists. */
function objectsIn(schema: z.ZodType | undefined): z.ZodType[] {
  if (!schema) return [];
  const { options, innerType, in: input, left, right } = definitionOf(schema);
  const inside = [...(options ?? []), innerType, input, left, right].filter((each) => each !== undefined);
  return inside.length === 0 ? [schema] : inside.flatMap(objectsIn);
}

function memberOf(schema: z.ZodType, step: PropertyKey): z.ZodType | undefined {
  const { shape, element, valueType } = definitionOf(schema);
  return shape?.[String(step)] ?? element ?? valueType;
}
