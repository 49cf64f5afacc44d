// How long the check function may run: as long as the longest check of the settings, and what a run needs around it. Pure.
import { formatDuration, parseDuration } from '../lambda/config/duration.ts';
import { pathText } from '../lambda/config/problem.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';

/** For reading settings and state before the checks, and for storing and sending what came out after them. */
const aroundChecksMs = parseDuration('1m');
const leastMs = parseDuration('5m');
/** Lambda's own limit. */
const mostMs = parseDuration('15m');

/**
 * @param given what was asked for; undefined for 5 minutes or as many more as the checks need
 * @throws Error naming every check that would not have the time that its settings give it
 */
export function checkTimeoutMs(settings: MonitorSettings, given: number | undefined): number {
  const checks = settings.targets.flatMap(({ name, checks }) =>
    checks.map(({ id, timeout }) => ({ path: pathText(['targets', name, 'checks', id]), timeout })),
  );
  const needed = Math.max(...checks.map(({ timeout }) => timeout), 0) + aroundChecksMs;
  const timeout = given ?? Math.max(leastMs, needed);
  if (timeout > mostMs) {
    throw new Error(`a checkTimeout of ${formatDuration(timeout)} is longer than the 15 min that Lambda allows`);
  }
  const tooLong = checks.filter((check) => check.timeout + aroundChecksMs > timeout);
  if (tooLong.length === 0) return timeout;
  throw new Error(
    [
      `with a checkTimeout of ${formatDuration(timeout)}, of which a run needs ${formatDuration(aroundChecksMs)} around its checks, these would be cut short:`,
      ...tooLong.map(({ path, timeout }) => `- ${path} may take ${formatDuration(timeout)}`),
      'Leave checkTimeout out, raise it, or lower their timeouts.',
    ].join('\n'),
  );
}
