// What the settings of a database check may say: nothing beyond what every check has. The target's `database` says
// where it is.
import { z } from 'zod';

export const databaseCheckSettings = z.strictObject({});

export type DatabaseCheckSettings = z.output<typeof databaseCheckSettings>;
