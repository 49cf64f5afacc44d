// The check function may read the secrets that accessOf finds, by their names in the settings. A check that called the
// place of a secret something else would be denied it in production, and only there: its settings are looked at here.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretNames } from '../../infra/access.ts';
import { checks } from '../../lambda/checks/index.ts';
import { databaseSettings } from '../../lambda/config/database.ts';
import { secretReference } from '../../lambda/config/secret-reference.ts';

/** Names of the settings, however deep, that are places of secrets. */
function namesOfSecrets(schema: unknown, name: string): string[] {
  if (schema === secretReference) return [name];
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, member]) => namesOfSecrets(member, key));
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => namesOfSecrets(option, name));
  if (schema instanceof z.ZodArray) return namesOfSecrets(schema.element, name);
  if (schema instanceof z.ZodRecord) return namesOfSecrets(schema.valueType, name);
  if (schema instanceof z.ZodPipe) return namesOfSecrets(schema.in, name);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return namesOfSecrets(schema.unwrap(), name);
  }
  return [];
}

describe('the places of secrets', () => {
  it.each([
    ['a database', databaseSettings, ['secret']],
    ['a probe', checks.probe.settings, ['credentials', 'secret']],
  ])('of %s are known', (_name, schema, expected) => {
    expect([...new Set(namesOfSecrets(schema, ''))].sort()).toEqual(expected);
  });

  it.each(Object.entries(checks))('of %s are names that the role is made from', (_kind, { settings }) => {
    for (const name of namesOfSecrets(settings, '')) expect(secretNames).toContain(name);
  });
});
