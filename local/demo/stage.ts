// What the demo plays on: the embedded world, the sample application with its users and backups, and the monitor as it
// is deployed. The scenes only move these.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { parseSettings } from '../../lambda/config/index.ts';
import { type ApplicationVersion, migrate } from '../application/migrations.ts';
import { addUser } from '../application/users.ts';
import { type DeployedMonitor, deployMonitor } from '../deployed-monitor.ts';
import type { Deployment } from '../deployment.ts';
import type { ReceivedNotice } from '../subscriber.ts';
import { startWorld, type World } from '../world.ts';
import { backupKey, databaseSecret, demoSettings, loginSecret, model } from './settings.ts';

export interface Stage {
  world: World;
  monitor: DeployedMonitor;
  application: Deployment;
  productionUrl: string;
  /** What a pipeline does with each build: migrations on an empty database, a snapshot of it, published. */
  publishModel(version: ApplicationVersion): Promise<void>;
  /** The nightly job's dump of so many days ago arrives in S3: the days of the story do not change at midnight. */
  backUp(daysAgo: number): void;
  removeBackup(daysAgo: number): void;
  /** Every schedule fires once; gives the notices that the subscriber received because of it. */
  run(): Promise<ReceivedNotice[]>;
  /** Everything, on demand, as the console answers it. */
  checkNow(): Promise<Answer>;
  /** Runs SQL in production as its owner. */
  applyToProduction(sql: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const answer = z.looseObject({
  status: z.enum(['pass', 'fail', 'unknown']),
  summary: z.array(z.string()),
  results: z.array(
    z.looseObject({
      check: z.string(),
      findings: z
        .array(
          z.looseObject({
            details: z
              .looseObject({ repair: z.array(z.looseObject({ sql: z.string().optional() })).default([]) })
              .optional(),
          }),
        )
        .default([]),
    }),
  ),
});
export type Answer = z.output<typeof answer>;

const backupBucket = 'control-core-backups';
/** A little over what the settings call the smallest plausible backup. */
const backupBytes = 2_400_000;
const cli = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export async function setStage(progress: (line: string) => void, signal: AbortSignal): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'driftwatch-demo-'));
  const commands = commandRunner();
  let world: World | undefined;
  let monitor: DeployedMonitor | undefined;
  const stop = async () => {
    // First what uses the folder, last the folder.
    await commands.stop();
    await monitor?.stop();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    world = await startWorld({ onProgress: progress, signal });
    const productionUrl = await world.postgres.createDatabase('control_core');
    await migrate(productionUrl, '1.4.0');
    await prepareUsers(productionUrl, world);
    world.s3.createBucket(backupBucket);
    const application = await world.deploy({ version: '1.4.0', databaseUrl: productionUrl });
    progress('Bundling the functions as CDK does ...');
    const written = demoSettings({ application: application.url, backupBucket });
    monitor = await deployMonitor({ world, settings: parseSettings(written), settingsJson: JSON.stringify(written) });
    await world.sns.subscribe(monitor.alertsTopicArn, world.subscriber.url);
    return stageOf({ world, monitor, application, productionUrl, folder, stop, run: commands.run });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface CommandRunner {
  /** Runs the driftwatch command to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void>;
  /** Ends what is running and waits for it; nothing starts any more. */
  stop(): Promise<void>;
}

function commandRunner(): CommandRunner {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    async run(args, env) {
      ending.signal.throwIfAborted();
      const command = promisify(execFile)(process.execPath, [cli, ...args], { env, signal: ending.signal });
      // Killed is not yet gone.
      const gone = new Promise<void>((resolve) => command.child.once('close', () => resolve()));
      running.add(gone);
      await command.finally(() => gone).finally(() => running.delete(gone));
    },
    async stop() {
      ending.abort();
      await Promise.all(running);
    },
  };
}

async function prepareUsers(productionUrl: string, world: World): Promise<void> {
  const password = 'correct horse battery staple';
  await addUser(productionUrl, { username: 'monitor', password });
  world.secrets.put(databaseSecret, productionUrl);
  world.secrets.put(loginSecret, JSON.stringify({ username: 'monitor', password }));
}

function stageOf(
  parts: Pick<Stage, 'world' | 'monitor' | 'application' | 'productionUrl' | 'stop'> & {
    folder: string;
    run: CommandRunner['run'];
  },
): Stage {
  const { world, monitor, application, productionUrl, folder, stop } = parts;
  const today = Date.now();
  const dayOf = (daysAgo: number) => new Date(today - daysAgo * 86_400_000);
  const driftwatch = (...args: string[]) => parts.run(args, { ...process.env, ...world.environment });
  return {
    world,
    monitor,
    application,
    productionUrl,
    async publishModel(version) {
      const scratch = await world.postgres.createDatabase(`build_${version.replaceAll('.', '_')}`);
      await migrate(scratch, version);
      const file = join(folder, `${model}-${version}.json`);
      await driftwatch('snapshot', '--from', scratch, '--out', file, '--application-version', version);
      await driftwatch('snapshot', 'publish', file, '--model', model, '--bucket', monitor.bucket);
    },
    backUp(daysAgo) {
      const day = dayOf(daysAgo);
      world.s3.put(backupBucket, backupKey(day), Buffer.alloc(backupBytes, '-- dump\n'), { lastModified: day });
    },
    removeBackup: (daysAgo) => world.s3.delete(backupBucket, backupKey(dayOf(daysAgo))),
    async run() {
      const before = world.subscriber.notices.length;
      await monitor.tick();
      await world.sns.settled();
      return world.subscriber.notices.slice(before);
    },
    checkNow: async () => answer.parse(await monitor.checkNow({})),
    applyToProduction: (sql) =>
      withClient(productionUrl, async (client) => {
        for (const statement of sql) await client.query(statement);
      }),
    stop,
  };
}

async function withClient<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
