// The schema check: does production still have the schema that the application's migrations build?
import type * as z from 'zod';
import type { Check } from '../../monitor/check.ts';
import { collect } from './collect.ts';
import type { SchemaEvidence } from './evidence.ts';
import { judge } from './judge.ts';
import { rememberedRead } from './last-read.ts';
import { type SchemaSettings, schemaSettings } from './settings.ts';

export const schema: Check<SchemaSettings, SchemaEvidence, z.input<typeof schemaSettings>> = {
  settings: schemaSettings,
  needsDatabase: (settings) => settings.capture === undefined,
  defaults: { every: '15m', timeout: '2m', failAfter: 1, passAfter: 1 },
  collect,
  judge,
  remember(evidence) {
    if (evidence.state === 'credentials refused') return evidence.refusal;
    return evidence.state === 'compared' ? rememberedRead(evidence) : undefined;
  },
  versionFrom: (settings) => settings.version,
};
