// Command-line options that several commands have, and how their values are read.
import { InvalidArgumentError, Option } from 'commander';
import { formatDuration, parseDuration } from '../lambda/config/duration.ts';
import type { ReadOptions } from '../lambda/postgres/snapshot.ts';
import type { TenantRule } from '../lambda/postgres/tenants.ts';

export interface SchemaFlags {
  schema?: string[];
  excludeSchema?: string[];
}

/** For an option that may be repeated. */
export function collectValues(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** `model_role=production_role`, with all that were given before. */
export function collectRoles(value: string, previous: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const [model = '', production = '', ...others] = value.split('=');
  if (model === '' || production === '' || others.length > 0) {
    throw new InvalidArgumentError('Expected <role of the model>=<role of production>.');
  }
  if (previous.has(model)) throw new InvalidArgumentError(`The role ${model} of the model is mapped twice.`);
  return new Map(previous).set(model, production);
}

/** `tenant_*=tenant`: production's schemas, and the one of the model that they are held to. May be repeated. */
export function collectTenants(value: string, previous: TenantRule[] = []): TenantRule[] {
  const at = value.lastIndexOf('=');
  const [schemas, model] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 1 || model === '') throw new InvalidArgumentError("Write 'tenant_*=tenant'.");
  return [...previous, { schemas, model }];
}

export function readOptions(flags: SchemaFlags): ReadOptions {
  return {
    ...(flags.schema && { includeSchemas: flags.schema }),
    ...(flags.excludeSchema && { excludeSchemas: flags.excludeSchema }),
  };
}

export type Format = 'text' | 'json';

export function parseFormat(value: string): Format {
  if (value === 'text' || value === 'json') return value;
  throw new InvalidArgumentError('Allowed: text, json.');
}

/** `30m`, `2h`, `7d`, in milliseconds. */
export function parseDurationFlag(value: string): number {
  try {
    return parseDuration(value);
  } catch {
    throw new InvalidArgumentError('Expected a duration such as 30m, 2h or 7d.');
  }
}

/** @param ms the default, which help shows as it is said elsewhere */
export function durationOption(flags: string, description: string, ms: number): Option {
  return new Option(flags, description).argParser(parseDurationFlag).default(ms, formatDuration(ms));
}
