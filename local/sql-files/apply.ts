// Applies SQL files to a throw-away server, statement by statement as psql would, and supplies what a dump takes for
// granted: roles, tablespaces. Nothing is passed over in silence: what was supplied or left out is in the result.
import pg from 'pg';
import { EdgeError } from '../../lambda/errors.ts';
import { byCodeUnit } from '../../lambda/json.ts';
import type { PostgresServer } from '../postgres.ts';
import { adapt, controlsTransaction, needsTransaction } from './adaptations.ts';
import { type Complaint, type Missing, missingFor, statementError } from './complaints.ts';
import { openConnection, type SqlConnection } from './connection.ts';
import { dumpedFrom } from './dump-header.ts';
import { missingExtensionsError } from './extensions.ts';
import { type Place, readScript, refused, refuseOtherEncodings, type Step } from './script.ts';

export interface ApplyOptions {
  server: PostgresServer;
  /** The database to begin in, and whether somebody said that it is the one: else one that the files make is. */
  database: { name: string; chosen: boolean };
  /** Extensions that no CREATE EXTENSION is to make. */
  withoutExtensions: ReadonlySet<string>;
  /** Told before each file. */
  onFile(file: string): void;
  signal: AbortSignal;
}

export interface Applied {
  /** Where the schema is: the database to begin in, or the one that the files made. */
  database: string;
  /** What was done beyond the files, and what of them was not done: sentences. */
  remarks: string[];
}

/** @throws EdgeError naming file, line and statement */
export async function applySqlFiles(files: readonly string[], options: ApplyOptions): Promise<Applied> {
  const run = await startRun(options);
  try {
    for (const [place, file] of files.entries()) {
      options.onFile(file);
      await applyFile(file, files.slice(place + 1), run, options);
    }
    return { database: run.home(), remarks: run.remarks() };
  } finally {
    await run.admin.close();
  }
}

async function applyFile(file: string, laterFiles: readonly string[], run: Run, options: ApplyOptions): Promise<void> {
  const { server, signal } = options;
  const around = { major: server.major, dumpedFrom: await dumpedFrom(file) };
  // A connection of its own: what one file sets (a dump empties the search path) is not for the next one.
  let connection = await openConnection(server.url(run.home()), signal);
  let ours = false;
  const steps = readScript(file);
  try {
    for await (const step of steps) {
      if (step.do === 'leave out') {
        run.leaveOut(step.what);
      } else if (step.do === 'connect') {
        refuseOpen(connection, step.at, ours);
        if (ours) await connection.run('commit');
        ours = false;
        await run.expectDatabase(step.database, step.at);
        await connection.close();
        connection = await openConnection(server.url(step.database), signal);
      } else {
        const text = await textToRun(step, run, options);
        if (text === undefined) continue;
        if (connection.state === 'idle') ours = needsTransaction(text);
        if (ours && connection.state === 'idle') await connection.run('begin');
        const missing = await tryRun(connection, text, step.at, run, around);
        if (missing === 'transaction') ours = true;
        else if (missing) throw await missingExtensionsError(missing, step.at, stepsBehind(steps, laterFiles), options);
      }
    }
    if (ours && connection.state === 'open') await connection.run('commit');
    refuseOpen(connection, { file, line: 1 }, false);
  } finally {
    await connection.close();
  }
}

/** What is still to come of this file, and all of the later ones. */
async function* stepsBehind(rest: AsyncGenerator<Step>, laterFiles: readonly string[]): AsyncGenerator<Step> {
  yield* rest;
  for (const file of laterFiles) yield* readScript(file);
}

function refuseOpen({ state }: SqlConnection, at: Place, ours: boolean): void {
  if (state === 'idle' || ours) return;
  throw refused(
    at,
    'a transaction that the file begins is still open at its end, and would be undone',
    'Add the COMMIT; or take the BEGIN out.',
  );
}

/** The statement as it is sent; `undefined` when there is nothing to send. */
async function textToRun(
  { text, at }: Extract<Step, { do: 'run' }>,
  run: Run,
  { withoutExtensions }: ApplyOptions,
): Promise<string | undefined> {
  const adapted = adapt(text, withoutExtensions);
  switch (adapted.as) {
    case 'it stands':
      return text;
    case 'other text':
      return adapted.text;
    case 'nothing':
      if (adapted.why !== undefined) run.leaveOut(adapted.why);
      return undefined;
    case 'encoding':
      refuseOtherEncodings(adapted.encoding, at);
      return undefined;
    case 'database':
      await run.makeDatabase(adapted.name);
      return undefined;
    case 'tablespace':
      await run.supply({ kind: 'tablespace', name: adapted.name });
      return undefined;
  }
}

/**
 * Runs a statement, again for everything that it lacks and that can be supplied.
 * @returns the extension that cannot be, or that a transaction had to be begun
 */
async function tryRun(
  connection: SqlConnection,
  text: string,
  at: Place,
  run: Run,
  around: { major: number; dumpedFrom: number | undefined },
): Promise<Extract<Missing, { kind: 'extension' }> | 'transaction' | undefined> {
  let begun = false;
  const supplied = new Set<string>();
  for (;;) {
    // So that a failure can be mended without losing what the transaction did before.
    const guarded = connection.state === 'open' && !controlsTransaction(text);
    try {
      if (guarded) await connection.run('savepoint driftwatch');
      await connection.run(text);
      if (guarded && connection.state === 'open') await connection.run('release driftwatch');
      return begun ? 'transaction' : undefined;
    } catch (error) {
      const complaint = error as Complaint;
      const missing = missingFor(text, complaint);
      const key = missing && 'name' in missing ? `${missing.kind} ${missing.name}` : missing?.kind;
      if (!missing || key === undefined || supplied.has(key)) {
        if (run.knowsRole(text, complaint)) return undefined;
        throw statementError(text, at, complaint, around);
      }
      supplied.add(key);
      if (missing.kind === 'extension') return missing;
      if (guarded) await connection.run('rollback to driftwatch');
      if (missing.kind === 'timeout') {
        run.leaveOut(`SET ${missing.name}, which PostgreSQL ${around.major} does not know`);
        return undefined;
      }
      if (missing.kind === 'transaction') {
        await connection.run('begin');
        begun = true;
      } else {
        await run.supply(missing);
        if (guarded) await connection.run(lookAgain);
      }
    }
  }
}

/**
 * Within a transaction, a server remembers that there was no such role until it locks a relation anew: the savepoint
 * gives the lock back, so that the next one is new as well.
 */
const lookAgain = 'select from pg_catalog.pg_authid limit 0; rollback to driftwatch';

type Run = Awaited<ReturnType<typeof startRun>>;

/** What holds for all the files: the databases and roles there are, and what is to be said at the end. */
async function startRun({ server, database, signal }: ApplyOptions) {
  // Beside the file's own, since none of what it does may stand within the file's transaction.
  const admin = await openConnection(server.url(), signal);
  const made = { role: new Set<string>(), tablespace: new Set<string>(), database: new Set<string>() };
  const leftOut = new Map<string, number>();
  const there = new Set(['postgres', 'template1', database.name]);

  return {
    admin,
    leaveOut(what: string) {
      leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
    },
    /** A dump says CREATE ROLE for a role that an earlier statement needed and got. */
    knowsRole(text: string, { code, message }: Complaint): boolean {
      const name = /^role "([\s\S]+)" already exists$/.exec(message)?.[1];
      return code === '42710' && /^create\s/i.test(text) && name !== undefined && made.role.has(name);
    },
    async supply(missing: Extract<Missing, { kind: 'role' | 'tablespace' }>) {
      const { kind, name } = missing;
      if (made[kind].has(name)) return;
      made[kind].add(name);
      const quoted = pg.escapeIdentifier(name);
      if (missing.kind === 'role') {
        // Who acts for others must be able to do what they do.
        await admin.run(`create role ${quoted} nologin ${missing.actsAs ? 'superuser' : ''}`);
      } else {
        await admin.run('set allow_in_place_tablespaces = on');
        await admin.run(`create tablespace ${quoted} location ''`);
      }
    },
    async makeDatabase(name: string) {
      if (there.has(name)) return;
      await admin.run(`create database ${pg.escapeIdentifier(name)} template template0`);
      there.add(name);
      made.database.add(name);
    },
    async expectDatabase(name: string, at: Place) {
      if (there.has(name)) return;
      throw refused(
        at,
        `the file goes on in database ${name}, which none of the files creates`,
        `Name the database so: --database ${name}; or take the line out.`,
      );
    },
    /** @throws EdgeError when the files made several and nobody said which one is meant */
    home(): string {
      const [first, ...others] = made.database;
      if (first === undefined || database.chosen) return database.name;
      if (others.length === 0) return first;
      throw new EdgeError(
        'invalid',
        `The files create ${made.database.size} databases: ${[...made.database].join(', ')}.`,
        {
          remedy: 'Say which one holds the schema: --database <name>.',
        },
      );
    },
    remarks(): string[] {
      const list = (names: ReadonlySet<string>) => [...names].sort(byCodeUnit).join(', ');
      return [
        ...(made.role.size > 0
          ? [`Roles that the files mention and nobody creates were made: ${list(made.role)}`]
          : []),
        ...(made.tablespace.size > 0 ? [`Tablespaces were made in place: ${list(made.tablespace)}`] : []),
        ...[...leftOut]
          .sort(([left], [right]) => byCodeUnit(left, right))
          .map(([what, times]) => `Left out: ${what}${times > 1 ? ` (${times} times)` : ''}`),
      ];
    },
  };
}
