// The kinds of checks there are: the only place that lists them. A new one is a folder here and a line below.
import { backup } from './backup/index.ts';
import { database } from './database/index.ts';
import { probe } from './probe/index.ts';
import { schema } from './schema/index.ts';

export const checks = { schema, backup, probe, database } as const;
