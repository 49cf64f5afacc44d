// Stacks as `cdk synth` makes them (the same feature flags), without bundling the functions; what CDK writes of them is
// gone when the tests of the file are.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import type { DriftMonitorProps } from '../../infra/drift-monitor-props.ts';
import { DriftwatchStack } from '../../infra/stack.ts';
import type { MonitorInput } from '../../lambda/config/index.ts';

/** Two targets with every kind of check, a secret of each sort, cadences of both. */
export const demo = {
  name: 'demo',
  timeZone: 'Europe/Berlin',
  alerts: { emails: ['team@example.com'], operatorEmails: ['operator@example.com'] },
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api' },
        'backup:nightly': { bucket: 'pap-backups', key: 'nightly/{YYYY}{MM}{DD}.sql', cron: '0 6 * * ? *' },
        'probe:login': {
          url: 'https://pap.example.com/auth/login',
          every: '5m',
          login: { credentials: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/login-AbCdEf' },
        },
      },
    },
    'pro-tenant': {
      environment: 'production',
      database: { iam: true, host: 'db.example.com', database: 'tenant', user: 'driftwatch' },
      checks: { schema: { model: 'pap-api' } },
    },
  },
} satisfies MonitorInput;

export type Change = (stack: Stack) => Omit<DriftMonitorProps, 'settings'> & Partial<DriftMonitorProps>;

const context = {
  ...cdkJson.context,
  'aws:cdk:bundling-stacks': [],
  // Warnings are looked at here, not printed; what CloudFormation thinks of the template is app.test.ts's to find out,
  // since its validator takes seconds to start.
  '@aws-cdk/core:annotationsInValidationReport': false,
  '@aws-cdk/core:validateAgainstDefaultRules': false,
};

const root = mkdtempSync(join(tmpdir(), 'driftwatch-stacks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let apps = 0;

export function newApp(more: Record<string, string> = {}): App {
  return new App({ outdir: join(root, String(apps++)), context: { ...context, ...more } });
}

export function newStack(
  change: Change = () => ({}),
  more: Record<string, string> = {},
): { app: App; stack: DriftwatchStack } {
  const app = newApp(more);
  const stack = new DriftwatchStack(app, 'Stack', { monitor: (scope) => ({ settings: demo, ...change(scope) }) });
  return { app, stack };
}

export interface Resource {
  id: string;
  properties: Record<string, unknown>;
}

/** The template's resources of one type, in the order of their ids. */
export function resourcesOf(template: Template, type: string): Resource[] {
  return Object.entries(template.findResources(type))
    .map(([id, { Properties }]) => ({ id, properties: (Properties ?? {}) as Record<string, unknown> }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

export function synth(change?: Change): Template {
  return Template.fromStack(newStack(change).stack);
}
