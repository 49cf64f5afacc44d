// What SARIF 2.1.0 requires of the parts that Driftwatch writes, and what GitHub asks for beside that:
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
import * as z from 'zod';

/** No lone brace: those are placeholders. */
const message = z
  .string()
  .min(1)
  .regex(/^(?:[^{}]|\{\{|\}\})*$/);
const level = z.enum(['none', 'note', 'warning', 'error']);
const tags = z.array(z.string()).max(20);

const rule = z.strictObject({
  id: z.string().min(1).max(255),
  name: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/)
    .max(255),
  shortDescription: z.strictObject({ text: message.max(1024) }),
  fullDescription: z.strictObject({ text: message.max(1024) }),
  help: z.strictObject({ text: message, markdown: message }),
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({ tags, precision: z.enum(['very-high', 'high', 'medium', 'low']) }),
});

const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().nonnegative(),
  level,
  message: z.strictObject({ text: message, markdown: message }),
  locations: z.tuple([
    z.strictObject({
      physicalLocation: z.strictObject({
        // A relative URI reference without anything that leaves the repository.
        artifactLocation: z.strictObject({ uri: z.string().regex(/^(?!\/|.*(^|\/)\.\.(\/|$))[\w.~%/-]+$/) }),
        region: z.strictObject({ startLine: z.int().positive() }),
      }),
      logicalLocations: z.tuple([
        z.strictObject({ name: z.string().min(1), fullyQualifiedName: z.string().min(1), kind: z.string().min(1) }),
      ]),
    }),
  ]),
  partialFingerprints: z.strictObject({
    primaryLocationLineHash: z.string().regex(/^[0-9a-f]{10}:1$/),
    'driftwatchDifference/v1': z.string().regex(/^[0-9a-f]{10}$/),
  }),
  properties: z.looseObject({ id: z.string(), severity: z.string(), impact: z.string() }),
});

const notification = z.strictObject({ level, message: z.strictObject({ text: message }) });

export const sarifLog = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string().min(1),
          semanticVersion: z.string().min(1),
          rules: z.array(rule),
        }),
      }),
      automationDetails: z.strictObject({ id: z.string().regex(/\/$/) }),
      invocations: z.tuple([
        z.strictObject({ executionSuccessful: z.literal(true), toolExecutionNotifications: z.array(notification) }),
      ]),
      results: z.array(result).max(25_000),
      properties: z.looseObject({}),
    }),
  ]),
});
