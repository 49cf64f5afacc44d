// The check function as it is deployed with the smallest memory: its bundle, in a process of its own for every call, with
// the options that the deployment gives to Node, and as much heap as those leave.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleFile, bundleFunction } from '../../infra/bundle.ts';
import { processEnvironment } from '../../infra/function.ts';
import type { MonitorInput } from '../../lambda/config/index.ts';
import { encodeSnapshot, makeSnapshot, type ReadOptions } from '../../lambda/postgres/snapshot.ts';
import type { World } from '../../local/world.ts';
import { readUrl } from '../postgres/databases.ts';

/** MB of a function that its whole process has to fit in. */
export const smallestMemory = 256;

export interface CallReport {
  importMs: number;
  importCpuMs: number;
  handlerMs: number;
  peakMb: number;
  summary: string[];
}

export interface DeployedFunction {
  call(url: string): Promise<CallReport>;
  remove(): Promise<void>;
}

const bucket = 'bench';

type SchemaChecks = NonNullable<MonitorInput['targets'][string]['checks']>['schema'];

/** @param url of the database that is the model, as it is now */
export async function deployFunction(
  world: World,
  url: string,
  { options = {}, schema = {} }: { options?: ReadOptions; schema?: Partial<NonNullable<SchemaChecks>> } = {},
): Promise<DeployedFunction> {
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-bench-'));
  await publishModel(world, url, options);
  const settings = {
    name: 'bench',
    targets: {
      large: {
        environment: 'bench',
        database: { secret: 'env:DATABASE_URL', tls: { mode: 'disable' } },
        checks: { schema: { model: 'large', timeout: '2m', ...schema } },
      },
    },
  };
  bundleFunction('check', folder, { settingsJson: JSON.stringify(settings) });
  return {
    call: (production) => callHandler(join(folder, bundleFile), world, production),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function publishModel(world: World, url: string, options: ReadOptions): Promise<void> {
  const { facts, serverVersion } = await readUrl(url, options);
  const takenAt = new Date().toISOString();
  const model = makeSnapshot({
    scope: ['structure'],
    facts,
    serverVersion,
    options,
    source: 'database',
    takenAt,
    takenBy: 'bench',
  });
  const current = { version: '1', publishedAt: takenAt, confirmedAt: takenAt };
  world.s3.createBucket(bucket);
  world.s3.put(bucket, 'snapshots/large/1.json', encodeSnapshot(model));
  world.s3.put(bucket, 'snapshots/large/current.json', JSON.stringify({ formatVersion: 1, current }));
}

async function callHandler(bundle: string, world: World, url: string): Promise<CallReport> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./call-handler.ts')), bundle],
    {
      maxBuffer: 100_000_000,
      env: {
        PATH: process.env.PATH,
        ...world.environment,
        ...processEnvironment(smallestMemory),
        DRIFTWATCH_BUCKET: bucket,
        DRIFTWATCH_ALERTS_TOPIC_ARN: world.sns.createTopic('alerts'),
        DATABASE_URL: url,
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as CallReport;
}
