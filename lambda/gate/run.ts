// One run of the gate: every rule, at the same time where none waits for another, each within its own deadline. All of
// them are told, whatever the first ones say; what could not be verified is `unknown`, with the reason.
import { formatDuration, parseDuration } from '../config/duration.ts';
import { EdgeError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { withDeadline } from '../monitor/deadline.ts';
import { type OutcomeStatus, overallStatus } from '../monitor/outcome.ts';
import { createRedactor, withRedactor } from '../monitor/redact.ts';
import { type Prose, say } from './prose.ts';
import type { Detail, GateInput, GateRule, Plan, Verdict } from './rule.ts';
import type { RuleName } from './settings.ts';

export type RuleResult = { rule: RuleName; summary: Prose; details: Detail[]; durationMs: number } & (
  | { status: 'pass' | 'off' }
  | { status: 'fail' | 'unknown'; remedy: Prose }
);

export interface GateReport {
  target: string;
  environment: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  status: OutcomeStatus;
  /** In the order of the registry. */
  rules: RuleResult[];
}

export type RuleRegistry = { readonly [Name in RuleName]: GateRule<unknown, JsonValue> };

const usualTimeout = parseDuration('1m');

export async function runGate(input: GateInput, registry: RuleRegistry): Promise<GateReport> {
  const startedAt = input.ports.clock.now().toISOString();
  const started = new Map<RuleName, Promise<RuleResult>>();
  const names = Object.keys(registry) as RuleName[];
  const start = (name: RuleName): Promise<RuleResult> => {
    const running = started.get(name) ?? runRule(name, registry[name], input, start);
    started.set(name, running);
    return running;
  };
  const rules = settleProvided(await Promise.all(names.map(start)));
  const statuses = rules.flatMap(({ status }) => (status === 'off' ? [] : [status]));
  const { name: target, environment } = input.target;
  return { target, environment, startedAt, status: overallStatus(statuses), rules: rules.map(told) };
}

type Settled = RuleResult & Pick<Extract<Verdict, { status: 'pass' }>, 'provided'>;

/** @param start the result of another rule, which this one waits for */
async function runRule(
  rule: RuleName,
  { plan, collect, judge }: GateRule<unknown, JsonValue>,
  input: GateInput,
  start: (name: RuleName) => Promise<RuleResult>,
): Promise<Settled> {
  const { clock } = input.ports;
  const planned = plan(input);
  if ('off' in planned) return { rule, status: 'off', summary: planned.off, details: [], durationMs: 0 };
  if ('verdict' in planned) return { rule, ...planned.verdict, durationMs: 0 };
  const blocked = await blockedBy(planned, start);
  const begun = clock.now().getTime();
  // Secrets of one rule may be everyday words in another: "admin" as a password hides no table of that name.
  const redactor = createRedactor();
  const ports = { ...input.ports, secrets: withRedactor(input.ports.secrets, redactor) };
  const { settings, timeout = usualTimeout } = planned;
  const late = () =>
    new EdgeError('timeout', `it took longer than ${formatDuration(timeout)}`, {
      remedy: 'Find out what it waited for, and run the gate again.',
    });
  const verdict =
    blocked ??
    (await withDeadline(
      clock,
      timeout,
      late,
      (signal) => collect({ settings, input: { ...input, ports }, signal }),
      input.signal,
    ).then(
      (evidence) => judge(evidence, { settings, target: input.target.name, now: clock.now() }),
      (error: unknown) => notVerified(error, input.signal),
    ));
  const shown = redactor.json(verdict as unknown as JsonValue) as unknown as Verdict;
  return { rule, ...shown, durationMs: clock.now().getTime() - begun };
}

async function blockedBy(
  { after }: Extract<Plan<unknown>, { settings: unknown }>,
  start: (name: RuleName) => Promise<RuleResult>,
): Promise<Verdict | undefined> {
  if (after === undefined) return undefined;
  const { status } = await start(after);
  if (status === 'pass' || status === 'off') return undefined;
  return {
    status: 'unknown',
    summary: say`not verified: it needs what the rule ${[after]} could not show`,
    details: [],
    remedy: say`See the rule ${[after]}.`,
  };
}

function notVerified(error: unknown, interrupted: AbortSignal): Verdict {
  if (!(error instanceof EdgeError) || interrupted.aborted) throw error;
  return { status: 'unknown', summary: say`not verified: ${error.message}`, details: [], remedy: say`${error.remedy}` };
}

/** What passes only if another rule does, now that all of them have ended. */
function settleProvided(results: readonly Settled[]): Settled[] {
  return results.map((result) => {
    const { provided } = result;
    const other = results.find(({ rule }) => rule === provided?.rule);
    if (result.status !== 'pass' || !provided || !other || other.status === 'pass') return result;
    const { rule, summary, details, durationMs } = result;
    const status = other.status === 'unknown' ? 'unknown' : 'fail';
    const why = { off: 'is off', fail: 'fails', unknown: 'could not be verified' }[other.status];
    return {
      rule,
      status,
      summary: say`${summary}: ${provided.because}, and the rule ${[provided.rule]} ${[why]}`,
      details,
      durationMs,
      remedy: say`Have the rule ${[provided.rule]} pass first.`,
    };
  });
}

function told({ provided: _, ...result }: Settled): RuleResult {
  return result;
}
