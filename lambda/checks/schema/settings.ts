// What the settings of a schema check may say: which model, which snapshot of it counts, how old it may be.
// Which schemas are compared is said when the snapshot is taken, so that both sides are read the same way.
import * as z from 'zod';
import { duration, parseDuration } from '../../config/duration.ts';
import { acceptedScopes } from '../../monitor/memory/accepted.ts';
import { modelPattern } from '../../monitor/memory/versions.ts';
import { captureSettings } from './capture-settings.ts';
import { countingSettings } from './counting-settings.ts';
import { tenantSettings } from './tenant-settings.ts';

export const schemaSettings = z.strictObject({
  /** The model whose snapshots count; targets that run the same application share one. */
  model: z.string().regex(modelPattern, 'expected letters, digits, dots, dashes, underscores'),
  /**
   * The probe that captures the running application's version: production is then compared with that version's
   * snapshot, and a version nobody published is a finding.
   * @default the newest published snapshot counts
   */
  version: z
    .string()
    .regex(/^probe(:.+)?$/, 'expected the id of a probe, such as "probe:health"')
    .optional(),
  /** A newest snapshot older than this is a finding, since a model nobody publishes checks nothing. @default 90d */
  maxModelAge: duration.default(parseDuration('90d')),
  /** For this long after a snapshot was published, production may still, or already, equal its neighbour. @default 30m */
  grace: duration.default(parseDuration('30m')),
  /**
   * Judges what `driftwatch capture` wrote beside a database that cannot be reached, instead of connecting to it.
   * @default the target's database is read
   */
  capture: captureSettings.optional(),
  /**
   * A catalog that has not changed since it was read is not read again, except after this long, and whenever somebody
   * asks. @default 6h
   */
  fullReadEvery: duration.default(parseDuration('6h')),
  /**
   * Names of roles where the model was made, and what they are called in production: `{ app_owner: 'prod_owner' }`.
   * Policies name roles, and so do owners and grants that were accepted elsewhere. @default the same names
   */
  roles: z.record(z.string().min(1), z.string().min(1)).default({}),
  /**
   * What else production is held to, beside the structure that the model gives: who owns what, who may do what, and so
   * on, as last accepted by `driftwatch accept`. @default all of it
   */
  scope: z.array(z.enum(acceptedScopes)).default(acceptedScopes),
  /** Many schemas of production held to one of the model. @default every schema stands for itself */
  tenants: tenantSettings,
  ...countingSettings,
});

export type SchemaSettings = z.output<typeof schemaSettings>;
