// The report as a document for machines: its schema and how it is filled. Published as docs/schemas/diff-1.schema.json;
// whatever breaks a reader of it needs another format version.
import * as z from 'zod';
import { impacts, severities } from '../../lambda/monitor/finding.ts';
import { countByImpact, countBySeverity } from '../../lambda/monitor/notice/impact-groups.ts';
import { type RepairStep, repairClasses } from '../../lambda/postgres/repair/statement.ts';
import { scopes } from '../../lambda/postgres/scope.ts';
import type { Difference, DriftReport, PlacedStep, ReportedSide } from './report.ts';

const diffFormat = 1;

const count = z.int().nonnegative();
const value = z.json();

const side = z
  .strictObject({
    source: z.string().describe('where it came from, without passwords'),
    serverVersion: z.int().positive().describe('server_version_num of the server it was read from: 150018 is 15.18'),
    scope: z.array(z.enum(scopes)).nullable().describe('what it speaks of; null for everything'),
    applicationVersion: z.string().nullable().describe('version of the application whose migrations built it'),
    commit: z.string().nullable().describe('commit of the application'),
    takenAt: z.string().nullable().describe('when its snapshot was taken, ISO 8601; null for a live database'),
    takenBy: z.string().nullable().describe('version of Driftwatch that took its snapshot'),
  })
  .describe('one side of the comparison; null for what is not known');

const place = z.int().positive().describe('its place in the order in which all statements run, from 1');

const step = z.union([
  z
    .strictObject({
      place,
      sql: z.string().describe('one statement, ended by its semicolon'),
      class: z.enum(repairClasses),
      reason: z.string().describe('why it has that class'),
      transaction: z.boolean().describe('false: it must not run inside a transaction'),
    })
    .describe('a statement; Driftwatch never runs it'),
  z.strictObject({ place, none: z.string().describe('why there is no statement, and what to do instead') }),
  z.strictObject({
    place,
    with: z.string().describe('the object, by kind and name, whose statements repair this too'),
  }),
]);

const difference = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{10}$/)
    .describe('the same for the same difference in every run'),
  code: z.string().describe('stable and dotted: schema.column.type.changed'),
  severity: z.enum(severities),
  impact: z.enum(impacts).describe('what it breaks'),
  kind: z.string().describe("PostgreSQL's word for the object"),
  subject: z.string().describe('its qualified name, parts quoted where SQL needs it'),
  parent: z.string().nullable().describe('kind and name of what it is a part of'),
  verb: z.enum(['missing', 'unexpected', 'changed']).describe("seen from production: unexpected is production's only"),
  attribute: z.string().nullable().describe('what differs about it, when changed'),
  expected: value.describe("the model's value; of a missing object all its attributes"),
  actual: value.describe("production's value; of an unexpected object all its attributes"),
  swallowed: z.array(z.string()).describe('what is missing, unexpected or changed because this is, by kind and name'),
  tenants: z.array(z.string()).describe('production schemas that differ in this same way, where many are held to one'),
  message: z.string().describe('what differs and what that breaks, in one sentence'),
  repair: z.array(step),
});

export const diffDocument = z
  .strictObject({
    formatVersion: z.literal(diffFormat),
    model: side,
    production: side,
    scope: z.array(z.enum(scopes)).describe('what was compared: both sides speak of it'),
    counts: z.strictObject({
      differences: count,
      equal: count.describe('objects that were compared and found equal'),
      notVerified: count,
      bySeverity: z.strictObject(
        Object.fromEntries(severities.map((one) => [one, count])) as Record<(typeof severities)[number], typeof count>,
      ),
      byImpact: z.partialRecord(z.enum(impacts), count).describe('impacts that occur'),
    }),
    drift: z.array(difference).describe('by name; empty when nothing differs'),
    notVerified: z
      .array(z.strictObject({ kind: z.string(), subject: z.string(), reason: z.string() }))
      .describe('objects that could not be compared: neither equal nor drift'),
  })
  .describe('What `driftwatch diff --format json` prints.');

type DiffDocument = z.output<typeof diffDocument>;

export function reportJson(report: DriftReport): string {
  return JSON.stringify(documentOf(report), null, 2);
}

function documentOf(report: DriftReport): DiffDocument {
  const { model, production, scope, differences, notVerified, equal } = report;
  return {
    formatVersion: diffFormat,
    model: sideOf(model),
    production: sideOf(production),
    scope,
    counts: {
      differences: differences.length,
      equal,
      notVerified: notVerified.length,
      bySeverity: countBySeverity(differences),
      byImpact: countByImpact(differences),
    },
    drift: differences.map(differenceOf),
    notVerified: notVerified.map(({ kind, subject, reason }) => ({ kind, subject, reason })),
  };
}

function sideOf(side: ReportedSide): DiffDocument['model'] {
  const { source, serverVersion, scope, applicationVersion, commit, takenAt, takenBy } = side;
  return {
    source,
    serverVersion,
    scope: scope === undefined ? null : [...scope],
    applicationVersion: applicationVersion ?? null,
    commit: commit ?? null,
    takenAt: takenAt ?? null,
    takenBy: takenBy ?? null,
  };
}

function differenceOf({
  id,
  code,
  severity,
  impact,
  message,
  entry,
  repair,
}: Difference): DiffDocument['drift'][number] {
  const {
    kind,
    subject,
    parent = null,
    verb,
    attribute = null,
    expected,
    actual,
    swallowed = [],
    tenants = [],
  } = entry;
  const what = { kind, subject, parent, verb, attribute, expected, actual, swallowed, tenants };
  return { id, code, severity, impact, ...what, message, repair: repair.map(stepOf) };
}

function stepOf({ place, step }: PlacedStep): DiffDocument['drift'][number]['repair'][number] {
  return { place, ...contentOf(step) };
}

function contentOf(step: RepairStep) {
  if ('sql' in step) {
    return { sql: step.sql, class: step.class, reason: step.reason, transaction: step.transaction !== false };
  }
  return 'none' in step ? { none: step.none } : { with: step.with };
}
