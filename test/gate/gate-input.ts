// A gate about one target, for tests of its rules: settings as people write them, and the outside that each test needs.
import { type MonitorInput, parseSettings } from '../../lambda/config/index.ts';
import { proseText } from '../../lambda/gate/prose.ts';
import type { GateInput } from '../../lambda/gate/rule.ts';
import { rules } from '../../lambda/gate/rules/index.ts';
import { type RuleResult, runGate } from '../../lambda/gate/run.ts';
import type { RuleName } from '../../lambda/gate/settings.ts';
import type { JsonValue } from '../../lambda/json.ts';

export type TargetWritten = MonitorInput['targets'][string];

const health = { url: 'http://127.0.0.1:9/health' };

/** What nobody expected to be used fails when it is. */
export function inputFor(
  written: Partial<TargetWritten>,
  { ports, ...more }: Partial<Omit<GateInput, 'ports'>> & { ports?: Partial<GateInput['ports']> } = {},
  monitor: Partial<MonitorInput> = {},
): GateInput {
  const checks = { 'probe:health': health };
  const settings = { name: 'm', targets: { 'pap-api': { environment: 'production', checks, ...written } }, ...monitor };
  const [target] = parseSettings(settings).targets;
  if (!target) throw new Error('there is a target');
  return {
    target,
    gate: target.gate ?? {},
    model: { from: 'bucket' },
    variables: { source: 'process', read: async () => ({}) },
    bucket: undefined,
    ports: {
      clock: { now: () => new Date('2026-11-28T12:00:00Z'), sleep: () => new Promise(() => undefined) },
      objects: undefined as never,
      secrets: undefined as never,
      databases: undefined as never,
      http: undefined as never,
      ...ports,
    },
    signal: AbortSignal.timeout(20_000),
    ...more,
  };
}

export interface Told {
  status: RuleResult['status'];
  summary: string;
  details: string[];
  remedy: string | undefined;
}

export function toldOf(result: RuleResult): Told {
  return {
    status: result.status,
    summary: proseText(result.summary),
    details: result.details.map(({ tag, text }) => `${tag}: ${proseText(text)}`),
    remedy: result.status === 'fail' || result.status === 'unknown' ? proseText(result.remedy) : undefined,
  };
}

const off = { plan: () => ({ off: ['not asked'] }), collect: async () => null, judge: never } as const;

function never(): never {
  throw new Error('a rule that is off judges nothing');
}

/** The verdict of one rule, and the others switched off. */
export async function verdictOf(name: RuleName, input: GateInput): Promise<Told> {
  const all = { schema: off, environment: off, database: off, defaultCredentials: off, backup: off, changeWindow: off };
  const report = await runGate(input, { ...all, [name]: rules[name] });
  const result = report.rules.find(({ rule }) => rule === name);
  if (!result) throw new Error(`there is a result of ${name}`);
  return toldOf(JSON.parse(JSON.stringify(result as unknown as JsonValue)) as RuleResult);
}
