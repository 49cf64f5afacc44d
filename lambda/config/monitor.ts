// The settings file as people write it, read into what the product works with (settings.ts). A bad file gives every
// problem at once: each part is read on its own, so that what is wrong in one never hides what is wrong in another.
import * as z from 'zod';
import { readGate } from '../gate/read.ts';
import type { GateWritten } from '../gate/settings.ts';
import { byCodeUnit } from '../json.ts';
import { severities } from '../monitor/finding.ts';
import {
  type CheckRegistry,
  type ChecksWritten,
  isObject,
  namePattern,
  nameRule,
  readCheck,
} from './check-settings.ts';
import { databaseSettings } from './database.ts';
import { duration, parseDuration } from './duration.ts';
import { maintenanceWindow, windowOf } from './maintenance.ts';
import { unfitValues } from './plain-data.ts';
import { type Path, type Problem, pathText } from './problem.ts';
import { targetRules } from './rules.ts';
import type { CheckEntry, MaintenanceWindow, MonitorSettings, TargetSettings } from './settings.ts';
import { timeZone } from './time-zone.ts';
import { parseWith } from './zod-problems.ts';

const emails = z.array(z.email()).check((context) => {
  const seen = new Set<string>();
  for (const [index, email] of context.value.entries()) {
    if (seen.has(email.toLowerCase())) {
      context.issues.push({ code: 'custom', path: [index], input: email, message: 'it is in the list twice' });
    }
    seen.add(email.toLowerCase());
  }
});

const atLeastAMinute = duration.refine((ms) => ms >= 60_000, { error: 'expected at least "1m"' });

const alerts = z.strictObject({
  /** Subscribed to the alerts topic; each has to confirm once. @default nobody */
  emails: emails.default([]),
  /** Subscribed to what CloudWatch says of the monitor itself. @default the same addresses */
  operatorEmails: emails.optional(),
  /**
   * A second topic that carries every notice as a CloudEvent in JSON, for pagers and programs. An alarm watches that
   * somebody is subscribed to it, so it is only there when wanted. @default false
   */
  events: z.boolean().default(false),
  /** A third one in the form that Amazon Q Developer shows in Slack and Microsoft Teams. @default false */
  chat: z.boolean().default(false),
  /**
   * Findings below it are recorded and shown, and not announced. That a check cannot be carried out always is: nothing
   * may go blind in silence. @default 'warning'
   */
  minimumSeverity: z.enum(severities).default('warning'),
  /** An announced incident is repeated this long after its last notice; the interval doubles up to a day. @default '4h' */
  remindEvery: atLeastAMinute.default(parseDuration('4h')),
  /** An open critical incident is marked escalated after this long. @default '1h' */
  escalateAfter: atLeastAMinute.default(parseDuration('1h')),
  /** What opens and ends more than `changes` times `within` is told once, until nothing changed for `calm`. */
  flapping: z
    .strictObject({
      /** @default 4: two times in trouble and well again */
      changes: z.int().min(2).max(50).default(4),
      /** @default '2h' */
      within: atLeastAMinute.default(parseDuration('2h')),
      /** @default '30m' */
      calm: atLeastAMinute.default(parseDuration('30m')),
    })
    .prefault({}),
  /**
   * What was checked, how it went and what is open, also when nothing went wrong: every day, or every Monday, at a time
   * in the settings' `timeZone`; or `'off'`. @default every week at 08:00
   */
  digest: z
    .union([
      z.literal('off'),
      z.strictObject({
        /** @default 'week' */
        every: z.enum(['day', 'week']).default('week'),
        /** @default '08:00' */
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "08:00"')
          .default('08:00'),
      }),
    ])
    .prefault({}),
});

/** @returns when and about how much time digests are, in EventBridge's terms */
function digestOf(
  written: z.output<typeof alerts>['digest'],
  ownTimeZone: string,
): MonitorSettings['alerts']['digest'] {
  if (written === 'off') return undefined;
  const [hours, minutes] = written.at.split(':').map(Number);
  const daily = written.every === 'day';
  return {
    cron: `${minutes} ${hours} ${daily ? '* * ?' : '? * MON'} *`,
    timeZone: ownTimeZone,
    period: parseDuration(daily ? '1d' : '7d'),
  };
}

const target = z.strictObject({
  /** `production`, `staging`: appears in every alert. */
  environment: z.string().min(1).max(64),
  /** Link shown in every alert of the target. @default none */
  runbook: z.url({ protocol: /^https?$/ }).optional(),
  /** Needed by the checks that look into a database, and brings a `database` check. @default none */
  database: databaseSettings.optional(),
  /** When trouble is expected: checks run, and only ends are told. Beside those of the whole monitor. @default none */
  maintenance: z.array(maintenanceWindow).default([]),
  checks: z.unknown().optional(),
  gate: z.unknown().optional(),
});

const monitor = z.strictObject({
  /** Names the stack and appears in every alert: letters, digits, dashes. */
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'expected 1 to 40 letters, digits and dashes, a letter first'),
  /** Of the cron schedules that name none. @default 'UTC' */
  timeZone: timeZone.default('UTC'),
  alerts: alerts.prefault({}),
  /** When trouble is expected of every target: checks run, and only ends are told. @default none */
  maintenance: z.array(maintenanceWindow).default([]),
  targets: z.unknown().optional(),
});

type TargetWritten<Registry extends CheckRegistry> = Omit<z.input<typeof target>, 'checks' | 'gate'> & {
  /** By id: the kind, or the kind and a name (`'probe:login'`). @default the implied `database` check alone */
  checks?: ChecksWritten<Registry>;
  /** What `driftwatch gate` asks of a deployment. @default every rule that the target has what it needs for */
  gate?: GateWritten;
};

/** The settings file, for a registry of checks. */
export type MonitorWritten<Registry extends CheckRegistry> = Omit<z.input<typeof monitor>, 'targets'> & {
  /** By name. */
  targets: Record<string, TargetWritten<Registry>>;
};

/** What a target's `database` implies: whether it can be reached at all. */
const impliedCheck = 'database';

type Read<Value> = { value: Value | undefined; problems: Problem[] };

export function readSettings(
  written: unknown,
  registry: CheckRegistry,
): { settings: MonitorSettings } | { problems: readonly [Problem, ...Problem[]] } {
  const frame = parseWith(monitor, written, []);
  const targets = readTargets(written, registry);
  const common = readMaintenance(frame.value?.maintenance ?? [], frame.value?.timeZone ?? 'UTC', ['maintenance']);
  const [first, ...others] = firstPerPath([
    ...unfitValues(written),
    ...frame.problems,
    ...common.problems,
    ...targets.problems,
  ]);
  if (first) return { problems: [first, ...others] };
  if (!frame.value || !targets.value) throw new Error('settings without a problem have a value');
  const { name, alerts } = frame.value;
  return {
    settings: {
      name,
      alerts: {
        ...alerts,
        operatorEmails: alerts.operatorEmails ?? alerts.emails,
        digest: digestOf(alerts.digest, frame.value.timeZone),
      },
      targets: targets.value.map((each) => ({ ...each, maintenance: [...common.windows, ...each.maintenance] })),
    },
  };
}

function readMaintenance(
  written: readonly z.output<typeof maintenanceWindow>[],
  ownTimeZone: string,
  path: Path,
): { windows: MaintenanceWindow[]; problems: Problem[] } {
  const read = written.map((one) => windowOf(one, ownTimeZone));
  return {
    windows: read.filter((one) => typeof one !== 'string'),
    problems: read.flatMap((one, index) => (typeof one === 'string' ? [{ path: [...path, index], message: one }] : [])),
  };
}

function readTargets(written: unknown, registry: CheckRegistry): Read<TargetSettings[]> {
  if (!isObject(written)) return { value: undefined, problems: [] };
  const path = ['targets'];
  if (!isObject(written.targets) || Object.keys(written.targets).length === 0) {
    return { value: undefined, problems: [{ path, message: 'expected at least one target, by its name' }] };
  }
  const names = Object.keys(written.targets).sort(byCodeUnit);
  const ownTimeZone = parseWith(timeZone, written.timeZone, []).value ?? 'UTC';
  const targets = names.map((name) =>
    readTarget(name, isObject(written.targets) ? written.targets[name] : undefined, {
      registry,
      timeZone: ownTimeZone,
    }),
  );
  const problems = [...nameProblems(names, path), ...targets.flatMap((each) => each.problems)];
  return { value: targets.flatMap((each) => each.value ?? []), problems };
}

function nameProblems(names: readonly string[], path: Path): Problem[] {
  return names.flatMap((name, index) => {
    if (!namePattern.test(name)) return [{ path: [...path, name], message: `the name is not allowed; ${nameRule}` }];
    const twin = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    return twin
      ? [{ path: [...path, name], message: `differs from "${twin}" in capitals only; expected one of the two` }]
      : [];
  });
}

function readTarget(
  name: string,
  written: unknown,
  { registry, timeZone }: { registry: CheckRegistry; timeZone: string },
): Read<TargetSettings> {
  const path = ['targets', name];
  const own = parseWith(target, written, path);
  if (!isObject(written)) return { value: undefined, problems: own.problems };
  const { checks = {}, database, gate: gateWritten } = written;
  if (!isObject(checks)) {
    const wrong = { path: [...path, 'checks'], message: 'expected the checks by their id' };
    return { value: undefined, problems: [...own.problems, wrong] };
  }
  const implied = database !== undefined && Object.hasOwn(registry, impliedCheck) ? { [impliedCheck]: {} } : {};
  const reads = Object.entries({ ...implied, ...checks })
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => byCodeUnit(one, other))
    .map(([id, each]) => readCheck(id, each, { registry, timeZone, path: [...path, 'checks', id] }));
  const entries: CheckEntry[] = reads.flatMap((each) => each.entry ?? []);
  const maintenance = readMaintenance(own.value?.maintenance ?? [], timeZone, [...path, 'maintenance']);
  const gate = readGate(gateWritten, {
    path: [...path, 'gate'],
    timeZone,
    checkIds: Object.keys(checks),
    entries,
    hasDatabase: database !== undefined,
  });
  const problems = [
    ...own.problems,
    ...maintenance.problems,
    ...reads.flatMap((each) => each.problems),
    ...targetRules({ path, checks, hasDatabase: database !== undefined, entries, registry }),
    ...gate.problems,
  ];
  if (!own.value) return { value: undefined, problems };
  const { environment, runbook } = own.value;
  const { windows } = maintenance;
  return {
    value: {
      name,
      environment,
      runbook,
      database: own.value.database,
      maintenance: windows,
      checks: entries,
      ...(gate.value && { gate: gate.value }),
    },
    problems,
  };
}

/** What may stand nowhere is told first, and then nothing else of the same place. */
function firstPerPath(problems: readonly Problem[]): Problem[] {
  const byPath = new Map<string, Problem>();
  for (const problem of problems) {
    const key = pathText(problem.path);
    if (!byPath.has(key)) byPath.set(key, problem);
  }
  return [...byPath.values()];
}
