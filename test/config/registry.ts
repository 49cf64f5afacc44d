// A registry of checks for tests of the settings file: the kinds' settings as such checks have them, and nothing else.
import { z } from 'zod';
import type { CheckRegistry } from '../../lambda/config/check-settings.ts';
import { duration, parseDuration } from '../../lambda/config/duration.ts';
import { secretReference } from '../../lambda/config/secret-reference.ts';

const defaults = { every: '15m', timeout: '2m', failAfter: 1, passAfter: 1 };

const schema = z.strictObject({
  model: z.string().min(1),
  version: z.string().optional(),
  maxModelAge: duration.default(parseDuration('90d')),
});
const backup = z.strictObject({
  bucket: z.string().min(3),
  key: z.string().min(1),
  maxAge: duration.default(parseDuration('26h')),
});
const probe = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
  credentials: z.strictObject({ secret: secretReference }).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  expect: z
    .strictObject({
      status: z.union([z.int(), z.array(z.int()).min(1)]).optional(),
      json: z.array(z.string()).optional(),
    })
    .prefault({}),
  version: z.string().optional(),
});

export const registry = {
  schema: {
    settings: schema,
    needsDatabase: () => true,
    defaults,
    versionFrom: (settings: unknown) => (settings as z.output<typeof schema>).version,
  },
  backup: { settings: backup, needsDatabase: () => false, defaults: { ...defaults, every: '1h' } },
  probe: {
    settings: probe,
    needsDatabase: () => false,
    defaults: { every: '5m', timeout: '30s', failAfter: 2, passAfter: 2 },
    secretsGoTo: (settings: unknown) => {
      const { credentials, url } = settings as z.output<typeof probe>;
      return credentials ? [{ path: ['url'], url }] : [];
    },
    capturesVersion: (settings: unknown) => (settings as z.output<typeof probe>).version !== undefined,
  },
  database: {
    settings: z.strictObject({}),
    needsDatabase: () => false,
    defaults: { every: '5m', timeout: '30s', failAfter: 2, passAfter: 1 },
  },
} as const satisfies CheckRegistry;
