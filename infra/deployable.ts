// What valid settings can still ask for that Lambda and EventBridge cannot do. Pure; everything wrong is said at once.
import { formatDuration } from '../lambda/config/duration.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';
import type { Access } from './access.ts';

export interface DeployableInput {
  settings: MonitorSettings;
  access: Access;
  checkTimeoutMs: number;
}

/** Left to a run for reading its settings and state and for storing and sending what came out. */
const aroundChecksMs = 30_000;
const longestFunctionMs = 15 * 60_000;

/** @throws Error with one line for each problem: where, what, and what to do */
export function verifyDeployable({ settings, access, checkTimeoutMs }: DeployableInput): void {
  const problems = access.environmentSecrets.map(
    (path) =>
      `${path} is an environment variable, which a deployed function does not have: name a Secrets Manager secret`,
  );
  if (checkTimeoutMs > longestFunctionMs)
    problems.push('checkTimeout is longer than the 15 minutes that Lambda allows');
  for (const target of settings.targets) {
    for (const check of target.checks) {
      const where = `${target.name}.checks["${check.id}"]`;
      if ('every' in check.schedule && check.schedule.every % 60_000 !== 0) {
        problems.push(
          `${where} runs every ${check.schedule.every / 1_000} s: EventBridge Scheduler counts in whole minutes`,
        );
      }
      if (check.timeout + aroundChecksMs > checkTimeoutMs) {
        problems.push(
          `${where} may take ${formatDuration(check.timeout)}, with ${formatDuration(aroundChecksMs)} around it longer than the function's ${formatDuration(checkTimeoutMs)}: raise checkTimeout, or lower the check's timeout`,
        );
      }
    }
  }
  if (problems.length === 0) return;
  throw new Error(`these settings cannot be deployed:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
}
