// Production of a target, as a command sees it that runs beside the functions: the database of its settings, the newest
// capture that its schema check judges, or a place that was named.
import type { SchemaSettings } from '../lambda/checks/schema/settings.ts';
import type { TargetSettings } from '../lambda/config/settings.ts';
import { EdgeError } from '../lambda/errors.ts';
import { connectPorts } from '../lambda/functions/ports.ts';
import { captureFolder, newestCapture } from '../lambda/monitor/memory/captures.ts';
import type { ReadOptions, Snapshot } from '../lambda/postgres/snapshot.ts';
import { type Address, parseAddress, showAddress } from './address.ts';
import type { Platform } from './platform.ts';
import { loadSnapshot } from './side.ts';
import { takeSteadySnapshot } from './steady-snapshot.ts';
import { type Terminal, UsageError } from './terminal.ts';

const connectTimeoutMs = 30_000;

interface Where {
  /** What --from says. */
  from: string | undefined;
  /** The monitor's. */
  bucket: string;
  platform: Platform;
  terminal: Terminal;
}

type Target = Pick<TargetSettings, 'name' | 'database' | 'checks'>;

export async function productionOf(target: Target, where: Where): Promise<Snapshot> {
  const { from, platform, terminal } = where;
  const { signal } = terminal;
  const address = from === undefined ? await captureOf(target, where) : parseAddress(from);
  if (address && address.kind !== 'database') {
    terminal.err(`Reading ${showAddress(address)} ...`);
    return loadSnapshot(address, platform, signal);
  }
  const source = address ? showAddress(address) : `the database of ${target.name}`;
  const { database } = target;
  if (!address && !database)
    throw new UsageError(`${target.name} has no database in the settings: name one with --from.`);
  terminal.err(`Reading ${source} ...`);
  const { databases } = connectPorts(terminal.environment).ports;
  const connect = () =>
    address || !database
      ? platform.connect(address?.url ?? '', signal)
      : databases.connect(database, { signal: AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]) });
  return takeSteadySnapshot(connect, source, withoutTenants(target), { clock: platform.clock, signal });
}

/** Of a target whose schema check judges captures. */
async function captureOf(target: Target, { bucket: own, platform, terminal }: Where): Promise<Address | undefined> {
  for (const { kind, settings } of target.checks) {
    const capture = kind === 'schema' ? (settings as SchemaSettings).capture : undefined;
    if (!capture) continue;
    const { bucket = own, key: prefix = captureFolder(target.name), maxAge } = capture;
    const since = new Date(platform.clock.now().getTime() - maxAge);
    const newest = await newestCapture(platform.objects(), { bucket, prefix }, since, terminal.signal);
    if (newest) return parseAddress(`s3://${bucket}/${newest.key}`);
    throw new EdgeError('missing', `There is no capture in s3://${bucket}/${prefix}.`, {
      remedy: 'Run `driftwatch capture` beside the database first, or name the place with --from.',
    });
  }
  return undefined;
}

/** What tenants have is not held, and may be thousands of schemas. */
function withoutTenants({ checks }: Target): ReadOptions {
  const tenants = checks.flatMap(({ kind, settings }) =>
    kind === 'schema' ? (settings as SchemaSettings).tenants : [],
  );
  return tenants.length === 0 ? {} : { excludeSchemas: tenants.map(({ schemas }) => schemas) };
}
