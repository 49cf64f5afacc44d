// Which PostgreSQL a model is built on: production's major, as far as anybody says which that is.
import { parseSettings } from '../../../lambda/config/index.ts';
import { EdgeError } from '../../../lambda/errors.ts';
import { connectPorts } from '../../../lambda/functions/ports.ts';
import { select } from '../../../lambda/monitor/selection.ts';
import { readSettingsFile } from '../../../lambda/platform/settings-file.ts';
import { type PostgresMajor, postgresMajors } from '../../../local/postgres.ts';
import { dumpedFrom } from '../../../local/sql-files/dump-header.ts';
import { parseAddress, showAddress } from '../../address.ts';
import type { Platform } from '../../platform.ts';
import { withDatabase } from '../../side.ts';
import { type Terminal, UsageError } from '../../terminal.ts';

export interface MajorFlags {
  postgres?: PostgresMajor;
  like?: string;
  target?: string;
  config: string;
}

export interface ChosenMajor {
  major: PostgresMajor;
  /** Continues "PostgreSQL 15": why this one. */
  why: string;
}

export async function chooseMajor(
  flags: MajorFlags,
  sqlFiles: readonly string[],
  platform: Platform,
  terminal: Terminal,
): Promise<ChosenMajor> {
  if (flags.postgres !== undefined) return { major: flags.postgres, why: 'as asked' };
  if (flags.like !== undefined) {
    const address = parseAddress(flags.like);
    if (address.kind !== 'database') throw new UsageError('--like is a postgres URL, such as postgres://user@host/db.');
    terminal.err(`Asking ${showAddress(address)} for its version ...`);
    const version = await withDatabase(
      address.url,
      platform,
      terminal.signal,
      async (session) => session.serverVersion,
    );
    return { major: embedded(Math.floor(version / 10_000), showAddress(address)), why: `as ${showAddress(address)}` };
  }
  if (flags.target !== undefined) {
    const version = await versionOfTarget(flags.target, flags.config, terminal);
    return { major: embedded(Math.floor(version / 10_000), flags.target), why: `as target ${flags.target}` };
  }
  const dumps = (await Promise.all(sqlFiles.map(dumpedFrom))).filter((major) => major !== undefined);
  if (dumps.length > 0) {
    const newest = Math.max(...dumps);
    return { major: embedded(newest, 'the server that was dumped'), why: 'which the dump comes from' };
  }
  return {
    major: postgresMajors[postgresMajors.length - 1] as PostgresMajor,
    why: 'the newest there is; --postgres <major>, --like <production url> or --target <name> chooses production’s',
  };
}

async function versionOfTarget(name: string, config: string, terminal: Terminal): Promise<number> {
  const settings = parseSettings(await readSettingsFile(config), config);
  const [chosen] = select(settings, { targets: [name] });
  const database = chosen?.target.database;
  if (!database) throw new UsageError(`Target ${name} of ${config} has no database: choose with --postgres.`);
  terminal.err(`Asking the database of ${name} for its version ...`);
  const { ports } = connectPorts(terminal.environment);
  const session = await ports.databases.connect(database, { signal: terminal.signal });
  await session.close();
  return session.serverVersion;
}

function embedded(major: number, whose: string): PostgresMajor {
  const found = postgresMajors.find((one) => one === major);
  if (found !== undefined) return found;
  throw new EdgeError(
    'missing',
    `${whose} runs PostgreSQL ${major}, and the embedded servers are ${postgresMajors[0]} to ${postgresMajors.at(-1)}.`,
    {
      remedy:
        'Choose the nearest with --postgres; or build the model on a server of that major, and read it with --from.',
    },
  );
}
