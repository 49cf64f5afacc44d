// Splits the text of SQL files, as psql reads them, into statements, COPY data and backslash commands. Pure: it is fed
// lines and gives what they complete, so a dump of any size passes through it. A semicolon ends a statement unless it
// stands in quotes, a comment, parentheses or a BEGIN ATOMIC body, exactly as psql has it.
// https://www.postgresql.org/docs/current/app-psql.html

export type SqlItem =
  | { kind: 'statement'; text: string; line: number }
  /** COPY ... FROM stdin with the lines up to its end, which are counted and not kept. */
  | { kind: 'copy'; text: string; line: number; rows: number }
  /** What follows a backslash: `rest` is everything up to the end of the line. */
  | { kind: 'command'; name: string; rest: string; line: number; pending: string }
  /** A line comment between statements, where migration tools leave their marks. */
  | { kind: 'comment'; text: string; line: number };

/** A text that ends where it cannot end. */
export interface Unfinished {
  what: string;
  line: number;
}

export interface SqlReader {
  /** @param line with its line break, if it has one */
  push(line: string): SqlItem[];
  /** What the end of the file completes: a last statement needs no semicolon. */
  end(): SqlItem[] | Unfinished;
  /** Whether the next line is COPY data, which may be in any encoding. */
  readonly inData: boolean;
}

/** Gives the value of a psql variable that the files have set. */
export type Variables = ReadonlyMap<string, string>;

type Mode =
  | { in: 'sql' }
  | { in: 'string'; backslashes: boolean; line: number }
  | { in: 'name'; line: number }
  | { in: 'dollars'; tag: string; line: number }
  | { in: 'comment'; depth: number; line: number }
  | { in: 'data'; text: string; line: number; rows: number };

const plain: Mode = { in: 'sql' };

const tokens = {
  space: /\s+/y,
  lineComment: /--[^\n]*/y,
  word: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
  number: /\d+/y,
  dollars: /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
  variable: /:(?:([A-Za-z_0-9]+)|'([A-Za-z_0-9]+)'|"([A-Za-z_0-9]+)")/y,
  command: /\\([A-Za-z]+\+?|[!?;:])([^\n]*)/y,
};

export function createSqlReader(variables: Variables = new Map()): SqlReader {
  let mode: Mode = plain;
  let lineNumber = 0;
  let afterLine: Extract<Mode, { in: 'data' }> | undefined;
  let backslashesInStrings = false;
  const statement = createStatement();

  function push(line: string): SqlItem[] {
    lineNumber += 1;
    if (mode.in === 'data') return pushData(line, mode);
    const items: SqlItem[] = [];
    let at = 0;
    while (at < line.length) at = step(line, at, items);
    if (afterLine) {
      mode = afterLine;
      afterLine = undefined;
    }
    return items;
  }

  function pushData(line: string, data: Extract<Mode, { in: 'data' }>): SqlItem[] {
    if (line.replace(/\r?\n$/, '') !== '\\.') {
      data.rows += 1;
      return [];
    }
    mode = plain;
    return [{ kind: 'copy', text: data.text, line: data.line, rows: data.rows }];
  }

  /** Takes one token, or the rest of the line when what it is in goes on; gives where the next one begins. */
  function step(line: string, at: number, items: SqlItem[]): number {
    switch (mode.in) {
      case 'sql':
        return stepSql(line, at, items);
      case 'string': {
        const end = endOfString(line, at, mode.backslashes);
        return close(line, at, end);
      }
      case 'name':
        return close(line, at, indexAfter(line, '"', at));
      case 'dollars':
        return close(line, at, indexAfter(line, mode.tag, at));
      case 'comment':
        return stepComment(line, at, mode);
      case 'data':
        throw new Error('data is read by lines');
    }
  }

  /** The text up to `end`, which closes the mode; `undefined` when the line does not. */
  function close(line: string, at: number, end: number | undefined): number {
    statement.add(line.slice(at, end ?? line.length));
    if (end !== undefined) mode = plain;
    return end ?? line.length;
  }

  function stepComment(line: string, at: number, comment: Extract<Mode, { in: 'comment' }>): number {
    const sign = /\/\*|\*\//g;
    sign.lastIndex = at;
    const found = sign.exec(line);
    const end = found ? sign.lastIndex : line.length;
    if (statement.started) statement.add(line.slice(at, end));
    if (found) {
      const depth = comment.depth + (found[0] === '/*' ? 1 : -1);
      mode = depth === 0 ? plain : { ...comment, depth };
    }
    return end;
  }

  function stepSql(line: string, at: number, items: SqlItem[]): number {
    const take = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = at;
      return pattern.exec(line);
    };
    const space = take(tokens.space)?.[0];
    const comment = space === undefined ? take(tokens.lineComment)?.[0] : undefined;
    const unimportant = space ?? comment;
    if (unimportant !== undefined) {
      if (statement.started) statement.add(unimportant);
      else if (comment !== undefined) items.push({ kind: 'comment', text: comment.trimEnd(), line: lineNumber });
      return at + unimportant.length;
    }
    if (line.startsWith('/*', at)) {
      mode = { in: 'comment', depth: 1, line: lineNumber };
      if (statement.started) statement.add('/*');
      return at + 2;
    }
    const command = take(tokens.command);
    if (command) return stepCommand(command, at, items);
    if (line[at] === ';' && statement.ends) {
      finish(items);
      return at + 1;
    }
    statement.start(lineNumber);
    const variable = line.startsWith('::', at) ? undefined : substitute(take(tokens.variable));
    if (variable) {
      statement.add(variable.text);
      return at + variable.length;
    }
    return stepToken(line, at, take);
  }

  function stepToken(line: string, at: number, take: (pattern: RegExp) => RegExpExecArray | null): number {
    const word = take(tokens.word)?.[0];
    if (word !== undefined) {
      statement.word(word);
      if (line[at + word.length] !== "'" || word.toLowerCase() !== 'e') return at + word.length;
      statement.add("'");
      mode = { in: 'string', backslashes: true, line: lineNumber };
      return at + word.length + 1;
    }
    const dollars = take(tokens.dollars)?.[0];
    if (dollars !== undefined) {
      mode = { in: 'dollars', tag: dollars, line: lineNumber };
      statement.add(dollars);
      return at + dollars.length;
    }
    const number = take(tokens.number)?.[0];
    const text = number ?? (line.startsWith('::', at) ? '::' : (line[at] ?? ''));
    if (text === "'") mode = { in: 'string', backslashes: backslashesInStrings, line: lineNumber };
    if (text === '"') mode = { in: 'name', line: lineNumber };
    statement.sign(text);
    return at + text.length;
  }

  function stepCommand([whole, name = '', rest = '']: RegExpExecArray, at: number, items: SqlItem[]): number {
    if (name === ';' || name === ':') {
      statement.start(lineNumber);
      statement.add(name);
      return at + 2;
    }
    // \g sends what stands before it, as a semicolon does.
    if ((name === 'g' || name === 'gx') && statement.started) finish(items);
    else items.push({ kind: 'command', name, rest: rest.trim(), line: lineNumber, pending: statement.text() });
    return at + whole.length;
  }

  function substitute(found: RegExpExecArray | null | undefined): { text: string; length: number } | undefined {
    if (!found) return undefined;
    const [whole, bare, literal, name] = found;
    const value = variables.get(bare ?? literal ?? name ?? '');
    // Left as it stands, as psql leaves it: it may be a slice of an array.
    if (value === undefined) return undefined;
    if (literal !== undefined) return { text: `'${value.replaceAll("'", "''")}'`, length: whole.length };
    if (name !== undefined) return { text: `"${value.replaceAll('"', '""')}"`, length: whole.length };
    return { text: value, length: whole.length };
  }

  function finish(items: SqlItem[]): void {
    const { text, line } = statement.take();
    if (text === '') return;
    const quoting = /^set\s+(?:session\s+)?standard_conforming_strings\s*(?:=|\sto\s)\s*'?(\w+)/i.exec(text)?.[1];
    if (quoting !== undefined) backslashesInStrings = /^(off|false|no|0)$/i.test(quoting);
    if (/^copy\s[\s\S]*\sfrom\s+stdin\b/i.test(text)) afterLine = { in: 'data', text, line, rows: 0 };
    else items.push({ kind: 'statement', text, line });
  }

  return {
    push,
    end() {
      if (mode.in !== 'sql') return { what: openings[mode.in], line: mode.line };
      const items: SqlItem[] = [];
      finish(items);
      return afterLine ? { what: openings.data, line: afterLine.line } : items;
    },
    get inData() {
      return mode.in === 'data';
    },
  };
}

const openings: Record<Exclude<Mode['in'], 'sql'>, string> = {
  string: 'a string',
  name: 'a quoted name',
  dollars: 'a dollar-quoted string',
  comment: 'a comment',
  data: 'COPY data',
};

/** The statement that is being read: its text, and what decides whether a semicolon ends it. */
function createStatement() {
  let parts: string[] = [];
  let firstLine = 0;
  let parentheses = 0;
  let blocks = 0;
  let words: string[] = [];
  let makesRoutine = false;
  const text = () => parts.join('').trimEnd();
  return {
    get started() {
      return parts.length > 0;
    },
    get ends() {
      return parentheses === 0 && blocks === 0;
    },
    start(line: number) {
      if (parts.length === 0) firstLine = line;
    },
    text,
    add(part: string) {
      parts.push(part);
    },
    sign(sign: string) {
      parts.push(sign);
      if (sign === '(') parentheses += 1;
      if (sign === ')' && parentheses > 0) parentheses -= 1;
    },
    word(word: string) {
      parts.push(word);
      const lower = word.toLowerCase();
      if (words.length < 4) {
        words.push(lower);
        makesRoutine = routine.test(words.join(' '));
      }
      if (parentheses > 0 || !makesRoutine) return;
      if (lower === 'begin' || (lower === 'case' && blocks > 0)) blocks += 1;
      if (lower === 'end' && blocks > 0) blocks -= 1;
    },
    take() {
      const taken = { text: text(), line: firstLine };
      parts = [];
      parentheses = 0;
      blocks = 0;
      words = [];
      makesRoutine = false;
      return taken;
    },
  };
}

/** Only the bodies of functions and procedures hold BEGIN ATOMIC; elsewhere BEGIN begins a transaction. */
const routine = /^create (or replace )?(function|procedure)\b/;

function indexAfter(line: string, text: string, from: number): number | undefined {
  const index = line.indexOf(text, from);
  return index === -1 ? undefined : index + text.length;
}

function endOfString(line: string, from: number, backslashes: boolean): number | undefined {
  // A doubled quote needs no care: it ends one string and begins the next.
  if (!backslashes) return indexAfter(line, "'", from);
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === "'" && line[at + 1] === "'") at += 1;
    else if (line[at] === "'") return at + 1;
  }
  return undefined;
}
