// What of the account the settings make the check function read, found by name, so that a new check needs nothing here:
// wherever in a target's settings a text is called `secret` or `credentials`, it is the place of a secret; an object
// with a `bucket` and a `key` names stored objects; `iam: true` is a database user that signs in with a token; a `url` is
// called over HTTP. Pure.
import { type Path, pathText } from '../lambda/config/problem.ts';
import type { MonitorSettings } from '../lambda/config/settings.ts';
import { byCodeUnit } from '../lambda/json.ts';

/** How settings call the place of a secret. */
export const secretNames = ['secret', 'credentials'] as const;

export interface StoredObjects {
  bucket: string;
  /** What all their keys begin with; empty when they have nothing in common. */
  prefix: string;
}

export interface DatabaseUser {
  user: string;
  /** Undefined for the function's own region. */
  region: string | undefined;
}

/** Sorted, each once. */
export interface Access {
  /** Names and ARNs of Secrets Manager secrets. */
  secrets: string[];
  /** Where the settings name an environment variable as the place of a secret. */
  environmentSecrets: string[];
  objects: StoredObjects[];
  databaseUsers: DatabaseUser[];
  /** `pap-api probe:login https://api.example.com`: who calls which server over HTTP. */
  calls: string[];
}

export function accessOf(settings: MonitorSettings): Access {
  const found: Access = { secrets: [], environmentSecrets: [], objects: [], databaseUsers: [], calls: [] };
  for (const { name, database, checks } of settings.targets) {
    collect(database, ['targets', name, 'database'], found);
    for (const { id, settings } of checks) {
      collect(settings, ['targets', name, 'checks', id], found);
      found.calls.push(...originsIn(settings).map((origin) => `${name} ${id} ${origin}`));
    }
  }
  return {
    secrets: unique(found.secrets),
    environmentSecrets: unique(found.environmentSecrets),
    objects: unique(found.objects),
    databaseUsers: unique(found.databaseUsers),
    calls: unique(found.calls),
  };
}

/** @throws Error for secrets in environment variables: a deployed function has no such variable, and must not */
export function refuseEnvironmentSecrets({ environmentSecrets }: Access): void {
  if (environmentSecrets.length === 0) return;
  throw new Error(
    [
      'a deployed function reads secrets from Secrets Manager only, and these are environment variables:',
      ...environmentSecrets.map((path) => `- ${path}`),
      'Name a secret there; "env:NAME" is for runs from the command line.',
    ].join('\n'),
  );
}

function collect(value: unknown, path: Path, found: Access): void {
  if (value === null || typeof value !== 'object') return;
  const members = value as Record<string, unknown>;
  for (const name of secretNames) {
    const reference = members[name];
    if (typeof reference !== 'string') continue;
    if (reference.startsWith('env:')) found.environmentSecrets.push(pathText([...path, name]));
    else found.secrets.push(reference);
  }
  const { bucket, key, iam, user, region } = members;
  if (typeof bucket === 'string') found.objects.push({ bucket, prefix: literalStart(textOr(key, '')) });
  if (iam === true && typeof user === 'string') found.databaseUsers.push({ user, region: textOr(region, undefined) });
  for (const [key, member] of Object.entries(members)) {
    collect(member, [...path, Array.isArray(value) ? Number(key) : key], found);
  }
}

function originsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'url' && typeof member === 'string' && URL.canParse(member) ? new URL(member).origin : originsIn(member),
  );
}

/** What stands before the first placeholder or wildcard of a pattern of keys. */
function literalStart(pattern: string): string {
  return pattern.split(/[{*?]/, 1)[0] ?? '';
}

function textOr<Fallback>(value: unknown, fallback: Fallback): string | Fallback {
  return typeof value === 'string' ? value : fallback;
}

function unique<Value>(values: readonly Value[]): Value[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([left], [right]) => byCodeUnit(left, right)).map(([, value]) => value);
}
