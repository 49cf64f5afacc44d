// What the schema rule collects: plain data, without a verdict.
import type { NotVerified } from '../../../postgres/drift.ts';
import type { Apart, Change } from './changes.ts';

export type SchemaGateEvidence =
  | { state: 'not read'; message: string; remedy: string }
  | {
      state: 'compared';
      model: { name: string; version: string | null; source: string };
      /** The version that runs; null when nothing is known of it, and then everything is a change. */
      base: { version: string; chosenBy: 'running' | 'published' } | null;
      /** The version that runs, when nobody published its model. */
      unpublished: string | null;
      /** Set for a capture: when it was taken at the latest, ISO 8601, and where it is. */
      capture: { address: string; takenBy: string } | null;
      equal: number;
      changes: Change[];
      existing: Apart['existing'];
      done: number;
      notVerified: NotVerified[];
      warnings: string[];
    };
