// One thing that is wrong with a settings file: where, what stands there, what may stand there. Owns how problems are
// told to people, and what of a value may be shown: enough to find it, and nothing that may be secret.
import { closest, distance } from 'fastest-levenshtein';
import { byCodeUnit } from '../json.ts';

export type Path = readonly PropertyKey[];

export interface Problem {
  path: Path;
  /** What is wrong and what is allowed, as the rest of a sentence about what stands there: "expected a number". */
  message: string;
  /** What stands there, already made presentable by `shown`; absent when nothing does or it does not matter. */
  found?: string | undefined;
  /** The allowed word that was probably meant. */
  nearest?: string | undefined;
}

/** `targets.pap-api.checks.probe:login.headers[0]`; `the settings` for the whole. */
export function pathText(path: Path): string {
  const text = path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w:-]+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`;
    })
    .join('');
  return text.replace(/^\./, '') || 'the settings';
}

/** All problems as one text, in the order of their paths. */
export function describeProblems(problems: readonly Problem[], source: string): string {
  const lines = problems
    .map(({ path, message, found, nearest }) => {
      const what = found === undefined ? message : `found ${found}; ${message}`;
      return `  ${pathText(path)}\n    ${what}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
    })
    .sort(byCodeUnit);
  return `${source} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`;
}

/** The one of `words` that a slip of the fingers turns into `word`; `undefined` when none is that close. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const candidate = closest(word.toLowerCase(), [...words].sort(byCodeUnit));
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= Math.max(1, Math.round(word.length * 0.4))
    ? candidate
    : undefined;
}

const secretKey = /pass|pwd|secret|token|credential|auth|cookie|api.?key/i;

/** A value as it may stand in a message: short, and without what may be secret. */
export function shown(value: unknown, path: Path): string {
  if (typeof value === 'string') {
    if (path.some((step) => secretKey.test(String(step)))) return `a text of ${value.length} characters (not shown)`;
    const text = value.replace(/(:\/\/)[^/?#\s]*@/g, '$1***@').replace(/(:\/\/[^\s?]*)\?\S*/g, '$1?***');
    return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (['function', 'bigint', 'symbol'].includes(typeof value)) return `a ${typeof value}`;
  return String(value);
}
