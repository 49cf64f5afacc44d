// Schemas of production that one schema of the model stands for: one for each tenant.
import * as z from 'zod';
import type { TenantRule } from '../../postgres/tenants.ts';

const glob = z.string().min(1).max(200);

const tenant = z.strictObject({
  /** Glob over the names of production's schemas: `tenant_*`. */
  schemas: glob,
  /** The schema of the model that each of them is held to. */
  as: z.string().min(1).max(63),
  /** Globs of those that are not tenants'. @default none */
  except: z.array(glob).optional(),
});

/** Of several that match a schema the first one counts. @default every schema stands for itself */
export const tenantSettings = z.array(tenant).max(50).default([]);

/** Production's schemas by the engine's words. */
export function tenantRules(settings: z.output<typeof tenantSettings>): TenantRule[] {
  return settings.map(({ schemas, as, except }) => ({ schemas, model: as, ...(except && { except }) }));
}
