// What the settings of a backup check may say: where backups are, how their keys are formed, how old and how small the
// newest may be.
import * as z from 'zod';
import { bucketName } from '../../config/bucket-name.ts';
import { duration, parseDuration } from '../../config/duration.ts';
import { size } from '../../config/size.ts';
import { timeZone } from '../../config/time-zone.ts';
import { patternProblem } from './key-pattern.ts';

const pattern = z.string().superRefine((text, context) => {
  const message = patternProblem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message, input: text });
});

export const backupSettings = z.strictObject({
  bucket: bucketName,
  /**
   * The whole key of a backup: text, the placeholders `{YYYY}{MM}{DD}{HH}{mm}{ss}`, and `*` and `?`, which do not match
   * a slash. `db/backup_prod_{YYYY}{MM}{DD}.sql`; with `files`, what their keys begin with: `base/{YYYY}-{MM}-{DD}/`.
   */
  key: pattern,
  /** The files that make one backup, as what follows `key`; it is complete when each is there. @default the key is all */
  files: z
    .array(pattern.refine((text) => !/[{}]/.test(text), { error: 'expected no date here: dates belong to "key"' }))
    .min(1)
    .max(50)
    .optional(),
  /**
   * Time zone of the dates in the key. A date names a whole period: `{YYYY}{MM}{DD}` a day, from midnight to midnight
   * there. @default 'UTC'
   */
  keyTimeZone: timeZone.default('UTC'),
  /**
   * The newest backup may be this old. Its age counts from when it was written (LastModified), or from the end of the
   * period that its key names if that is earlier: a copy made today of last week's backup is a week old.
   * @default 26h
   */
  maxAge: duration
    .refine((ms) => ms <= parseDuration('400d'), { error: 'expected at most "400d"' })
    .default(parseDuration('26h')),
  /** Smallest size of a backup, all files together. @default any but 0 bytes */
  minSize: size.optional(),
  /** With `files`: how long the upload of one backup may take before a missing file is a finding. @default 2h */
  completeWithin: duration.default(parseDuration('2h')),
});

export type BackupSettings = z.output<typeof backupSettings>;
