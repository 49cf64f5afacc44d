// What every check's settings may hold, whatever its kind: when it runs, how long it may take, how many runs count. The
// rest is the kind's own, and its schema is the registry's (checks/index.ts), which is a parameter here.
import * as z from 'zod';
import { cron } from './cron.ts';
import { duration, formatDuration, type Milliseconds, parseDuration } from './duration.ts';
import { nearest, type Path, type Problem, shown } from './problem.ts';
import type { CheckEntry, Schedule } from './settings.ts';
import { timeZone } from './time-zone.ts';
import { parseWith, wordList } from './zod-problems.ts';

/** What settings need to know of a kind of check; `Check` (monitor/check.ts) has it. */
interface CheckKind {
  settings: z.ZodType;
  needsDatabase(settings: unknown): boolean;
  defaults: { every: string; timeout: string; failAfter: number; passAfter: number };
  capturesVersion?(settings: unknown): boolean;
  versionFrom?(settings: unknown): string | undefined;
  secretsGoTo?(settings: unknown): readonly { path: readonly string[]; url: string }[];
}

/** Kind by name. */
export type CheckRegistry = Readonly<Record<string, CheckKind>>;

// A run must end, and say what it found, before its function does: Lambda's limit is 15 minutes.
const longest = parseDuration('10m');
const shortest = parseDuration('1s');
const minute = parseDuration('1m');
const runs = z.int().min(1).max(100);

const common = {
  /** Runs at this interval: whole minutes. @default the kind's own */
  every: duration.refine((ms) => ms % minute === 0, { error: 'expected whole minutes, at least "1m"' }).optional(),
  /**
   * Runs by the calendar: minutes, hours, day of month, month, day of week, year, as EventBridge Scheduler has them.
   * `0 6 * * ? *` is every day at 6:00.
   */
  cron: cron.optional(),
  /** Of `cron`. @default the settings' own `timeZone` */
  timeZone: timeZone.optional(),
  /** Longest time one run may take, 1 s to 10 min, less than `every`. @default the kind's own */
  timeout: duration.refine((ms) => ms >= shortest && ms <= longest, { error: 'expected "1s" to "10m"' }).optional(),
  /** Failing runs in a row before it is announced. @default the kind's own */
  failAfter: runs.optional(),
  /** Passing runs in a row before that is resolved. @default the kind's own */
  passAfter: runs.optional(),
};

type Common = { [Name in keyof typeof common]?: z.output<(typeof common)[Name]> };
type CommonWritten = { [Name in keyof typeof common]?: z.input<(typeof common)[Name]> };

/**
 * A kind whose schema does not say what may be written accepts anything here (its schema still refuses it later); one
 * with no settings of its own adds nothing.
 */
type WrittenOf<Kind extends CheckKind, Written = z.input<Kind['settings']>> = unknown extends Written
  ? Record<string, unknown>
  : Written extends Record<string, never>
    ? unknown
    : Written;

/** The checks of a target as they are written: by id, which is the kind, or the kind and a name. */
export type ChecksWritten<Registry extends CheckRegistry> = {
  [Kind in keyof Registry & string as Kind | `${Kind}:${string}`]?:
    | (WrittenOf<Registry[Kind]> & CommonWritten)
    | undefined;
};

/** What the ids of checks and the names of targets and models may be: part of S3 keys and mail subjects. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const nameRule = 'expected 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first';

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the entry, or everything that is wrong with it */
export function readCheck(
  id: string,
  written: unknown,
  context: { registry: CheckRegistry; timeZone: string; path: Path },
): { entry: CheckEntry; problems: [] } | { entry: undefined; problems: Problem[] } {
  const { registry, path } = context;
  const [kindName = '', ...rest] = id.split(':');
  const kind = Object.hasOwn(registry, kindName) ? registry[kindName] : undefined;
  if (!kind) return { entry: undefined, problems: [unknownKind(kindName, rest, context)] };

  const problems: Problem[] = [];
  if (rest.length > 0 && !namePattern.test(rest.join(':'))) {
    problems.push({ path, message: `the name after "${kindName}:" is not allowed; ${nameRule}` });
  }
  if (!isObject(written)) {
    problems.push({ path, message: 'expected an object', found: shown(written, path) });
    return { entry: undefined, problems };
  }
  const { values, problems: wrong } = readCommon(written, path, parseDuration(kind.defaults.every));
  const own = parseWith(kind.settings, withoutCommon(written), path);
  problems.push(...wrong, ...withCommonHints(own.problems));
  if (problems.length > 0) return { entry: undefined, problems };

  const schedule = scheduleOf(values, kind, context.timeZone);
  return {
    entry: {
      id,
      kind: kindName,
      schedule,
      timeout: values.timeout ?? defaultTimeout(kind, schedule),
      failAfter: values.failAfter ?? kind.defaults.failAfter,
      passAfter: values.passAfter ?? kind.defaults.passAfter,
      settings: own.value,
    },
    problems: [],
  };
}

function unknownKind(
  kind: string,
  name: string[],
  { registry, path }: { registry: CheckRegistry; path: Path },
): Problem {
  const kinds = Object.keys(registry);
  const near = nearest(kind, kinds);
  return {
    path,
    message: `there is no such kind of check; expected ${wordList(kinds)}, alone or with a name, such as "probe:login"`,
    nearest: near && [near, ...name].join(':'),
  };
}

function withoutCommon(written: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(written).filter(([key]) => !Object.hasOwn(common, key)));
}

/** A slip in a common setting is met by the kind's schema, which does not know those. */
function withCommonHints(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => {
    if (problem.nearest !== undefined || !problem.message.startsWith('there is no such setting')) return problem;
    return { ...problem, nearest: nearest(String(problem.path.at(-1)), Object.keys(common)) };
  });
}

/** Field by field, so that what is wrong between two of them is told beside what is wrong in a third. */
function readCommon(
  written: Record<string, unknown>,
  path: Path,
  ownCadence: Milliseconds,
): { values: Common; problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, schema] of Object.entries(common)) {
    const read = parseWith<unknown>(schema, written[name], [...path, name]);
    values[name] = read.value;
    problems.push(...read.problems);
  }
  const { every, cron, timeZone, timeout } = values as Common;
  const is = (name: string): boolean => written[name] !== undefined;
  if (is('every') && is('cron')) {
    problems.push({ path: [...path, 'cron'], message: 'expected either "every" or "cron", not both' });
  }
  if (timeZone !== undefined && cron === undefined && !is('cron')) {
    problems.push({ path: [...path, 'timeZone'], message: 'has no meaning without "cron"' });
  }
  const cadence = is('every') || is('cron') ? every : ownCadence;
  if (timeout !== undefined && cadence !== undefined && timeout >= cadence) {
    problems.push({
      path: [...path, 'timeout'],
      message: `expected less than the ${formatDuration(cadence)} between two runs`,
      found: shown(written.timeout, path),
    });
  }
  return { values: values as Common, problems };
}

function scheduleOf({ every, cron, timeZone }: Common, kind: CheckKind, ownTimeZone: string): Schedule {
  if (cron !== undefined) return { cron, timeZone: timeZone ?? ownTimeZone };
  return { every: every ?? parseDuration(kind.defaults.every) };
}

function defaultTimeout(kind: CheckKind, schedule: Schedule): Milliseconds {
  const timeout = parseDuration(kind.defaults.timeout);
  if (!('every' in schedule)) return timeout;
  return Math.min(timeout, schedule.every * 0.9) as Milliseconds;
}
