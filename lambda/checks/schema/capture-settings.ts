// Where the captures of an unreachable database are, and how old the newest may be.
import * as z from 'zod';
import { bucketName } from '../../config/bucket-name.ts';
import { duration, parseDuration } from '../../config/duration.ts';
import { captureRoot } from '../../monitor/memory/captures.ts';

export const captureSettings = z
  .strictObject({
    /** @default the monitor's own bucket, where they are removed after 30 days */
    bucket: bucketName.optional(),
    /**
     * What their keys begin with: the folder that `driftwatch capture --to` names. In the monitor's own bucket it is
     * below `captures/`. @default `captures/<target>/`
     */
    key: z
      .string()
      .regex(/^([^/]+\/)+$/, 'expected a folder, such as "captures/pap-api/"')
      .optional(),
    /** The newest capture may be this old. @default 26h */
    maxAge: duration.default(parseDuration('26h')),
  })
  .check((context) => {
    const { bucket, key } = context.value;
    const tell = (input: string | undefined, message: string) =>
      context.issues.push({ code: 'custom', path: ['key'], input, message });
    if (bucket !== undefined && key === undefined) tell(key, 'expected the folder in that bucket');
    if (bucket === undefined && key !== undefined && !key.startsWith(captureRoot)) {
      tell(key, `expected a folder below "${captureRoot}", or a "bucket" beside it`);
    }
  });
