import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertionProblem, evaluate, expressionProblem, find, holds } from '../../../lambda/checks/probe/assertion.ts';
import type { JsonValue } from '../../../lambda/json.ts';

const health = {
  status: 'ok',
  maintenance: false,
  error: null,
  empty: '',
  queue: { depth: 3, name: 'mail' },
  checks: [
    { name: 'db', ready: true, state: { lag: 1 } },
    { name: 'cache', ready: true, state: { lag: 2 } },
  ],
  components: { db: { status: 'UP' }, disk: { status: 'UP' } },
  tags: ['a', 'b'],
  'odd name': { 'x.y': 1 },
};

/** Expressions that hold of `health`, each with the places it looks into and the type it wants there. */
const holding: [
  expression: string,
  wants: [place: string[], type: 'any' | 'object' | 'list' | 'element' | 'members'][],
][] = [
  ["status == 'ok'", [[['status'], 'any']]],
  ["status != 'down'", [[['status'], 'any']]],
  ["!(status == 'down')", [[['status'], 'any']]],
  ['!maintenance', [[['maintenance'], 'any']]],
  ['error == `null`', [[['error'], 'any']]],
  ['!empty', [[['empty'], 'any']]],
  [
    'queue.depth < `5`',
    [
      [['queue'], 'object'],
      [['queue', 'depth'], 'any'],
    ],
  ],
  [
    "queue.name != 'x' && status == 'ok'",
    [
      [['queue'], 'object'],
      [['queue', 'name'], 'any'],
      [['status'], 'any'],
    ],
  ],
  [
    'length(checks[?ready == `false`]) == `0`',
    [
      [['checks'], 'list'],
      [['checks', '0'], 'element'],
      [['checks', '1', 'ready'], 'any'],
    ],
  ],
  [
    'length(checks[?state.lag > `9`]) == `0`',
    [
      [['checks', '1'], 'element'],
      [['checks', '1', 'state'], 'object'],
      [['checks', '0', 'state', 'lag'], 'any'],
    ],
  ],
  [
    "!contains(checks[*].name, 'x')",
    [
      [['checks'], 'list'],
      [['checks', '1'], 'element'],
      [['checks', '0', 'name'], 'any'],
    ],
  ],
  [
    'max(checks[*].state.lag) < `9`',
    [
      [['checks', '0', 'state'], 'object'],
      [['checks', '1', 'state', 'lag'], 'any'],
    ],
  ],
  [
    "checks[0].name != 'x'",
    [
      [['checks'], 'list'],
      [['checks', '0'], 'element'],
    ],
  ],
  [
    "checks[-1].name != 'x'",
    [
      [['checks'], 'list'],
      [['checks', '1'], 'element'],
    ],
  ],
  [
    "!contains(components.*.status, 'DOWN')",
    [
      [['components'], 'members'],
      [['components', 'disk'], 'element'],
      [['components', 'db', 'status'], 'any'],
    ],
  ],
  ["!contains(tags, 'x')", [[['tags'], 'any']]],
  ["length(tags[?@ == 'x']) == `0`", [[['tags'], 'list']]],
  [
    '"odd name"."x.y" == `1`',
    [
      [['odd name'], 'object'],
      [['odd name', 'x.y'], 'any'],
    ],
  ],
];

/** A copy with what stands at the place replaced, or removed for `undefined`. */
function changed(document: JsonValue, place: string[], value: JsonValue | undefined): JsonValue {
  const [step, ...rest] = place;
  if (step === undefined) return value ?? null;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<string, JsonValue>;
  if (rest.length > 0) copy[step] = changed(copy[step] as JsonValue, rest, value);
  else if (value !== undefined) copy[step] = value;
  else delete copy[step];
  return copy as JsonValue;
}

describe('an assertion', () => {
  test.each(holding)('%s holds of an answer that says so', (expression) => {
    expect(assertionProblem(expression)).toBeUndefined();
    expect(evaluate(expression, health)).toMatchObject({ result: true, missing: [], error: null });
    expect(holds(evaluate(expression, health))).toBe(true);
  });

  test('never holds of an answer in which anything it reads is missing or is of another type', () => {
    const cases = holding.flatMap(([expression, wants]) => wants.map(([place, type]) => ({ expression, place, type })));
    const simple = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean());
    const missing = fc.constant(undefined);
    const noObject = fc.oneof(simple, fc.array(simple), fc.constant({}));
    const wrong = {
      any: missing,
      object: fc.oneof(missing, noObject),
      element: noObject,
      members: fc.oneof(missing, simple, fc.array(simple)),
      list: fc.oneof(missing, simple, fc.dictionary(fc.string(), simple)),
    };
    const broken = fc
      .constantFrom(...cases)
      .chain(({ expression, place, type }) =>
        wrong[type].map((value) => ({ expression, document: changed(health, place, value) })),
      );
    fc.assert(
      fc.property(broken, ({ expression, document }) => {
        expect(holds(evaluate(expression, document))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '!missing',
    "missing != 'x'",
    'null == null',
    'missing < `5`',
    'missing == null',
    "not_null(missing, 'x') == 'x'",
    "type(missing) == 'null'",
    "contains(['ok', missing], 'ok')",
    "status == 'ok' && !missing",
    "status.code != 'x'",
    "tags.code != 'x'",
    "tags[5] != 'x'",
    'tags[?ready == `false`] == `[]`',
    "constructor != 'x'",
    "__proto__ != 'x'",
    "toString != 'x'",
    '`true`',
    "'a' == 'a'",
    'length(`"abc"`) == `3`',
  ])('%s does not hold', (expression) => {
    expect(holds(evaluate(expression, health))).toBe(false);
  });

  test.each([[], {}, null, 'ok', 1, true, [1], [{}], [[]], [null]])('of nothing does not hold of %j', (document) => {
    for (const expression of ["status != 'x'", '!status', "[0] != 'x'", "[0].a != 'x'", "*.a != 'x'", "@.a != 'x'"]) {
      const evaluation = evaluate(expression, document as JsonValue);
      const isThere = expression === "[0] != 'x'" && Array.isArray(document) && document.length > 0;
      const nothingLookedFor = expression === "*.a != 'x'" && JSON.stringify(document) === '{}';
      expect(holds(evaluation), expression).toBe(isThere || nothingLookedFor);
    }
  });

  test.each(["status == 'ok'", 'true', "'ok'", 'status', '`1`', 'checks', 'queue', 'length(tags)'])(
    '%s holds only when it gives true itself',
    (expression) => {
      expect(holds(evaluate(expression, { ...health, status: 'true' }))).toBe(false);
    },
  );

  test('tells what the answer said, and what was not there', () => {
    expect(evaluate("status == 'ok' && queue.depth < `5`", { status: 'ok', queue: { depth: 7 } })).toEqual({
      expression: "status == 'ok' && queue.depth < `5`",
      result: false,
      found: [
        { path: 'status', value: 'ok' },
        { path: 'queue.depth', value: 7 },
      ],
      missing: [],
      error: null,
    });
    expect(evaluate('checks[?ready.now].name', { checks: [{ ready: true }] }).missing).toEqual([
      'checks[0].ready is no object',
    ]);
    expect(evaluate('length(queue.depth) > `0`', health).error).toMatch(/length/);
  });

  test.each([
    ['{a: status}', 'multi-selects'],
    ['[status, queue]', 'multi-selects'],
    ['queue.[depth]', 'multi-selects'],
    ['status | length(@)', 'pipes'],
    ['max_by(checks, &ready)', 'expressions as arguments'],
    ['checks[].name', 'flattening'],
    ['checks[*][0]', 'a list in a list'],
    ['keys(queue)[0]', 'reading into the result'],
    ['(queue).depth', 'reading into the result'],
    ['checks[?@.ready]', 'reading into @'],
    ['checks.length(@)', 'a function after a dot'],
    ['components.*[0]', 'a position after .*'],
    ['`true`', 'reads nothing'],
    ["starts_with('abc', 'a')", 'reads nothing'],
    ['status ==', 'is not JMESPath'],
    ['', 'is not JMESPath'],
    ["nonsense(status) == 'x'", 'is not JMESPath'],
    ['length(status, queue)', 'is not JMESPath'],
    ['status == ok)', 'is not JMESPath'],
  ])('%s is refused in settings', (expression, because) => {
    expect(assertionProblem(expression)).toContain(because);
  });

  test('is refused or parsed, and never breaks, whatever it is', () => {
    const piece = fc.constantFrom(
      'a',
      '"b.c"',
      '.',
      '[',
      ']',
      '[?',
      '[*]',
      '*',
      '@',
      '(',
      ')',
      "'x'",
      '`1`',
      '==',
      '!',
      '&&',
      '|',
      '{',
      '&',
      '-1',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        fc.jsonValue(),
        (text, document) => {
          if (assertionProblem(text) !== undefined) return;
          expect(evaluate(text, document as JsonValue).expression).toBe(text);
        },
      ),
    );
  });
});

describe('find', () => {
  test.each([
    ['access_token', { access_token: 'abc' }, 'abc'],
    ['data.tokens[0].value | @', { data: { tokens: [{ value: 'abc' }] } }, 'abc'],
    ['build', { build: 412 }, '412'],
    ['a.constructor', { a: {} }, undefined],
    ['a.b', { a: null }, undefined],
    ['length(a)', {}, undefined],
    ['a', { a: { b: 1 } }, undefined],
    ['a', 'text', undefined],
    ['a', null, undefined],
  ])('%s of %j is %j', (expression, document, value) => {
    expect(expressionProblem(expression)).toBeUndefined();
    expect(find(expression, document)).toBe(value);
  });
});
