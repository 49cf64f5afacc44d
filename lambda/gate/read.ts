// A target's `gate` as it was written, read into settings: each rule on its own, and what it names must be there. All
// that is wrong is told, each at its path.
import type { Path, Problem } from '../config/problem.ts';
import { nearest, shown } from '../config/problem.ts';
import type { CheckEntry } from '../config/settings.ts';
import { parseWith, wordList } from '../config/zod-problems.ts';
import { type GateSettings, type RuleName, ruleSettings } from './settings.ts';
import { hasLogin } from './sign-in.ts';

export interface TargetAround {
  path: Path;
  /** Of the whole settings. */
  timeZone: string;
  /** Ids as written: also of checks that could not be read. */
  checkIds: readonly string[];
  /** Those that could be read. */
  entries: readonly CheckEntry[];
  hasDatabase: boolean;
}

export interface ReadGate {
  value: GateSettings | undefined;
  problems: Problem[];
}

export function readGate(written: unknown, target: TargetAround): ReadGate {
  const { path, timeZone } = target;
  if (written === undefined) return { value: undefined, problems: [] };
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    const message = 'expected an object: the rules by name';
    return { value: undefined, problems: [{ path, message, found: shown(written, path) }] };
  }
  const gate: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, rule] of Object.entries(written)) {
    const at = [...path, name];
    if (!Object.hasOwn(ruleSettings, name)) {
      problems.push(noSuchRule(name, at));
    } else if (rule === false) {
      gate[name] = false;
    } else if (rule !== undefined) {
      const read = readRule(name as RuleName, rule, at);
      problems.push(...read.problems);
      if (read.value !== undefined) gate[name] = read.value;
    }
  }
  const value = gate as GateSettings;
  if (value.changeWindow)
    value.changeWindow = { ...value.changeWindow, timeZone: value.changeWindow.timeZone ?? timeZone };
  return { value, problems: [...problems, ...missingParts(value, target)] };
}

function readRule(name: RuleName, written: unknown, path: Path): { value: unknown; problems: Problem[] } {
  if (typeof written !== 'object' || written === null) {
    const message = 'expected an object with the settings of the rule, or false to switch it off';
    return { value: undefined, problems: [{ path, message, found: shown(written, path) }] };
  }
  return parseWith<unknown>(ruleSettings[name], written, path);
}

function noSuchRule(name: string, path: Path): Problem {
  const names = Object.keys(ruleSettings);
  return { path, message: `there is no such rule; expected ${wordList(names)}`, nearest: nearest(name, names) };
}

/** What a rule is told to look at has to be there. */
function missingParts(gate: GateSettings, target: TargetAround): Problem[] {
  const { schema, database, defaultCredentials, backup } = gate;
  const at = (...steps: PropertyKey[]) => [...target.path, ...steps];
  return [
    ...(schema ? oneOf('schema', schema.check, at('schema'), 'check', target) : []),
    ...(database && !target.hasDatabase
      ? [{ path: at('database'), message: 'the target has no database; expected one beside "gate"' }]
      : []),
    ...(defaultCredentials
      ? oneOf('probe', defaultCredentials.probe, at('defaultCredentials'), 'probe', target, hasLogin)
      : []),
    ...(backup ? someOf(backup.checks, at('backup'), target) : []),
  ];
}

/** The check that a rule names, or the only one that it can mean. */
function oneOf(
  kind: string,
  named: string | undefined,
  path: Path,
  member: string,
  target: TargetAround,
  fits: (entry: CheckEntry) => boolean = () => true,
): Problem[] {
  const ids = idsOf(kind, target, fits);
  const what = kind === 'probe' ? 'probe with a login' : `${kind} check`;
  if (named !== undefined) {
    if (ids.includes(named)) return [];
    const message = `the target has no such ${what}`;
    return [{ path: [...path, member], message, found: shown(named, path), nearest: nearest(named, ids) }];
  }
  if (ids.length === 1) return [];
  return ids.length === 0
    ? [{ path, message: `the target has no ${what}; expected one among its checks` }]
    : [{ path: [...path, member], message: `it is missing, and the target has several; expected ${wordList(ids)}` }];
}

function someOf(named: readonly string[] | undefined, path: Path, target: TargetAround): Problem[] {
  const ids = idsOf('backup', target);
  if (named === undefined) {
    return ids.length > 0 ? [] : [{ path, message: 'the target has no backup check; expected one among its checks' }];
  }
  return named.flatMap((id, index) =>
    ids.includes(id)
      ? []
      : [
          {
            path: [...path, 'checks', index],
            message: 'the target has no such backup check',
            found: shown(id, path),
            nearest: nearest(id, ids),
          },
        ],
  );
}

/** Of one that could not be read, nobody knows whether it fits: it has problems of its own. */
function idsOf(
  kind: string,
  { checkIds, entries }: TargetAround,
  fits: (entry: CheckEntry) => boolean = () => true,
): string[] {
  return checkIds.filter((id) => {
    const entry = entries.find((each) => each.id === id);
    return id.split(':', 1)[0] === kind && (entry === undefined || fits(entry));
  });
}
