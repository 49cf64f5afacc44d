// The variables that the new version is started with: those it needs are set, none has a value that does harm in
// production, none is still what somebody wrote as an example. Of values nothing is kept, not even in evidence: only names.
import { byCodeUnit } from '../../json.ts';
import { isPlaceholder, isSecretName } from '../placeholder.ts';
import { listed, type Prose, say, words } from '../prose.ts';
import { type Detail, type GateRule, switchedOff } from '../rule.ts';
import { ruleSettings, type SettingsOf } from '../settings.ts';

type Settings = SettingsOf<'environment'>;

/** Names, sorted. */
type Evidence = {
  /** The file they are from; null for the environment of the command itself. */
  file: string | null;
  looked: string[];
  missing: string[];
  empty: string[];
  forbidden: string[];
  placeholder: string[];
  /** Their value is a reference to another variable, which nobody here can follow. */
  unresolved: string[];
};

export const environment: GateRule<Settings, Evidence> = {
  plan({ gate, variables }) {
    if (gate.environment === false) return { off: switchedOff };
    if (gate.environment) return { settings: gate.environment };
    if (variables.source === 'process') return { off: words('the settings name no variables, and no file was given') };
    return { settings: ruleSettings.environment.parse({}) };
  },

  async collect({ settings, input }) {
    const { source } = input.variables;
    const variables = await input.variables.read();
    const { required, forbidden, placeholders } = settings;
    // The pipeline's own variables are none of the new version's business.
    const others = source === 'process' ? [] : Object.keys(variables).filter(isSecretName);
    const looked = sorted([...required, ...Object.keys(forbidden), ...Object.keys(placeholders), ...others]);
    const isThere = (name: string): boolean => Object.hasOwn(variables, name) && variables[name] !== undefined;
    const textOf = (name: string): string => (isThere(name) ? (variables[name] ?? '').trim() : '');
    const isSet = (name: string): boolean => textOf(name) !== '';
    const unresolved = looked.filter((name) => reference.test(textOf(name)));
    const known = looked.filter((name) => isSet(name) && !unresolved.includes(name));
    const hasOneOf = (list: Readonly<Record<string, string[]>>, name: string): boolean =>
      Object.hasOwn(list, name) && (list[name] ?? []).some((one) => same(one, textOf(name)));
    return {
      file: source === 'process' ? null : source.file,
      looked,
      missing: sorted(required).filter((name) => !isThere(name)),
      empty: sorted(required).filter((name) => isThere(name) && !isSet(name)),
      forbidden: known.filter((name) => hasOneOf(forbidden, name)),
      placeholder: known.filter(
        (name) =>
          hasOneOf(placeholders, name) || (!settings.except.includes(name) && isPlaceholder(name, textOf(name))),
      ),
      unresolved,
    };
  },

  judge(evidence) {
    const { looked, missing, empty, forbidden, placeholder, unresolved } = evidence;
    const where = evidence.file === null ? words('the environment of this command') : say`${evidence.file}`;
    const details: Detail[] = [
      ...told(missing, 'missing', (name) => say`${name} is required and not there`),
      ...told(empty, 'missing', (name) => say`${name} is required and empty`),
      ...told(forbidden, 'forbidden', (name) => say`${name} has a value that it must not have in production`),
      ...told(placeholder, 'default', (name) => say`${name} still has a value that stands for one nobody has chosen`),
      ...told(unresolved, 'unresolved', (name) => say`${name} refers to another variable, which is not followed`),
    ];
    const wrong = sorted([...missing, ...empty, ...forbidden, ...placeholder]);
    if (wrong.length > 0) {
      const summary = say`${wrong.length} of ${looked.length} variables in ${where} ${[wrong.length === 1 ? 'is' : 'are']} not as ${[wrong.length === 1 ? 'it has' : 'they have']} to be: ${listed(wrong)}`;
      return { status: 'fail', summary, details, remedy: words('Correct them where the new version gets them from.') };
    }
    if (unresolved.length > 0) {
      const summary = say`not verified: ${listed(unresolved)} in ${where} ${[unresolved.length === 1 ? 'refers' : 'refer']} to other variables`;
      return {
        status: 'unknown',
        summary,
        details,
        remedy: words('Give the file as the new version gets it, with references followed.'),
      };
    }
    const summary = say`${looked.length} variables in ${where} are as they have to be`;
    return { status: 'pass', summary, details };
  },
};

/** The whole value is one: `$NAME`, `${NAME}`, `${NAME:-other}`. */
const reference = /^\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-?+][^}]*)?\})$/;

function told(names: readonly string[], tag: string, text: (name: string) => Prose): Detail[] {
  return names.map((name) => ({ tag, text: text(name) }));
}

/** Applications read `True` as they read `true`. */
function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.toLowerCase();
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort(byCodeUnit);
}
