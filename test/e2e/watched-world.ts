// A world with the monitor deployed on it, as the end-to-end tests use it: ticks with the notices they brought, calls,
// models published as a pipeline does. Started once a test file, and ended with it.
import { z } from 'zod';
import { type MonitorInput, parseSettings } from '../../lambda/config/index.ts';
import { type DeployedMonitor, deployMonitor } from '../../local/deployed-monitor.ts';
import type { Drained } from '../../local/sqs/event-source.ts';
import type { ReceivedNotice } from '../../local/subscriber.ts';
import type { World } from '../../local/world.ts';
import { driftwatchSucceeds } from './command.ts';

export const bucket = 'driftwatch';

const finding = z.looseObject({
  code: z.string(),
  severity: z.string(),
  subject: z.string(),
  message: z.string(),
  remedy: z.string(),
});
const result = z.looseObject({
  target: z.string(),
  check: z.string(),
  status: z.enum(['pass', 'fail', 'unknown']),
  summary: z.string(),
  findings: z.array(finding),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  decision: z.object({ says: z.string(), why: z.string() }).optional(),
});
const answer = z.strictObject({
  status: z.enum(['pass', 'fail', 'unknown', 'refused', 'done']),
  summary: z.array(z.string()),
  results: z.array(result),
});
export type Answer = z.output<typeof answer>;
export type Result = z.output<typeof result>;

export interface Ran extends Drained {
  /** What the subscriber received because of it, in the order of arrival. */
  notices: ReceivedNotice[];
}

export interface Watched {
  monitor: DeployedMonitor;
  queueUrl: string;
  /** Fires every schedule once, or those of one kind of check. */
  run(kind?: string): Promise<Ran>;
  /** Fires the sweep. */
  sweep(): Promise<Ran>;
  /** Calls the check function by hand. */
  ask(event?: Record<string, unknown>): Promise<Answer>;
  /** The one result of a check, by hand. */
  look(target: string, check: string): Promise<Result>;
}

export async function watch(
  world: World,
  written: MonitorInput,
  environment: Record<string, string> = {},
): Promise<Watched> {
  const settings = parseSettings(written);
  const monitor = await deployMonitor({ world, settings, settingsJson: JSON.stringify(written), bucket, environment });
  await world.sns.subscribe(monitor.alertsTopicArn, world.subscriber.url);
  await world.sns.settled();
  const ask = async (event: Record<string, unknown> = {}) => answer.parse(await monitor.checkNow(event));
  async function ran(firing: () => Promise<Drained>): Promise<Ran> {
    const before = world.subscriber.notices.length;
    const drained = await firing();
    await world.sns.settled();
    return { ...drained, notices: world.subscriber.notices.slice(before) };
  }
  return {
    monitor,
    queueUrl: world.sqs.createQueue('checks'),
    run: (kind) => ran(() => monitor.tick(kind)),
    sweep: () => ran(() => monitor.sweep()),
    ask,
    async look(target, check) {
      const { results, summary } = await ask({ target, checks: [check] });
      const found = results.find((one) => one.check === check);
      if (!found) throw new Error(`no result of ${check}: ${summary.join('\n')}`);
      return found;
    },
  };
}

/** What a pipeline does with a build: a snapshot of the database that its migrations made, published. */
export async function publishModel(world: World, model: string, version: string, databaseUrl: string): Promise<void> {
  const place = `s3://${bucket}/built/${model}-${version}.json`;
  const options = { environment: world.environment };
  await driftwatchSucceeds(
    ['snapshot', '--from', databaseUrl, '--out', place, '--application-version', version],
    options,
  );
  await driftwatchSucceeds(['snapshot', 'publish', place, '--model', model, '--bucket', bucket], options);
}

/** Subjects, for comparing what came with what had to come. */
export function subjects({ notices }: Pick<Ran, 'notices'>): (string | undefined)[] {
  return notices.map(({ subject }) => subject);
}
