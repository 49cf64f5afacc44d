// The rules of the gate, in the order in which they are told: the only place that lists them. What each may be told in
// the settings stands in ../settings.ts.
import type { RuleRegistry } from '../run.ts';
import { backup } from './backup.ts';
import { changeWindow } from './change-window.ts';
import { database } from './database.ts';
import { defaultCredentials } from './default-credentials.ts';
import { environment } from './environment.ts';
import { schema } from './schema/index.ts';

export const rules: RuleRegistry = { schema, environment, database, defaultCredentials, backup, changeWindow };
