// The check function as it is deployed: how long its bundle takes to load, and how much memory a process needs that
// runs it on a large schema, once equal to its model and once with drift.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleFile, bundleFunction } from '../../infra/bundle.ts';
import { encodeSnapshot, makeSnapshot } from '../../lambda/postgres/snapshot.ts';
import { startWorld, type World } from '../../local/world.ts';
import { readUrl, withClient } from '../postgres/databases.ts';
import { type Bench, median } from './bench.ts';
import { largeSchema, musicBrainzSize } from './large-schema.ts';

const rounds = 5;

interface ChildReport {
  importMs: number;
  importCpuMs: number;
  peakMb: number;
  summary: string[];
}

export const checkFunctionBench: Bench = {
  name: 'Check function: loading and memory',
  async run(progress) {
    const folder = await mkdtemp(join(tmpdir(), 'driftwatch-bench-'));
    const world = await startWorld({ onProgress: progress });
    try {
      const url = await world.postgres.createDatabase('large');
      await withClient(url, (client) => client.query(largeSchema(musicBrainzSize, 1)));
      await publishModel(world, url);
      bundleFunction('check', folder, { settingsJson: JSON.stringify(settings) });
      const call = () => callHandler(join(folder, bundleFile), world, url);
      const equal = await call();
      await withClient(url, (client) => client.query('ALTER TABLE table_7 DROP changed_at CASCADE'));
      const drifted: ChildReport[] = [];
      for (let round = 0; round < rounds; round += 1) drifted.push(await call());
      progress([...equal.summary, ...(drifted[0]?.summary ?? [])].join('\n  '));
      return [
        {
          what: `bundle import, work alone, median of ${rounds}`,
          value: median(drifted.map((d) => d.importCpuMs)),
          unit: 'ms',
        },
        {
          what: `bundle import, median of ${rounds}`,
          value: median(drifted.map((d) => d.importMs)),
          unit: 'ms',
          limit: 150,
        },
        { what: 'peak memory of the process, no drift', value: equal.peakMb, unit: 'MB', limit: 200 },
        {
          what: 'peak memory of the process, drift',
          value: Math.max(...drifted.map((d) => d.peakMb)),
          unit: 'MB',
          limit: 200,
        },
      ];
    } finally {
      await world.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const bucket = 'bench';
const settings = {
  name: 'bench',
  targets: {
    large: {
      environment: 'bench',
      database: { secret: 'env:DATABASE_URL', tls: { mode: 'disable' } },
      checks: { schema: { model: 'large' } },
    },
  },
};

async function publishModel(world: World, url: string): Promise<void> {
  const { facts, serverVersion } = await readUrl(url);
  const takenAt = new Date().toISOString();
  const model = makeSnapshot({
    scope: ['structure'],
    facts,
    serverVersion,
    options: {},
    source: 'database',
    takenAt,
    takenBy: 'bench',
  });
  const current = { version: '1', publishedAt: takenAt, confirmedAt: takenAt };
  world.s3.createBucket(bucket);
  world.s3.put(bucket, 'snapshots/large/1.json', encodeSnapshot(model));
  world.s3.put(bucket, 'snapshots/large/current.json', JSON.stringify({ formatVersion: 1, current }));
}

/** In a process of its own, as a Lambda that has just started is. */
async function callHandler(bundle: string, world: World, url: string): Promise<ChildReport> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./call-handler.ts')), bundle],
    {
      env: {
        PATH: process.env.PATH,
        ...world.environment,
        DRIFTWATCH_BUCKET: bucket,
        DRIFTWATCH_ALERTS_TOPIC_ARN: world.sns.createTopic('alerts'),
        DATABASE_URL: url,
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ChildReport;
}
