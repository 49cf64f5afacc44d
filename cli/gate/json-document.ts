// The verdict of the gate as a document for machines: its schema and how it is filled. Published as
// docs/schemas/gate-1.schema.json; whatever breaks a reader of it needs another format version.
import * as z from 'zod';
import { proseText } from '../../lambda/gate/prose.ts';
import type { GateReport, RuleResult } from '../../lambda/gate/run.ts';
import { ruleSettings } from '../../lambda/gate/settings.ts';

const gateFormat = 1;

const statuses = ['pass', 'fail', 'unknown'] as const;

const detail = z.strictObject({
  tag: z.string().nullable().describe('how bad it is, in a word: the class of a change, a severity, "missing"'),
  id: z.string().nullable().describe('of a difference in the schema: the same for the same one in every run'),
  text: z.string(),
  sql: z.array(z.string()).describe('of a change: statements that would make it; the migration may have others'),
});

const rule = z.strictObject({
  rule: z.string().describe(`as the settings name it; so far ${Object.keys(ruleSettings).join(', ')}`),
  status: z.enum([...statuses, 'off']).describe('unknown: it could not be verified; off: it was not looked at'),
  summary: z.string(),
  remedy: z.string().nullable().describe('what to do when it fails or is not verified'),
  details: z.array(detail),
  durationMs: z.number().nonnegative(),
});

export const gateDocument = z
  .strictObject({
    formatVersion: z.literal(gateFormat),
    target: z.string(),
    environment: z.string(),
    startedAt: z.iso.datetime(),
    status: z.enum(statuses).describe('fail: a rule fails; unknown: none fails, and one could not be verified'),
    rules: z.array(rule),
  })
  .describe('What `driftwatch gate --format json` prints.');

type GateDocument = z.output<typeof gateDocument>;

export function gateJson({ target, environment, startedAt, status, rules }: GateReport): string {
  const document: GateDocument = {
    formatVersion: gateFormat,
    target,
    environment,
    startedAt,
    status,
    rules: rules.map(ruleOf),
  };
  return JSON.stringify(document, null, 2);
}

function ruleOf(result: RuleResult): GateDocument['rules'][number] {
  const { rule, status, summary, details, durationMs } = result;
  return {
    rule,
    status,
    summary: proseText(summary),
    remedy: status === 'fail' || status === 'unknown' ? proseText(result.remedy) : null,
    details: details.map(({ tag = null, id = null, text, sql = [] }) => ({ tag, id, text: proseText(text), sql })),
    durationMs,
  };
}
