// Snapshots as small as a test needs them.
import type { JsonObject } from '../../lambda/json.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { makeSnapshot, type Snapshot } from '../../lambda/postgres/snapshot.ts';

export const takenAt = '2026-11-01T06:00:00.000Z';

export function fact(kind: string, id: string, attributes: JsonObject = {}, parent?: string): Fact {
  return { kind, id, attributes, ...(parent !== undefined && { parent }) };
}

export function snapshotOf(
  facts: Fact[],
  more: Partial<Pick<Snapshot, 'takenAt' | 'applicationVersion'>> = {},
): Snapshot {
  return makeSnapshot({
    scope: ['structure'],
    facts,
    serverVersion: 180_004,
    options: {},
    source: 'database',
    takenAt,
    takenBy: '0.1.0',
    ...more,
  });
}
