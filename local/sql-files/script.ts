// What a SQL file asks for, file by file as psql would go through them: backslash commands carried out or refused,
// includes followed, sections that undo a migration left out. Knows no server: it says what is to be done there.
import { dirname, isAbsolute, join } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';
import { readLines } from './lines.ts';
import { argumentsOf, databaseOf, ignoredCommands, ownVariable } from './psql-commands.ts';
import { createSqlReader, type SqlItem } from './reader.ts';

export interface Place {
  file: string;
  line: number;
}

export type Step =
  | { do: 'run'; text: string; at: Place }
  /** The database that the following is meant for. */
  | { do: 'connect'; database: string; at: Place }
  /** What is in the file and is not done, for a summary; `what` is the same for what is alike. */
  | { do: 'leave out'; what: string; at: Place };

/** As deep as psql goes with \ir that names itself. */
const deepestInclude = 32;

export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** @throws EdgeError `invalid` naming file and line, for what psql would do and this does not */
export async function* readScript(path: string): AsyncGenerator<Step> {
  yield* readOne(path, { variables: new Map(), chain: [], outer: dirname(path) });
}

interface Context {
  variables: Map<string, string>;
  /** The files that are being read, outermost first. */
  chain: readonly string[];
  /** What `\i` is relative to: the folder of the file that was named. */
  outer: string;
}

async function* readOne(path: string, context: Context): AsyncGenerator<Step> {
  const reader = createSqlReader(context.variables);
  let line = 0;
  let undoes = false;
  for await (const bytes of readLines(path)) {
    line += 1;
    const text = reader.inData ? bytes.toString('latin1') : decode(bytes, { file: path, line });
    for (const item of reader.push(line === 1 ? text.replace(/^\ufeff/, '') : text)) {
      const at = { file: path, line: item.line };
      if (item.kind === 'comment') {
        const section = sectionOf(item.text);
        if (section === 'undo' && !undoes) yield { do: 'leave out', what: 'sections that undo a migration', at };
        if (section) undoes = section === 'undo';
        continue;
      }
      if (undoes) continue;
      if (item.kind === 'command' && item.name === 'q') return;
      yield* stepsOf(item, at, context);
    }
  }
  const last = reader.end();
  if (!Array.isArray(last)) {
    throw refused({ file: path, line: last.line }, `${last.what} begins here and never ends`, 'Is the file cut off?');
  }
  for (const item of undoes ? [] : last) yield* stepsOf(item, { file: path, line: item.line }, context);
}

async function* stepsOf(item: SqlItem, at: Place, context: Context): AsyncGenerator<Step> {
  switch (item.kind) {
    case 'comment':
      return;
    case 'statement':
      yield { do: 'run', text: item.text, at };
      return;
    case 'copy':
      if (item.rows > 0) yield { do: 'leave out', what: 'rows of COPY blocks: a snapshot holds no rows', at };
      return;
    case 'command':
      yield* carryOut(item, at, context);
  }
}

async function* carryOut(
  { name, rest, pending }: Extract<SqlItem, { kind: 'command' }>,
  at: Place,
  context: Context,
): AsyncGenerator<Step> {
  if (ignoredCommands.has(name) || name.startsWith('d')) return;
  const given = argumentsOf(rest);
  switch (name) {
    case 'i':
    case 'include':
    case 'ir':
    case 'include_relative': {
      const [file] = given;
      if (file === undefined) throw refused(at, `\\${name} names no file`, 'Name the file.');
      const folder = name.startsWith('ir') || name.endsWith('relative') ? dirname(at.file) : context.outer;
      const path = isAbsolute(file) ? file : join(folder, file);
      const chain = [...context.chain, at.file];
      if (chain.length > deepestInclude)
        throw refused(at, `the files include each other: ${path}`, 'Break the circle.');
      yield* readOne(path, { ...context, chain });
      return;
    }
    case 'c':
    case 'connect': {
      const database = databaseOf(given);
      if (database !== undefined) yield { do: 'connect', database, at };
      return;
    }
    case 'set': {
      const [variable, ...values] = given;
      if (variable === undefined) return;
      if (variable === 'AUTOCOMMIT' && /^(off|0|false)$/i.test(values.join(''))) {
        throw refused(
          at,
          '\\set AUTOCOMMIT off is not followed',
          'Write BEGIN and COMMIT where a transaction is meant.',
        );
      }
      if (!ownVariable.test(variable)) context.variables.set(variable, values.join(''));
      return;
    }
    case 'unset':
      if (given[0] !== undefined) context.variables.delete(given[0]);
      return;
    case 'encoding':
      if (given[0] !== undefined) refuseOtherEncodings(given[0], at);
      return;
    case 'copy':
      throw refused(
        at,
        '\\copy is not followed',
        /\sto\s/i.test(rest)
          ? 'Leave it out: it writes a file, and a snapshot needs none.'
          : 'Leave it out: it loads rows, and a snapshot holds none. Rows that migrations need go into INSERT.',
      );
    default:
      throw refused(
        at,
        `\\${name} is not followed${pending === '' ? '' : `, behind ${beginning(pending)}`}`,
        `Write out what it does, or let psql run the file where there is one: --run 'psql -v ON_ERROR_STOP=1 -f ${at.file}'.`,
      );
  }
}

/** Dumps say SQL_ASCII before they connect: names as bytes, whatever they are. @throws EdgeError */
export function refuseOtherEncodings(name: string, at: Place): void {
  if (/^(?:utf-?8|unicode|sql_ascii)$/i.test(name)) return;
  const encoding = name.toUpperCase();
  throw refused(
    at,
    `the file says that it is in ${encoding}, and only UTF-8 is read`,
    `Convert it (iconv -f ${encoding} -t UTF-8) and take this line out.`,
  );
}

export function refused(at: Place, message: string, remedy: string, cause?: unknown): EdgeError {
  return new EdgeError('invalid', `${placeText(at)}: ${message}`, { remedy, cause });
}

/** Enough of a statement to know it by: its first line, and not much of that. */
export function beginning(statement: string): string {
  const shown = statement.replace(/(\bpassword\s+)'(?:[^']|'')*'/gi, "$1'***'");
  const [first = ''] = shown.split('\n');
  return first.length > 100 || first.length < shown.length ? `${first.slice(0, 100).trimEnd()} ...` : first;
}

const marks = /^--+\s*(?:\+goose|\+migrate|migrate:|rambler|@)\s*(up|down|undo)\b/i;
/** node-pg-migrate and MyBatis write them as words. */
const headings = /^--+\s*(?:(up|down) migration\s*$|\/\/\s*@(undo)\b)/i;

/** Migration tools that keep both directions in one file mark where each begins. */
function sectionOf(comment: string): 'do' | 'undo' | undefined {
  const found = marks.exec(comment) ?? headings.exec(comment);
  const word = (found?.[1] ?? found?.[2])?.toLowerCase();
  return word === undefined ? undefined : word === 'up' ? 'do' : 'undo';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer, at: Place): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw refused(at, 'this line is not UTF-8', 'Convert the file: iconv -f <its encoding> -t UTF-8.', cause);
  }
}
