// Which targets and checks somebody means who names them: by name, by id or by kind, and nothing else. A name that is
// not in the settings is refused with the one that was probably meant.
import { nearest } from '../config/problem.ts';
import type { MonitorSettings, TargetSettings } from '../config/settings.ts';
import { EdgeError } from '../errors.ts';
import { printable } from './printable.ts';
import { withoutLikelySecrets } from './redact.ts';

export interface Selection {
  target: TargetSettings;
  /** Ids, in the order of the settings. */
  checks: string[];
}

export interface Named {
  /** @default every target */
  targets?: readonly string[] | undefined;
  /** Ids (`probe:login`) or kinds (`probe`). @default every check */
  checks?: readonly string[] | undefined;
}

/**
 * The targets that were named and have at least one of the checks that were named.
 * @throws EdgeError `missing` naming what is not there, and what may have been meant
 */
export function select(settings: Pick<MonitorSettings, 'targets'>, { targets, checks }: Named): Selection[] {
  const known = settings.targets.map(({ name }) => name);
  for (const name of targets ?? []) if (!known.includes(name)) throw notThere('target', name, known);
  const chosen = settings.targets.filter(({ name }) => !targets || targets.includes(name));
  const names = [...new Set(chosen.flatMap((target) => target.checks.flatMap(({ id, kind }) => [id, kind])))].sort();
  for (const name of checks ?? []) if (!names.includes(name)) throw notThere('check', name, names);
  return chosen.flatMap((target) => {
    const wanted = target.checks.filter(({ id, kind }) => !checks || checks.includes(id) || checks.includes(kind));
    return wanted.length > 0 ? [{ target, checks: wanted.map(({ id }) => id) }] : [];
  });
}

function notThere(what: string, name: string, known: readonly string[]): EdgeError {
  const meant = nearest(name, known);
  const shown = JSON.stringify(printable(withoutLikelySecrets(name).slice(0, 80)));
  const hint = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
  return new EdgeError('missing', `the settings have no ${what} ${shown}${hint}`, {
    remedy: `There ${known.length === 1 ? 'is' : 'are'}: ${known.slice(0, 40).join(', ')}${known.length > 40 ? ', and more' : ''}.`,
  });
}
