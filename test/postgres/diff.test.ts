import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../lambda/json.ts';
import { type ComparedSide, diff } from '../../lambda/postgres/diff.ts';
import { type Fact, factKey } from '../../lambda/postgres/fact.ts';
import { renameHints } from '../../lambda/postgres/kinds/renames.ts';
import { attributeNote, kinds } from '../../lambda/postgres/kinds.ts';

const side = (facts: Fact[], more: Partial<ComparedSide> = {}): ComparedSide => ({
  facts,
  serverVersion: 180_004,
  ...more,
});
const fact = (kind: string, id: string, attributes: JsonObject = {}, more: Partial<Fact> = {}): Fact => ({
  kind,
  id,
  attributes,
  ...more,
});
const short = ({ drift }: ReturnType<typeof diff>): string[] =>
  drift.map(({ verb, kind, subject, attribute }) => [verb, kind, subject, attribute].filter(Boolean).join(' '));

test('no kind of object has a name in the comparison', () => {
  const folder = new URL('../../lambda/postgres/', import.meta.url);
  const files = ['diff.ts', ...readdirSync(new URL('diff/', folder)).map((name) => `diff/${name}`)];
  const source = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  // One is a keyword of TypeScript, the other the name of a field: those may not stand in quotes.
  const pattern = (kind: string): string =>
    kind === 'function' || kind === 'attribute' ? `['"\`]${kind}['"\`]` : `\\b${kind}\\b`;
  expect(Object.keys(kinds).filter((kind) => new RegExp(pattern(kind)).test(code))).toEqual([]);
});

describe('one cause is one entry', () => {
  const table = fact('table', 't');
  const column = fact('column', 't.c', {}, { parent: 'table t' });
  const index = fact('index', 'i', {}, { parent: 'table t', needs: ['column t.c'] });

  test('a missing table has its columns and indexes with it', () => {
    const { drift } = diff(side([table, column, index]), side([]));
    expect(drift).toEqual([
      {
        kind: 'table',
        subject: 't',
        verb: 'missing',
        expected: {},
        actual: null,
        swallowed: ['column t.c', 'index i'],
      },
    ]);
  });

  test('a missing column has the index that needs it with it', () => {
    const comparison = diff(side([table, column, index]), side([table]));
    expect(short(comparison)).toEqual(['missing column t.c']);
    expect(comparison.drift[0]?.swallowed).toEqual(['index i']);
  });

  test('an unexpected table has its columns with it', () => {
    expect(short(diff(side([]), side([table, column])))).toEqual(['unexpected table t']);
  });

  test('a part of something else is another object', () => {
    const elsewhere = { ...column, parent: 'table u' };
    expect(short(diff(side([table, column]), side([table, elsewhere])))).toEqual([
      'missing column t.c',
      'unexpected column t.c',
    ]);
  });

  test('a change that a partition shares with its table is told of the table', () => {
    const change = (type: string): Fact[] => [
      fact('column', 't.c', { type }),
      fact('column', 't_1.c', { type }, { needs: ['column t.c'] }),
      fact('column', 't_2.c', { type: type === 'text' ? 'json' : type }, { needs: ['column t.c'] }),
    ];
    const comparison = diff(side(change('integer')), side(change('text')));
    expect(short(comparison)).toEqual(['changed column t.c type', 'changed column t_2.c type']);
    expect(comparison.drift[0]?.swallowed).toEqual(['column t_1.c']);
  });

  test('details go with what they belong to', () => {
    const withIdentity = fact('column', 't.c', { identity: 'always', identityStart: '1', identityCache: '1' });
    expect(short(diff(side([withIdentity]), side([fact('column', 't.c')])))).toEqual(['changed column t.c identity']);
    const restarted = fact('column', 't.c', { identity: 'always', identityStart: '5', identityCache: '1' });
    expect(short(diff(side([withIdentity]), side([restarted])))).toEqual(['changed column t.c identityStart']);
  });

  test('what only its SQL names is a cause when it is missing, not when it is unexpected', () => {
    const called = fact('function', 'public.f()', { body: 'x' }, { parent: 'schema public' });
    const trigger = fact(
      'trigger',
      'public.t.a',
      { definition: 'EXECUTE FUNCTION public.f()' },
      { parent: 'table public.t' },
    );
    const view = fact('view', 'public.v', { definition: 'SELECT public.f()' }, { parent: 'schema public' });
    const facts = [called, trigger, view];
    expect(short(diff(side(facts), side([])))).toEqual(['missing function public.f()']);
    expect(short(diff(side([]), side(facts)))).toEqual([
      'unexpected function public.f()',
      'unexpected trigger public.t.a',
    ]);
  });

  test('facts that need each other are all told', () => {
    const ring = [fact('a', '1', {}, { needs: ['a 2'] }), fact('a', '2', {}, { needs: ['a 1'] })];
    expect(short(diff(side(ring), side([])))).toEqual(['missing a 1', 'missing a 2']);
  });
});

describe('another name', () => {
  const schema = fact('schema', 'public');
  const table = (id: string, names: string[]): Fact[] => [
    fact('table', id, { form: 'ordinary', columnOrder: names }, { parent: 'schema public' }),
    ...names.map((name) => fact('column', `${id}.${name}`, { type: name.slice(0, 1) }, { parent: `table ${id}` })),
  ];
  const check = (id: string, definition: string): Fact =>
    fact('constraint', `public.t.${id}`, { type: 'check', definition }, { parent: 'table public.t' });

  test('is one entry, with both names', () => {
    const model = [schema, ...table('public.t', ['a', 'b', 'c']), check('positive', 'CHECK ((a > 0))')];
    const production = [schema, ...table('public.t', ['a', 'b', 'c']), check('over_0', 'CHECK ((a > 0))')];
    expect(diff(side(model), side(production)).drift).toEqual([
      {
        kind: 'constraint',
        subject: 'public.t.positive',
        parent: 'table public.t',
        verb: 'changed',
        attribute: 'name',
        expected: 'positive',
        actual: 'over_0',
      },
    ]);
  });

  test('of a table is not told of its parts, and its parts are compared', () => {
    const model = [schema, ...table('public.t', ['a', 'b', 'c'])];
    const production = [schema, ...table('public.u', ['a', 'b', 'c', 'd'])];
    const comparison = diff(side(model), side(production));
    expect(short(comparison)).toEqual(['changed table public.t name', 'unexpected column public.t.d']);
    expect(comparison.drift[0]).toMatchObject({ expected: 't', actual: 'u' });
  });

  test('names that PostgreSQL made are one entry a table, which lists them', () => {
    const model = [
      schema,
      ...table('public.t', ['a']),
      check('t_a_check', 'CHECK (1)'),
      check('t_a_check1', 'CHECK (2)'),
    ];
    const other = [
      schema,
      ...table('public.t', ['a']),
      check('t_a_check', 'CHECK (2)'),
      check('t_a_check1', 'CHECK (1)'),
    ];
    expect(diff(side(model), side(other)).drift).toEqual([
      {
        kind: 'table',
        subject: 'public.t',
        parent: 'schema public',
        verb: 'changed',
        attribute: 'generatedNames',
        expected: ['constraint t_a_check', 'constraint t_a_check1'],
        actual: ['constraint t_a_check1', 'constraint t_a_check'],
        swallowed: ['constraint public.t.t_a_check', 'constraint public.t.t_a_check1'],
      },
    ]);
  });

  test('what could not be verified is nobody under another name', () => {
    const model = [schema, ...table('public.t', ['a', 'b', 'c'])];
    const production = [schema, ...table('public.u', ['a', 'b', 'c'])];
    const locked = { kind: 'table', subject: 'public.u', reason: 'locked' };
    expect(short(diff(side(model), side(production, { notVerified: [locked] })))).toEqual(['missing table public.t']);
  });

  test('is looked for in kinds and attributes that there are', () => {
    const known = Object.entries(renameHints).flatMap(([kind, hint]) =>
      [
        ...hint.by,
        ...(hint.set ?? []),
        ...Object.keys(hint.orUnusual ?? {}),
        ...(hint.readThrough ? [hint.readThrough] : []),
      ].map((attribute) => [kind, attribute] as const),
    );
    expect(Object.keys(renameHints).filter((kind) => !Object.hasOwn(kinds, kind))).toEqual([]);
    expect(known.filter(([kind, attribute]) => attributeNote(kind, attribute) === undefined)).toEqual([]);
  });
});

describe('what could not be verified is no drift', () => {
  const locked = { kind: 'table', subject: 't', reason: 'locked' };
  const model = [fact('table', 't'), fact('column', 't.c', {}, { parent: 'table t' }), fact('table', 'u')];

  test('neither the object nor its parts', () => {
    const comparison = diff(side(model), side([], { notVerified: [locked] }));
    expect(short(comparison)).toEqual(['missing table u']);
    expect(comparison.notVerified).toEqual([locked]);
    expect(comparison.equal).toBe(0);
  });

  test('what two majors print differently, with the way out', () => {
    const view = (definition: string): Fact => fact('view', 'public.v', { definition });
    const comparison = diff(
      side([view("SELECT timezone('x'::text, (f)::timestamp with time zone)")], { serverVersion: 130_023 }),
      side([view("SELECT (f AT TIME ZONE 'x'::text)")]),
    );
    expect(comparison).toEqual({
      drift: [],
      notVerified: [
        {
          kind: 'view',
          subject: 'public.v',
          reason:
            "PostgreSQL 13 and 18 print its definition differently; a snapshot taken with production's version can tell: driftwatch snapshot --run ... --postgres 18",
        },
      ],
      equal: 0,
    });
  });

  test('on either side', () => {
    expect(short(diff(side([], { notVerified: [locked] }), side(model)))).toEqual(['unexpected table u']);
  });
});

describe('only what both sides speak of is compared', () => {
  const owned = (owner: string): Fact => fact('table', 't', { form: 'ordinary', owner });

  test('structure alone: nothing about owners and grants', () => {
    const model = side([owned('postgres')], { scope: ['structure'] });
    expect(diff(model, side([owned('app')]))).toMatchObject({ drift: [], equal: 1 });
  });

  test('what is not compared is not told of a whole object: it would be another difference for another owner', () => {
    const [entry] = diff(side([owned('postgres')], { scope: ['structure'] }), side([])).drift;
    expect(entry).toMatchObject({ verb: 'missing', subject: 't' });
    expect(entry?.expected).not.toHaveProperty('owner');
  });

  test('owners alone: nothing about objects that only one side has', () => {
    const accepted = side([fact('table', 't', { owner: 'app' }), fact('table', 'gone')], { scope: ['owners'] });
    const production = side([fact('table', 't', { form: 'partitioned', owner: 'app2' }), fact('table', 'new')]);
    expect(short(diff(accepted, production))).toEqual(['changed table t owner']);
  });

  test('everything, when neither side says', () => {
    expect(short(diff(side([owned('postgres')]), side([owned('app')])))).toEqual(['changed table t owner']);
  });
});

describe('values', () => {
  const changed = (kind: string, attribute: string, expected: JsonObject[string], actual: JsonObject[string]) =>
    short(diff(side([fact(kind, 'x', { [attribute]: expected })]), side([fact(kind, 'x', { [attribute]: actual })])));

  test.each([
    ['columns in another order', ['a', 'b', 'c'], ['b', 'a', 'c'], 1],
    ['a column more in the middle', ['a', 'c'], ['a', 'b', 'c'], 0],
    ['a column less', ['a', 'b', 'c'], ['a', 'c'], 0],
  ])('%s', (_, expected, actual, entries) => {
    expect(changed('table', 'columnOrder', expected, actual)).toHaveLength(entries);
  });

  test('a materialized view that the model has not filled may be filled', () => {
    expect(changed('materialized view', 'populated', false, true)).toEqual([]);
    expect(changed('materialized view', 'populated', true, false)).toHaveLength(1);
  });

  test('options are equal whatever order they are told in', () => {
    expect(changed('table', 'options', { a: '1', b: '2' }, { b: '2', a: '1' })).toEqual([]);
    expect(changed('table', 'options', { a: '1' }, { a: '2' })).toHaveLength(1);
  });

  test('what only one major knows is compared within it alone', () => {
    const on = (serverVersion: number, attributes: JsonObject) =>
      side([fact('column', 'x', attributes)], { serverVersion });
    expect(short(diff(on(180_000, { notNullName: 'n' }), on(170_000, {})))).toEqual([]);
    expect(short(diff(on(180_000, { notNullName: 'n' }), on(180_001, {})))).toHaveLength(1);
  });

  test('an attribute that this version does not know is compared all the same', () => {
    expect(changed('property graph', 'enabled', 'origin', 'disabled')).toHaveLength(1);
  });
});

describe('for any facts', () => {
  const name = fc.constantFrom('a', 'b', 'c', '"d""', 'é', '💥');
  const facts = fc
    .array(
      fc.record(
        {
          kind: fc.constantFrom('table', 'column', 'index', 'shape'),
          id: name,
          parent: fc.constantFrom('table a', 'table b', 'shape c'),
          needs: fc.array(fc.constantFrom('column a', 'column b', 'index c'), { maxLength: 2 }),
          attributes: fc.dictionary(
            fc.constantFrom('type', 'options', 'columnOrder', 'identity'),
            fc.jsonValue({ maxDepth: 1 }),
          ),
        },
        { requiredKeys: ['kind', 'id', 'attributes'] },
      ),
      { maxLength: 12 },
    )
    .map((list) => [...new Map(list.map((item) => [factKey(item as Fact), item as Fact])).values()]);

  test('nothing differs from itself', () => {
    fc.assert(
      fc.property(facts, (list) => {
        expect(diff(side(list), side([...list].reverse())).drift).toEqual([]);
      }),
    );
  });

  test('missing one way is unexpected the other way', () => {
    fc.assert(
      fc.property(facts, facts, (left, right) => {
        const mirror = { missing: 'unexpected', unexpected: 'missing', changed: 'changed' } as const;
        const forth = diff(side(left), side(right)).drift;
        const back = diff(side(right), side(left)).drift;
        const key = (entry: (typeof forth)[number]): string =>
          JSON.stringify([entry.kind, entry.subject, entry.parent]);
        const told = (drift: typeof forth, verb: keyof typeof mirror): string[] =>
          drift
            .filter((entry) => entry.verb === verb)
            .map(key)
            .sort();
        expect(told(forth, 'missing')).toEqual(told(back, 'unexpected'));
        expect(told(forth, 'unexpected')).toEqual(told(back, 'missing'));
      }),
    );
  });

  test('every fact of one side alone is told, by an entry or within one', () => {
    fc.assert(
      fc.property(facts, (list) => {
        const { drift } = diff(side(list), side([]));
        const told = drift.flatMap((entry) => [
          factKey({ kind: entry.kind, id: entry.subject }),
          ...(entry.swallowed ?? []),
        ]);
        expect(told.sort()).toEqual(list.map(factKey).sort());
      }),
    );
  });
});
