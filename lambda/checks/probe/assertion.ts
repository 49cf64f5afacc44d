// What settings may demand of a JSON answer: JMESPath expressions that must come out true. Owns the rule that a missing
// value never satisfies one: JMESPath itself reads what is missing as null, and finds `status != 'down'` true of `{}`.
//
// The rule: everything an expression reads while it is evaluated must be there. The answer is handed to the evaluator
// in wrappers that note every read, and one that finds nothing spoils the result, whatever the result is. A member
// that is there and null is not missing; looking into it, or into any simple value, finds nothing.
import { JMESPathTypeError, search } from '@aws-lambda-powertools/jmespath';
import type { JsonObject, JsonValue } from '../../json.ts';
import { type Needs, shapeOf } from './expression-shape.ts';

type Simple = string | number | boolean | null;

/** What came of an assertion: facts, from which `holds` tells whether it is satisfied. */
export type Evaluation = {
  expression: string;
  /** Null when there is none. */
  result: Simple;
  /** The simple values that were read, in order: what the answer said. */
  found: { path: string; value: Simple }[];
  /** What was looked for and is not there. */
  missing: string[];
  /** Why the expression could not be evaluated. */
  error: string | null;
};

/** Exactly true, and everything it read was there. */
export function holds(evaluation: Evaluation): boolean {
  return evaluation.result === true && evaluation.missing.length === 0 && evaluation.error === null;
}

/** What is wrong with an expression as an assertion, for settings; `undefined` when it may stand. */
export function assertionProblem(expression: string): string | undefined {
  const problem = expressionProblem(expression);
  if (problem !== undefined) return problem;
  const shape = shapeOf(expression);
  return 'problem' in shape ? shape.problem : undefined;
}

/** What is wrong with an expression that finds a value; `undefined` when it can be evaluated. */
export function expressionProblem(expression: string): string | undefined {
  try {
    search(expression, {});
    return undefined;
  } catch (error) {
    // Of an empty object, functions get null for what they want: that is no fault of the expression.
    return error instanceof JMESPathTypeError ? undefined : `is not JMESPath: ${messageOf(error)}`;
  }
}

/** Evaluates an assertion that `assertionProblem` accepts. */
export function evaluate(expression: string, document: JsonValue): Evaluation {
  const shape = shapeOf(expression);
  if ('problem' in shape) return { expression, result: null, found: [], missing: [], error: shape.problem };
  const watch = watchOver(document, shape.needs);
  let result: Simple = null;
  let error: string | null = null;
  try {
    const value = search(expression, watch.document as JsonObject);
    if (isSimple(value)) result = value;
    else if (value !== undefined) error = 'it gives an object or a list, not true or false';
  } catch (cause) {
    error = messageOf(cause);
  }
  const { found, missing } = watch;
  return { expression, result, found, missing: [...new Set(missing)], error };
}

/** The text or number that an expression of any form finds; `undefined` when it finds none. */
export function find(expression: string, document: JsonValue): string | undefined {
  try {
    // Watched only so that the names every JavaScript object has ("constructor") are not taken for members.
    const value = search(expression, watchOver(document, new Map()).document as JsonObject);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch (error) {
    if (error instanceof JMESPathTypeError) return undefined;
    throw error;
  }
}

/** The document, wrapped, and the notes that reading it leaves. */
function watchOver(document: JsonValue, needs: Needs) {
  const found: Evaluation['found'] = [];
  const missing: string[] = [];

  /** What reading `value` under `name` gives: itself if simple, wrapped otherwise. */
  function read(value: JsonValue, path: string, name: string, object: boolean, list: boolean): unknown {
    const isList = Array.isArray(value);
    const isObject = !isSimple(value) && !isList;
    if ((object && !isObject) || (list && !isList))
      missing.push(`${path || 'the answer'} is no ${object ? 'object' : 'list'}`);
    else if (isSimple(value)) found.push({ path, value });
    return isSimple(value) ? value : isList ? listOver(value, path, name) : objectOver(value, path, name);
  }

  function objectOver(members: JsonObject, path: string, name: string): unknown {
    let listed = false;
    return new Proxy(members, {
      has(_, key) {
        if (Object.hasOwn(members, key)) return true;
        missing.push(join(path, String(key)));
        return false;
      },
      ownKeys() {
        listed = true;
        return Reflect.ownKeys(members);
      },
      get(_, key) {
        if (typeof key !== 'string' || !Object.hasOwn(members, key)) return undefined;
        const need = needs.get(key);
        const within = listed && (needs.get(name)?.within ?? false);
        return read(members[key] ?? null, join(path, key), key, within || (need?.object ?? false), need?.list ?? false);
      },
    });
  }

  function listOver(elements: JsonValue[], path: string, name: string): unknown {
    return new Proxy(elements, {
      get(_, key) {
        if (typeof key !== 'string' || !/^-?\d+$/.test(key)) return Reflect.get(elements, key);
        const at = `${path}[${key}]`;
        if (Object.hasOwn(elements, key)) {
          return read(elements[Number(key)] ?? null, at, name, needs.get(name)?.within ?? false, false);
        }
        missing.push(at);
        return undefined;
      },
    });
  }

  const root = needs.get('');
  return { document: read(document, '', '', root?.object ?? false, root?.list ?? false), found, missing };
}

function isSimple(value: unknown): value is Simple {
  return value === null || (typeof value !== 'object' && typeof value !== 'undefined');
}

function join(path: string, key: string): string {
  const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? name : `${path}.${name}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
