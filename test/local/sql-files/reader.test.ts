// How text becomes statements: as psql has it, line by line.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSqlReader, type SqlItem, type Unfinished } from '../../../local/sql-files/reader.ts';

function readAll(text: string, variables?: ReadonlyMap<string, string>): SqlItem[] {
  const read = readEnd(text, variables);
  if (Array.isArray(read)) return read;
  throw new Error(`${read.what} is not finished`);
}

function readEnd(text: string, variables?: ReadonlyMap<string, string>): SqlItem[] | Unfinished {
  const reader = createSqlReader(variables);
  const items = text.split(/(?<=\n)/).flatMap((line) => reader.push(line));
  const last = reader.end();
  return Array.isArray(last) ? [...items, ...last] : last;
}

/** The statements alone. */
const statements = (text: string) => readAll(text).flatMap((item) => (item.kind === 'statement' ? [item.text] : []));

const routine = (body: string) => `CREATE FUNCTION f() RETURNS int LANGUAGE SQL BEGIN ATOMIC ${body} END`;

describe('a semicolon ends a statement, unless it stands', () => {
  test.each<[string, string[]]>([
    ['nowhere special', ['SELECT 1', 'SELECT 2']],
    ['in a string', ["SELECT 'a;b'", "SELECT 'it''s; fine'", "SELECT ''"]],
    ['behind a backslash, which is one like any other', ["SELECT 'C:\\'", 'SELECT 2']],
    ['in a string with escapes', ["SELECT E'it\\'s; x'", "SELECT e'a'';\\\\'", "SELECT E'\\\\', 1"]],
    ['in a string over several lines', ["SELECT 'a;\n;b'", "SELECT E'a;\\\n;b'"]],
    ['behind a word that ends with e', ["SELECT date'2020-01-01'", 'SELECT 2']],
    ['in a quoted name', ['SELECT 1 AS "a;""b"', 'SELECT 2']],
    ['in dollar quotes', ["DO $$ BEGIN; 'x; END $$", 'SELECT $a$ ; $$ ; $b$ ; $a$', 'SELECT $ä$ ; $ä$']],
    ['behind a parameter or a name with a dollar', ['PREPARE p AS SELECT $1', 'SELECT a$b$c', 'SELECT 2']],
    ['in a comment of a line', ['SELECT 1 -- ; not yet\n + 1', 'SELECT 2']],
    ['in a comment with comments in it', ['SELECT /* ; /* ; */ ; */ 1', 'SELECT 2']],
    ['in parentheses', ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 2']],
    ['in an atomic body', [routine('SELECT 1; SELECT CASE WHEN true THEN 1 ELSE 2 END;'), 'SELECT 2']],
    [
      'in an atomic body of a procedure that is replaced',
      ['CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END'],
    ],
    ['behind the BEGIN of a transaction', ['BEGIN', 'CREATE TABLE t ()', 'END']],
  ])('%s', (_, expected) => {
    expect(statements(`${expected.join(';\n')};\n`)).toEqual(expected);
    expect(statements(expected.join(';'))).toEqual(expected);
  });

  test('what is between two of them is nobody’s', () => {
    expect(statements('-- first\n/* a;\n b */ ;;\n  SELECT 1 -- its own\n;\n-- last')).toEqual(['SELECT 1 -- its own']);
  });

  test('a dump of old may have backslashes in every string', () => {
    const off = "SET standard_conforming_strings = off;\nSELECT 'it\\'s; x';\n";
    const on = "SET standard_conforming_strings TO 'on';\nSELECT 'C:\\';";
    expect(statements(off + on)).toEqual([
      'SET standard_conforming_strings = off',
      "SELECT 'it\\'s; x'",
      "SET standard_conforming_strings TO 'on'",
      "SELECT 'C:\\'",
    ]);
  });

  test('every statement has the line on which it begins', () => {
    const text = "\n-- one\nSELECT\n  'x\n';\n\n  SELECT 2; SELECT 3;";
    const lines = readAll(text).flatMap((item) => (item.kind === 'statement' ? [item.line] : []));
    expect(lines).toEqual([3, 7, 7]);
  });

  test('whatever strings, names and comments hold, they come out as they went in', () => {
    const texts = fc.string({
      unit: fc.constantFrom(';', "'", '"', '$', '\\', '-', '*', '/', '\n', 'a', '(', ':', 'é'),
    });
    const written = fc.oneof(
      texts.map((text) => `'${text.replaceAll("'", "''")}'`),
      texts.map((text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
      texts.map((text) => `"${text.replaceAll('"', '""')}x"`),
      texts.filter((text) => !text.includes('$')).map((text) => `$t$${text}$t$`),
      texts.filter((text) => !/\*\/|\/\*|\*$|^\/|\/$/.test(text)).map((text) => `/* ${text} */`),
      texts.map((text) => `--${text.replaceAll('\n', '')}\n`),
    );
    fc.assert(
      fc.property(fc.array(fc.array(written, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (parts) => {
        const made = parts.map((part) => `SELECT ${part.join(' , ')} x`);
        expect(statements(`${made.join(';\n')};`)).toEqual(made);
      }),
    );
  });
});

describe('COPY data', () => {
  test('is counted and read as nothing else', () => {
    const text =
      "COPY public.t (a, b) FROM stdin;\n1\t';\n\\N\t\\.x\n\\.\n\nSELECT 1;\ncopy t from STDIN with csv;\n\\.\n";
    expect(readAll(text)).toEqual([
      { kind: 'copy', text: 'COPY public.t (a, b) FROM stdin', line: 1, rows: 2 },
      { kind: 'statement', text: 'SELECT 1', line: 6 },
      { kind: 'copy', text: 'copy t from STDIN with csv', line: 7, rows: 0 },
    ]);
  });

  test('ends with a carriage return as well', () => {
    expect(readAll('COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n')).toMatchObject([
      { rows: 1 },
      { text: 'SELECT 1' },
    ]);
  });

  test('of COPY to or from elsewhere there is none', () => {
    expect(statements("COPY t TO stdout;\nCOPY t FROM '/tmp/stdin';\n")).toHaveLength(2);
  });
});

describe('a backslash', () => {
  test.each<[string, Partial<SqlItem>[]]>([
    ['\\restrict a1b2\nSELECT 1;', [{ kind: 'command', name: 'restrict', rest: 'a1b2' }, { kind: 'statement' }]],
    ['\\set x 1 -- y\n', [{ kind: 'command', name: 'set', rest: 'x 1 -- y' }]],
    ['SELECT 1 \\g\nSELECT 2;', [{ text: 'SELECT 1' }, { text: 'SELECT 2' }]],
    ['SELECT $$x$$ \\gexec\n', [{ kind: 'command', name: 'gexec', pending: 'SELECT $$x$$' }, { kind: 'statement' }]],
    ['SELECT 1\\; SELECT 2;', [{ text: 'SELECT 1; SELECT 2' }]],
    ["SELECT '\\q';", [{ text: "SELECT '\\q'" }]],
    [
      '\\d+ t\n\\? x\n',
      [
        { kind: 'command', name: 'd+', rest: 't' },
        { kind: 'command', name: '?', rest: 'x' },
      ],
    ],
  ])('%j', (text, expected) => {
    expect(readAll(text)).toMatchObject(expected);
  });
});

test('variables that are set stand for their values; others, casts and slices stay', () => {
  const variables = new Map([
    ['schema', 'app'],
    ['who', "o'neil"],
    ['name', 'a"b'],
  ]);
  const text = "SELECT :'who', :\"name\", x::text, :schema.f(y[1:n], z[:schema]), ':who', :other;";
  expect(readAll(text, variables)).toMatchObject([
    { text: `SELECT 'o''neil', "a""b", x::text, app.f(y[1:n], z[app]), ':who', :other` },
  ]);
});

test('comments between statements are told, since migration tools leave marks in them', () => {
  expect(readAll('-- +goose Up\nSELECT 1; -- behind\n/* no */\n')).toEqual([
    { kind: 'comment', text: '-- +goose Up', line: 1 },
    { kind: 'statement', text: 'SELECT 1', line: 2 },
    { kind: 'comment', text: '-- behind', line: 2 },
  ]);
});

test.each([
  ["SELECT 1;\nSELECT 'x;\n", 'a string', 2],
  ['SELECT "x;', 'a quoted name', 1],
  ['DO $$ BEGIN;\n$x$', 'a dollar-quoted string', 1],
  ['\n/* /* */ ;', 'a comment', 2],
  ['COPY t FROM stdin;\n1\n', 'COPY data', 1],
  ['COPY t FROM stdin', 'COPY data', 1],
])('%j ends within %s', (text, what, line) => {
  expect(readEnd(text)).toEqual({ what, line });
});
