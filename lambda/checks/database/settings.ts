// What the settings of a database check may say. Where the database is, the target's `database` says.
import * as z from 'zod';
import { duration, parseDuration } from '../../config/duration.ts';

export const databaseCheckSettings = z.strictObject({
  /** A database that needs longer than this for a connection and one round trip counts as unreachable. @default 10s */
  answerWithin: duration.default(parseDuration('10s')),
});

export type DatabaseCheckSettings = z.output<typeof databaseCheckSettings>;
