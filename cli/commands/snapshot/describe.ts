// A snapshot in words and figures: what `list` and `show` print.
import { byCodeUnit } from '../../../lambda/json.ts';
import type { Snapshot, SnapshotSource } from '../../../lambda/postgres/snapshot.ts';

/** 2026-11-25T10:00:00.000Z as `2026-11-25 10:00 UTC`. */
export function showTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

export const sourceText: Record<SnapshotSource, string> = {
  database: 'read from a database (--from)',
  command: 'built by a command (--run)',
  'sql-files': 'built from SQL files (--sql)',
};

/** How many objects of each kind, by kind. */
export function countsByKind({ facts }: Snapshot): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of facts) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([left], [right]) => byCodeUnit(left, right)));
}
