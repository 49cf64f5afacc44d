import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { decodeSnapshot, encodeSnapshot, makeSnapshot, type Snapshot } from '../../lambda/postgres/snapshot.ts';

const content = (facts: Fact[] = []): Parameters<typeof makeSnapshot>[0] => ({
  scope: ['structure'],
  facts,
  serverVersion: 180_004,
  options: {},
  source: 'database',
  takenAt: '2026-11-20T12:00:00.000Z',
  takenBy: '0.1.0',
  vocabulary: { table: ['comment'] },
});

const anyFact = fc.record(
  {
    kind: fc.string({ unit: 'grapheme' }),
    id: fc.string({ unit: 'grapheme' }),
    parent: fc.string(),
    needs: fc.array(fc.string()),
    attributes: fc.dictionary(fc.string(), fc.jsonValue()),
  },
  { requiredKeys: ['kind', 'id', 'attributes'] },
) as fc.Arbitrary<Fact>;

const anySnapshot = fc
  .record(
    {
      facts: fc.array(anyFact),
      serverVersion: fc.integer({ min: 130_000, max: 190_000 }),
      options: fc.record(
        { includeSchemas: fc.array(fc.string()), excludeSchemas: fc.array(fc.string()) },
        { requiredKeys: [] },
      ),
      applicationVersion: fc.string({ unit: 'grapheme' }),
      commit: fc.string(),
    },
    { requiredKeys: ['facts', 'serverVersion', 'options'] },
  )
  .map((made) => makeSnapshot({ ...content(), ...made } as Parameters<typeof makeSnapshot>[0]));

const tricky = makeSnapshot(
  content([
    { kind: 'table', id: 'public."a""b\n<b>💥"', parent: 'schema public', attributes: { options: { x: '1' } } },
    { kind: 'function', id: 'public.f()', attributes: { body: '"contentHash":"sha256:0",\\u0000' } },
  ]),
);

function refusal(text: string): EdgeError {
  try {
    decodeSnapshot(text, 's3://bucket/model.json');
  } catch (error) {
    if (error instanceof EdgeError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a snapshot', () => {
  test('comes back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(decodeSnapshot(encodeSnapshot(snapshot), 'file')).toEqual(JSON.parse(JSON.stringify(snapshot)));
      }),
    );
  });

  test('that is read in many parts comes back whole, also when what is in a fact looks like the next one', () => {
    const fact = (n: number, attributes: Fact['attributes']): Fact => ({
      kind: 'table',
      id: `public.t${n}`,
      attributes,
    });
    const plain = Array.from({ length: 4_000 }, (_, n) => fact(n, { text: 'ü'.repeat(100), order: [`${n}`] }));
    const nested = plain.map(({ id }, n) => fact(n, { list: [0, { attributes: id }, { attributes: 1 }] }));
    for (const facts of [plain, nested]) {
      const snapshot = makeSnapshot(content(facts));
      expect(decodeSnapshot(encodeSnapshot(snapshot), 'file')).toEqual(snapshot);
    }
  });

  test('has the same text and hash whatever order its facts came in', () => {
    const facts: Fact[] = [
      { kind: 'table', id: 'b', attributes: { z: 1, a: 2 } },
      { kind: 'column', id: 'é', attributes: {} },
      { kind: 'column', id: 'a', attributes: {} },
    ];
    const reordered = facts.map(({ kind, id, attributes }) => ({ attributes, id, kind })).reverse();
    expect(encodeSnapshot(makeSnapshot(content(facts)))).toBe(encodeSnapshot(makeSnapshot(content(reordered))));
  });

  test('has one hash over what it says, whenever and from whichever server it was taken', () => {
    const facts: Fact[] = [{ kind: 'table', id: 'public.a', attributes: { x: 1 } }];
    const hash = (change: Partial<Snapshot> = {}) => makeSnapshot({ ...content(facts), ...change }).factsHash;
    const later = { takenAt: '2026-11-21T12:00:00.000Z', takenBy: '0.2.0', serverVersion: 170_001, commit: 'abc' };
    expect(hash(later)).toBe(hash());
    const others: Partial<Snapshot>[] = [{ facts: [] }, { scope: ['owners'] }, { options: { includeSchemas: ['a'] } }];
    expect(new Set([{}, ...others].map(hash)).size).toBe(4);
  });

  test('is written as it always was', () => {
    expect(
      encodeSnapshot(makeSnapshot(content([{ kind: 'enum', id: 'public.mood', attributes: { labels: ['a'] } }]))),
    ).toBe(
      '{"contentHash":"sha256:b27e573f104fd5ffe06a555f7cf6c7ce6a1bc0c1999062db47fc7a1982771470","facts":[{"attributes":{"labels":["a"]},"id":"public.mood","kind":"enum"}],' +
        '"factsHash":"sha256:6199a280f5b7489ca8a1d70cf748a258450c35fce6c00c881d8c353edcb1b57d","formatVersion":2,"options":{},"scope":["structure"],"serverVersion":180004,"source":"database","takenAt":"2026-11-20T12:00:00.000Z","takenBy":"0.1.0","vocabulary":{"table":["comment"]}}\n',
    );
  });

  test('is accepted when it was laid out anew', () => {
    const text = encodeSnapshot(tricky);
    expect(decodeSnapshot(JSON.stringify(JSON.parse(text), null, 2), 'file')).toEqual(tricky);
  });
});

describe('a snapshot is refused', () => {
  const text = encodeSnapshot(tricky);
  const changed = (change: (snapshot: Record<string, unknown>) => void): string => {
    const copy = JSON.parse(text) as Record<string, unknown>;
    change(copy);
    return JSON.stringify(copy);
  };
  const sealed = (change: Partial<Record<keyof Snapshot, unknown>>): string =>
    encodeSnapshot(makeSnapshot({ ...content(), ...change } as Parameters<typeof makeSnapshot>[0]));

  test.each([
    ['cut off anywhere', text.slice(0, -20), /is cut off after \d+ characters/],
    ['empty', '', /is cut off after 0 characters/],
    ['no JSON', 'PGDMP}', /is not valid JSON/],
    ['other JSON', '[1, 2]', /it is not a snapshot/],
    [
      'of a newer format',
      changed((copy) => Object.assign(copy, { formatVersion: 3 })),
      /taken by Driftwatch 0\.1\.0, has format version 3; this Driftwatch \(\d[\d.]+\) reads version 2/,
    ],
    [
      'of an older format',
      changed((copy) => Object.assign(copy, { formatVersion: 1 })),
      /has format version 1; this Driftwatch/,
    ],
    ['of no known format', changed((copy) => Object.assign(copy, { formatVersion: 'x' })), /has format version "x"/],
    ['altered in a fact', text.replace('"x":"1"', '"x":"2"'), /was altered/],
    ['altered in a date', text.replace('2026-11-20', '2026-11-21'), /was altered/],
    ['without a hash', changed((copy) => Reflect.deleteProperty(copy, 'contentHash')), /was altered/],
    ['with a fact that is none', sealed({ facts: [{ kind: 'table' } as never] }), /not well formed: facts/],
    ['of an unknown scope', sealed({ scope: ['everything'] }), /not well formed: scope\.0/],
    ['with something more in it', sealed({ extra: 1 } as never), /not well formed/],
  ])('%s', (_, broken, message) => {
    const error = refusal(broken);
    expect(error.reason).toBe('invalid');
    expect(error.message).toMatch(message);
    expect(error.message).toContain('s3://bucket/model.json');
    expect(error.remedy).toMatch(/\.$/);
  });

  test('for any single character that is changed in its text', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length - 2 }), fc.constantFrom('x', '9', '"', '}'), (place, character) => {
        fc.pre(text[place] !== character);
        expect(refusal(text.slice(0, place) + character + text.slice(place + 1)).reason).toBe('invalid');
      }),
      { numRuns: 300 },
    );
  });
});

test('what a Driftwatch of another version sealed and this one does not know is told as that', () => {
  const future = { ...content(), scope: ['everything'], takenBy: '0.9.0' } as never;
  const error = refusal(encodeSnapshot(makeSnapshot(future)));
  expect(error.message).toMatch(/taken by Driftwatch 0\.9\.0, is not well formed: scope\.0/);
  expect(error.remedy).toMatch(/same version of Driftwatch/);
});

test('a remedy for a newer format is to update', () => {
  const text = encodeSnapshot(tricky).replace('"formatVersion":2', '"formatVersion":3');
  expect(refusal(text).remedy).toMatch(/Update Driftwatch/);
});
