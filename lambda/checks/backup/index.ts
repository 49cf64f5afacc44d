// The backup check: is there a recent, whole backup in the bucket?
import type * as z from 'zod';
import type { Check } from '../../monitor/check.ts';
import { type BackupEvidence, collect } from './collect.ts';
import { judge } from './judge.ts';
import { type BackupSettings, backupSettings } from './settings.ts';

export const backup: Check<BackupSettings, BackupEvidence, z.input<typeof backupSettings>> = {
  settings: backupSettings,
  needsDatabase: () => false,
  defaults: { every: '1h', timeout: '2m', failAfter: 1, passAfter: 1 },
  collect,
  judge,
};
