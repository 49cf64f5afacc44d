// Why a command that was to build the model did not, as far as its output says it, and what to do. Pure.
import { EdgeError } from '../../lambda/errors.ts';
import { extensionsError, lackingExtensions } from '../sql-files/missing-extension.ts';
import type { CommandEnd } from './command.ts';

/** @param version of the server that it was given */
export function commandError(command: string, { how, output }: CommandEnd, version: string): EdgeError {
  const lacking = lackingExtensions(output);
  if (lacking.length > 0) return extensionsError(lacking, version);
  return new EdgeError('invalid', `The command ${how}: ${command}`, { remedy: remedyFor(how, output) });
}

function remedyFor(how: string, output: string): string {
  const role = /role "([^"]+)" does not exist/.exec(output)?.[1];
  if (role !== undefined) {
    return `The throw-away server has no role "${role}": put CREATE ROLE for what the migrations take for granted into a SQL file, and name it with --sql beside --run.`;
  }
  const database = /database "([^"]+)" does not exist/.exec(output)?.[1];
  if (database !== undefined)
    return `If the migrations name their database, give it that name: --database ${database}.`;
  if (how === 'ended with 127') return 'The shell did not find it: name it as you would type it here, such as npx ...';
  return "Its output is above. It has to use DATABASE_URL or PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE; what reads other variables gets them in the command: --run 'DB_HOST=$PGHOST DB_PORT=$PGPORT ...'.";
}
