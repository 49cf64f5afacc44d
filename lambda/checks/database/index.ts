// The database check: can the target's database be reached? What depends on it is held back while it cannot.
import type * as z from 'zod';
import type { Check } from '../../monitor/check.ts';
import { collect, type DatabaseEvidence } from './collect.ts';
import { judge } from './judge.ts';
import { type DatabaseCheckSettings, databaseCheckSettings } from './settings.ts';

export const database: Check<DatabaseCheckSettings, DatabaseEvidence, z.input<typeof databaseCheckSettings>> = {
  settings: databaseCheckSettings,
  needsDatabase: () => false,
  defaults: { every: '5m', timeout: '20s', failAfter: 2, passAfter: 1 },
  collect,
  judge,
  remember: (evidence) => (evidence.answered ? undefined : (evidence.refusal ?? undefined)),
  unreachable: (evidence) =>
    !evidence.answered &&
    evidence.stage === 'database' &&
    (evidence.reason === 'unreachable' || evidence.reason === 'timeout'),
};
