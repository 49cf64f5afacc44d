// Where facts say the names of roles: who owns, who is granted something, whom a policy binds, for whom defaults and
// settings count. The one place that knows, for finding such names and for giving roles others.
import { byCodeUnit, type JsonObject, type JsonValue } from '../json.ts';
import type { Fact } from './fact.ts';
import { quotedIfNeeded } from './keywords.ts';
import { granteeKey, roleOfGrantee } from './privileges.ts';
import { unquoted } from './repair/identifier.ts';

type Rename = (role: string) => string;

/** Every role that a fact names, its own name not counted. */
export function rolesIn(fact: Pick<Fact, 'kind' | 'id' | 'attributes'>): Set<string> {
  const found = new Set<string>();
  const note: Rename = (role) => {
    found.add(role);
    return role;
  };
  if (fact.kind !== 'role') renamedId(fact.kind, fact.id, note);
  renamedAttributes(fact.attributes, note);
  return found;
}

/** The same facts with roles by other names. A role that takes the name of another one takes its privileges too. */
export function renameRoles(facts: readonly Fact[], names: ReadonlyMap<string, string>): Fact[] {
  if (names.size === 0) return [...facts];
  const rename: Rename = (role) => names.get(role) ?? role;
  return facts.map((fact) => ({
    ...fact,
    id: renamedId(fact.kind, fact.id, rename),
    attributes: renamedAttributes(fact.attributes, rename),
  }));
}

const forRole = /(?<=\bfor role )("(?:[^"]|"")*"|[^ "]+)/;
const afterDot = /(?<=\.)("(?:[^"]|"")*"|[^."]+)$/;

function renamedId(kind: string, id: string, rename: Rename): string {
  const renamed = (name: string): string => quotedIfNeeded(rename(unquoted(name)));
  switch (kind) {
    case 'role':
      return renamed(id);
    case 'default privileges':
    case 'database setting':
      return id.replace(forRole, renamed);
    case 'user mapping':
      return id.replace(afterDot, (name) => (name === 'public' ? name : renamed(name)));
    default:
      return id;
  }
}

function renamedAttributes(attributes: JsonObject, rename: Rename): JsonObject {
  const changed: JsonObject = {};
  for (const name in attributes) {
    const value = attributes[name] ?? null;
    switch (name) {
      case 'owner':
        changed[name] = typeof value === 'string' ? rename(value) : value;
        break;
      case 'roles':
        changed[name] = Array.isArray(value) ? value.map((role) => rename(String(role))).sort(byCodeUnit) : value;
        break;
      case 'grants':
      case 'revoked':
        changed[name] = renamedKeys(value, (key) => {
          const role = roleOfGrantee(key);
          return role === undefined ? key : granteeKey(rename(role));
        });
        break;
      case 'memberOf':
        changed[name] = renamedKeys(value, rename);
        break;
      default:
        changed[name] = value;
    }
  }
  return changed;
}

function renamedKeys(value: JsonValue, rename: Rename): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const merged: JsonObject = {};
  for (const key of Object.keys(value)) {
    const renamed = rename(key);
    const words = [merged[renamed], value[key]].flatMap((list) => (typeof list === 'string' ? list.split(', ') : []));
    merged[renamed] = [...new Set(words)]
      .filter((word) => word !== '' && !words.includes(`${word}*`))
      .sort(byCodeUnit)
      .join(', ');
  }
  return merged;
}
