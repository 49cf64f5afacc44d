// Command-line options that several commands have, and how their values are read.
import { InvalidArgumentError } from 'commander';
import type { ReadOptions } from '../lambda/postgres/snapshot.ts';

export interface SchemaFlags {
  schema?: string[];
  excludeSchema?: string[];
}

/** For an option that may be repeated. */
export function collectValues(value: string, previous: string[] = []): string[] {
  return [...previous, value];
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
