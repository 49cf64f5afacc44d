// What the rest of the product knows of the settings once they are read: every default filled in, every duration in
// milliseconds, every check a row of its own. The file people write is described in monitor.ts.

import type { GateSettings } from '../gate/settings.ts';
import type { Severity } from '../monitor/finding.ts';
import type { DatabaseSettings } from './database.ts';
import type { Milliseconds } from './duration.ts';

export interface MonitorSettings {
  /** Names the stack and appears in every alert. */
  name: string;
  alerts: AlertSettings;
  targets: TargetSettings[];
}

export interface AlertSettings {
  /** Subscribed to the alerts topic. */
  emails: string[];
  /** Subscribed to the topic that CloudWatch alarms about the monitor itself go to. @default the same addresses */
  operatorEmails: string[];
  /** Whether notices also go to a topic as CloudEvents, for programs. @default false */
  events: boolean;
  /** Whether notices also go to a topic in the form of Amazon Q Developer, for Slack and Teams. @default false */
  chat: boolean;
  /** Findings of checks below it are recorded and shown, and not announced. @default 'warning' */
  minimumSeverity: Severity;
  /** An announced incident is repeated this long after its last notice; the interval doubles up to a day. @default 4h */
  remindEvery: Milliseconds;
  /** An open critical incident is marked escalated after this long. @default 1h */
  escalateAfter: Milliseconds;
  /**
   * What opens and ends more than `changes` times `within` is told once, as coming and going, until nothing changed for
   * `calm`. @default more than 4 changes within 2h, calm for 30m
   */
  flapping: { changes: number; within: Milliseconds; calm: Milliseconds };
  /** When the digest is sent, and how much time it is about; absent: never. @default Mondays at 8:00, about a week */
  digest: { cron: string; timeZone: string; period: Milliseconds } | undefined;
}

/** A time in which trouble is expected: checks run, and only ends are told. */
export type MaintenanceWindow = {
  reason: string;
  /** Ids or kinds of checks; absent: everything. */
  checks?: string[] | undefined;
} & (
  | { cron: string; timeZone: string; lasts: Milliseconds }
  /** Instants, ISO 8601 in UTC. */
  | { from: string; until: string }
);

export interface TargetSettings {
  /** Letters, digits, dots, dashes; names the state object and appears in every alert. */
  name: string;
  environment: string;
  /** Link shown in every alert of the target. */
  runbook: string | undefined;
  database: DatabaseSettings | undefined;
  /** Those of the monitor and those of the target. */
  maintenance: MaintenanceWindow[];
  checks: CheckEntry[];
  /** Rules of the gate that the settings say something about. */
  gate?: GateSettings;
}

export interface CheckEntry {
  /** `schema`, `backup:nightly`, `probe:login`. */
  id: string;
  kind: string;
  schedule: Schedule;
  timeout: Milliseconds;
  failAfter: number;
  passAfter: number;
  /** What the check's own schema (checks/<kind>/settings.ts) made of the rest. */
  settings: unknown;
}

export type Schedule =
  | { every: Milliseconds }
  /** EventBridge Scheduler's six fields: minutes hours day-of-month month day-of-week year. */
  | { cron: string; timeZone: string };
