// What of the account the settings make the check function read, found by name so that a new check needs nothing here:
// wherever in a target's settings a member is called `secret`, it is a secret's reference; an object with a `bucket`
// (and `prefix`) names stored objects; `iam: true` is a database user that signs in with a token. Pure.

import type { MonitorSettings } from '../lambda/config/settings.ts';
import { byCodeUnit } from '../lambda/json.ts';

export interface StoredObjects {
  bucket: string;
  /** What all their keys begin with; empty for the whole bucket. */
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
  /** Paths of the settings that name an environment variable as the place of a secret, which Lambda does not have. */
  environmentSecrets: string[];
  objects: StoredObjects[];
  databaseUsers: DatabaseUser[];
}

export function accessOf(settings: MonitorSettings): Access {
  const found: Access = { secrets: [], environmentSecrets: [], objects: [], databaseUsers: [] };
  for (const target of settings.targets) {
    collect(target.database, `${target.name}.database`, found);
    for (const check of target.checks) collect(check.settings, `${target.name}.checks["${check.id}"]`, found);
  }
  return {
    secrets: unique(found.secrets),
    environmentSecrets: unique(found.environmentSecrets),
    objects: unique(found.objects),
    databaseUsers: unique(found.databaseUsers),
  };
}

function collect(value: unknown, path: string, found: Access): void {
  if (value === null || typeof value !== 'object') return;
  const members = value as Record<string, unknown>;
  if (typeof members.secret === 'string') {
    if (members.secret.startsWith('env:')) found.environmentSecrets.push(`${path}.secret`);
    else found.secrets.push(members.secret);
  }
  if (typeof members.bucket === 'string') {
    found.objects.push({ bucket: members.bucket, prefix: typeof members.prefix === 'string' ? members.prefix : '' });
  }
  if (members.iam === true && typeof members.user === 'string') {
    found.databaseUsers.push({
      user: members.user,
      region: typeof members.region === 'string' ? members.region : undefined,
    });
  }
  for (const [key, member] of Object.entries(members)) collect(member, `${path}.${key}`, found);
}

function unique<Value>(values: readonly Value[]): Value[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([left], [right]) => byCodeUnit(left, right)).map(([, value]) => value);
}
