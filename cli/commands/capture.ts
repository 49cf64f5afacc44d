// driftwatch capture: production's schema as an object in S3, for a schema check that cannot reach the database. Made for
// cron: one line when it is written, an exit code when it is not, and never a capture of a state that never was.

import { EdgeError } from '../../lambda/errors.ts';
import { captureKey } from '../../lambda/monitor/memory/captures.ts';
import type { ObjectStore } from '../../lambda/platform/ports.ts';
import { encodeSnapshot, type Snapshot } from '../../lambda/postgres/snapshot.ts';
import { parseAddress, showAddress } from '../address.ts';
import { databaseAddress } from '../database-address.ts';
import { exitCode } from '../exit-code.ts';
import { collectValues, readOptions, type SchemaFlags } from '../flags.ts';
import { cliPlatform } from '../platform.ts';
import type { AddCommand } from '../program.ts';
import { takeSteadySnapshot } from '../steady-snapshot.ts';
import { type Terminal, UsageError } from '../terminal.ts';

interface CaptureFlags extends SchemaFlags {
  to: string;
  from?: string;
}

export const capture: AddCommand = (parent, terminal, end) => {
  parent
    .command('capture')
    .description('Write the schema of a database that Driftwatch cannot reach to S3, where its schema check judges it.')
    .requiredOption('--to <folder>', 's3://bucket/folder/, as the setting `capture` of the schema check names it')
    .option('--from <postgres url>', 'the database (default: $DATABASE_URL, else $PGHOST, $PGUSER, $PGDATABASE ...)')
    .option('--schema <glob>', 'only schemas that match; may be repeated', collectValues)
    .option('--exclude-schema <glob>', 'leave matching schemas out; may be repeated', collectValues)
    .addHelpText(
      'after',
      `
Runs beside the database: in a container, by cron, over \`fly ssh console\`. CONNECT is all its role needs, and
s3:PutObject below that folder all its credentials need. Each run writes a new object named by time; nothing is changed
or removed. Ends with 0 when it is written, 2 when it is not.

Examples:
  $ driftwatch capture --to s3://my-driftwatch-bucket/captures/pap-api/
  $ driftwatch capture --to s3://my-driftwatch-bucket/captures/pap-api/ --from postgres://driftwatch@db.internal/app`,
    )
    .action(async (flags: CaptureFlags) => {
      terminal.out(await run(flags, terminal));
      end(exitCode.ok);
    });
};

async function run(flags: CaptureFlags, terminal: Terminal): Promise<string> {
  const to = parseAddress(flags.to);
  if (to.kind !== 'object') throw new UsageError('--to is a folder in a bucket: s3://bucket/captures/name/.');
  if (/\.json$/i.test(to.key)) throw new UsageError('--to is a folder; the object in it gets its name from the time.');
  const from = databaseAddress(flags.from, terminal.environment);
  const platform = cliPlatform(terminal);
  const { signal } = terminal;
  const taken = await takeSteadySnapshot(
    () => platform.connect(from.url, signal),
    showAddress(from),
    readOptions(flags),
    { clock: platform.clock, signal },
  );
  const key = captureKey(`${to.key.replace(/\/+$/, '')}/`, taken.takenAt, taken.contentHash);
  await write(platform.objects(), to.bucket, key, taken, signal);
  return `${taken.facts.length} objects of ${showAddress(from)} captured to s3://${to.bucket}/${key}`;
}

/** Under its name there can only be the same capture: the name has a part of the hash of the content. */
async function write(
  objects: ObjectStore,
  bucket: string,
  key: string,
  taken: Snapshot,
  signal: AbortSignal,
): Promise<void> {
  const options = { condition: { create: true }, contentType: 'application/json', signal } as const;
  await objects.put(bucket, key, encodeSnapshot(taken), options).catch((error: unknown) => {
    if (!(error instanceof EdgeError && error.reason === 'conflict')) throw error;
  });
}
