// Builds the model in a database of its own: SQL files first, then the command; whoever asked reads it before it is gone.
import { byCodeUnit } from '../../../lambda/json.ts';
import { type CommandEnd, runCommand } from '../../../local/model/command.ts';
import { commandError } from '../../../local/model/command-error.ts';
import { type ModelDatabase, startModelDatabase } from '../../../local/model/database.ts';
import { applySqlFiles } from '../../../local/sql-files/apply.ts';
import { findSqlFiles } from '../../../local/sql-files/find-files.ts';
import type { Platform } from '../../platform.ts';
import { withProgress } from '../../progress.ts';
import type { Terminal } from '../../terminal.ts';
import { chooseMajor, type MajorFlags } from './major.ts';

export interface BuildFlags extends MajorFlags {
  run?: string;
  sql?: string[];
  database?: string;
  withoutExtension?: string[];
}

/** @param read is given the URL of the finished database, and a way to ask where else tables were made */
export async function buildDatabase<Result>(
  flags: BuildFlags,
  platform: Platform,
  terminal: Terminal,
  read: (url: string, elsewhere: () => Promise<string[]>) => Promise<Result>,
): Promise<Result> {
  const files = await filesOf(flags.sql ?? [], terminal);
  const { major, why } = await chooseMajor(flags, files, platform, terminal);
  terminal.err(`Starting PostgreSQL ${major} (${why}) ...`);
  const model = await startModelDatabase({
    major,
    database: flags.database ?? 'driftwatch',
    onProgress: terminal.err,
    signal: terminal.signal,
  });
  try {
    const database = files.length > 0 ? await apply(files, flags, model, terminal) : (flags.database ?? 'driftwatch');
    if (flags.run !== undefined) await run(flags.run, database, model, terminal);
    return await read(model.server.url(database), () => model.othersWithTables(database));
  } finally {
    await model.stop();
  }
}

async function filesOf(paths: readonly string[], terminal: Terminal): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await findSqlFiles(path);
    files.push(...found.files);
    const reasons = new Map<string, string[]>();
    for (const { file, why } of found.leftOut) reasons.set(why, [...(reasons.get(why) ?? []), file]);
    for (const [why, names] of [...reasons].sort(([left], [right]) => byCodeUnit(left, right))) {
      const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
      terminal.err(`Left out: ${names[0]}${more}: ${why}`);
    }
  }
  return files;
}

async function apply(
  files: readonly string[],
  flags: BuildFlags,
  { server }: ModelDatabase,
  terminal: Terminal,
): Promise<string> {
  terminal.err(`Applying ${files.length === 1 ? files[0] : `${files.length} SQL files, ${files[0]} first`} ...`);
  let current = files[0];
  const applied = await withProgress(
    terminal,
    () => `applying ${current}`,
    () =>
      applySqlFiles(files, {
        server,
        database: { name: flags.database ?? 'driftwatch', chosen: flags.database !== undefined },
        withoutExtensions: new Set(flags.withoutExtension),
        onFile: (file) => {
          current = file;
        },
        signal: terminal.signal,
      }),
  );
  for (const remark of applied.remarks) terminal.err(remark);
  return applied.database;
}

async function run(command: string, database: string, model: ModelDatabase, terminal: Terminal): Promise<void> {
  terminal.err(`Running ${command} ...`);
  const ended = await withProgress(
    terminal,
    () => `running ${command}`,
    () =>
      runCommand(command, {
        environment: model.environmentFor(database, terminal.environment),
        signal: terminal.signal,
      }),
  );
  if (ended.succeeded) return;
  showOutput(ended, terminal);
  throw commandError(command, ended, model.server.version);
}

function showOutput({ output, outputLeftOutBytes }: CommandEnd, terminal: Terminal): void {
  if (outputLeftOutBytes > 0) terminal.err(`(the first ${outputLeftOutBytes} bytes of its output are left out)`);
  terminal.err(output.trim() === '' ? '(it wrote nothing)' : output.trimEnd());
}
