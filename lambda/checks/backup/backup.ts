// A backup as the objects in a bucket show it: which objects make it, when it can have been taken, what is wrong with
// it. Pure; evidence and verdict both rest on it.
import { byCodeUnit } from '../../json.ts';
import type { StoredObject } from '../../platform/ports.ts';
import type { KeyMatch } from './key-pattern.ts';

export type BackupFile = { key: string; sizeBytes: number; lastModified: string };

export type Backup = {
  /** Its key; with several files, what their keys begin with. */
  name: string;
  /**
   * The latest moment at which it can have been taken, ISO 8601: the end of the period that its key names, or when it
   * was written if that is earlier. A key that names today is thus neither older nor fresher than it was written, a
   * copied object no fresher than its key says, and a date in the future changes nothing. Of several files the one
   * with the oldest moment counts, each kind of file by its newest.
   */
  takenBy: string;
  /** When the period that its key names begins; null for keys without a date. */
  datedFrom: string | null;
  /** When its newest object was written. */
  writtenAt: string;
  sizeBytes: number;
  files: BackupFile[];
  /** Those of `files` (settings) of which there is none. */
  missing: string[];
};

export type Flaw = 'incomplete' | 'empty' | 'too-small';

/** What keeps a backup from being a good one, worst first; `undefined` for a good one. */
export function flawOf(backup: Backup, minSize: number | undefined): Flaw | undefined {
  if (backup.missing.length > 0) return 'incomplete';
  if (backup.files.some((file) => file.sizeBytes === 0)) return 'empty';
  return minSize !== undefined && backup.sizeBytes < minSize ? 'too-small' : undefined;
}

/** The backups that these objects make, the newest first. */
export function backupsOf(
  matches: readonly { object: StoredObject; match: KeyMatch }[],
  files: readonly string[],
): Backup[] {
  const backups = Map.groupBy(matches, ({ match }) => match.name);
  return [...backups]
    .map(([name, members]) => backupOf(name, members, files))
    .sort((one, other) => byCodeUnit(other.takenBy, one.takenBy) || byCodeUnit(other.name, one.name));
}

function backupOf(
  name: string,
  members: readonly { object: StoredObject; match: KeyMatch }[],
  files: readonly string[],
): Backup {
  const period = members[0]?.match.period;
  const newestOfKind = new Map<number, number>();
  for (const { object, match } of members) {
    const taken = Math.min(object.lastModified.getTime(), period?.to.getTime() ?? Number.POSITIVE_INFINITY);
    newestOfKind.set(match.file, Math.max(taken, newestOfKind.get(match.file) ?? 0));
  }
  const written = members.map(({ object }) => object.lastModified.getTime());
  return {
    name,
    takenBy: new Date(Math.min(...newestOfKind.values())).toISOString(),
    datedFrom: period === undefined ? null : period.from.toISOString(),
    writtenAt: new Date(written.reduce((one, other) => Math.max(one, other))).toISOString(),
    sizeBytes: members.reduce((sum, { object }) => sum + object.sizeBytes, 0),
    files: members
      .map(({ object }) => ({
        key: object.key,
        sizeBytes: object.sizeBytes,
        lastModified: object.lastModified.toISOString(),
      }))
      .sort((one, other) => byCodeUnit(one.key, other.key)),
    missing: files.filter((_, kind) => !newestOfKind.has(kind)),
  };
}
