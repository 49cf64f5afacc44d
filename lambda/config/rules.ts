// What must hold between the parts of a target: what a check needs is there, and what it refers to exists.
import type { CheckRegistry } from './check-settings.ts';
import { nearest, type Path, type Problem, shown } from './problem.ts';
import type { CheckEntry } from './settings.ts';

export interface TargetParts {
  path: Path;
  /** As written: also those that could not be read. */
  checks: Readonly<Record<string, unknown>>;
  hasDatabase: boolean;
  /** Those that could be read. */
  entries: readonly CheckEntry[];
  registry: CheckRegistry;
}

export function targetRules(target: TargetParts): Problem[] {
  return [
    ...nothingToCheck(target),
    ...missingDatabase(target),
    ...versionReferences(target),
    ...secretsInPlainText(target),
  ];
}

function nothingToCheck({ path, checks, hasDatabase }: TargetParts): Problem[] {
  if (hasDatabase || Object.keys(checks).length > 0) return [];
  return [
    { path: [...path, 'checks'], message: 'there is nothing to check; expected a check, or a database beside it' },
  ];
}

function missingDatabase({ path, checks, hasDatabase, registry, entries }: TargetParts): Problem[] {
  if (hasDatabase) return [];
  const ids = Object.keys(checks).filter((id) => {
    if (id.split(':', 1)[0] === 'database') return true;
    // Of one that could not be read, nobody knows.
    const entry = entries.find((each) => each.id === id);
    return entry !== undefined && registry[entry.kind]?.needsDatabase(entry.settings);
  });
  if (ids.length === 0) return [];
  return [
    {
      path: [...path, 'database'],
      message: `it is missing, and these checks cannot do without: ${ids.join(', ')}; expected { secret: "..." } or an IAM sign-in`,
    },
  ];
}

/** A `version` names a check of the same target that captures one. */
function versionReferences({ path, checks, entries, registry }: TargetParts): Problem[] {
  return entries.flatMap((entry) => {
    const reference = registry[entry.kind]?.versionFrom?.(entry.settings);
    if (reference === undefined) return [];
    const at = [...path, 'checks', entry.id, 'version'];
    const found = shown(reference, at);
    if (!Object.hasOwn(checks, reference)) {
      const ids = Object.keys(checks).filter((id) => id !== entry.id);
      const message = 'the target has no such check; expected the id of a probe that captures the version';
      return [{ path: at, message, found, nearest: nearest(reference, ids) }];
    }
    const named = entries.find(({ id }) => id === reference);
    // One that could not be read has problems of its own.
    if (!named || registry[named.kind]?.capturesVersion?.(named.settings)) return [];
    return [{ path: at, message: 'that check captures no version; expected the id of a probe that does', found }];
  });
}

function secretsInPlainText({ path, entries, registry }: TargetParts): Problem[] {
  return entries.flatMap((entry) => {
    const places = registry[entry.kind]?.secretsGoTo?.(entry.settings) ?? [];
    return places
      .filter(({ url }) => !keepsSecrets(new URL(url)))
      .map((place) => {
        const at = [...path, 'checks', entry.id, ...place.path];
        return { path: at, message: 'expected https: a secret is sent there', found: shown(place.url, at) };
      });
  });
}

// https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc4193; URL has already brought addresses
// into their normal form.
const ownNetwork =
  /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\]|10\.[\d.]+|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|\[f[cd].*\])$/;

function keepsSecrets({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || ownNetwork.test(hostname);
}
