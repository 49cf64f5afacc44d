// A role is a fact because something here names it, so it comes and goes with a grant, an owner, a setting. That is told
// there: a role without powers of its own is no difference beside it.
import type { JsonObject, JsonValue } from '../json.ts';
import { also } from './diff/cause.ts';
import type { DriftEntry } from './drift.ts';
import { factKey } from './fact.ts';
import { unquoted } from './repair/identifier.ts';
import { rolesIn } from './role-names.ts';

export function withoutNamedRoles(drift: readonly DriftEntry[]): DriftEntry[] {
  const taken = new Map<DriftEntry, DriftEntry[]>();
  const left = drift.filter((entry) => {
    if (!isPlainRole(entry)) return true;
    const naming = drift.filter((other) => other !== entry && names(other, entry));
    const [first, ...others] = naming;
    // Everything that names it is gone: then it was dropped, and that is the cause.
    if (!first || (entry.verb === 'missing' && others.length > 0)) return true;
    taken.set(first, [...(taken.get(first) ?? []), entry]);
    return false;
  });
  return left.map((entry) => {
    const roles = (taken.get(entry) ?? []).map(({ kind, subject }) => factKey({ kind, id: subject }));
    return roles.length === 0 ? entry : { ...entry, ...also([...(entry.swallowed ?? []), ...roles]) };
  });
}

const powers = [
  'superuser',
  'createRole',
  'createDatabase',
  'replication',
  'bypassRowSecurity',
  'memberOf',
  'parameters',
];

function isPlainRole({ kind, verb, expected, actual }: DriftEntry): boolean {
  if (kind !== 'role' || verb === 'changed') return false;
  const attributes = (verb === 'missing' ? expected : actual) as JsonObject;
  return powers.every((name) => !attributes[name]);
}

/** On the side that has the role, the entry says its name. */
function names(entry: DriftEntry, { subject, verb }: DriftEntry): boolean {
  const attributes = verb === 'missing' ? entry.expected : entry.actual;
  const said =
    entry.attribute === undefined
      ? rolesIn({ kind: entry.kind, id: entry.subject, attributes: isObject(attributes) ? attributes : {} })
      : rolesIn({ kind: entry.kind, id: entry.subject, attributes: { [entry.attribute]: attributes } });
  return said.has(unquoted(subject));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
