// Finds the newest backup in a bucket with few requests: the dates that matter, newest first, until a good backup is
// met. Gathers facts only; a bucket that cannot be listed is a fact too.
import { EdgeError, type EdgeReason } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import type { StoredObject } from '../../platform/ports.ts';
import { type Backup, backupsOf, flawOf } from './backup.ts';
import { type KeyMatch, keyMatcher, parsePattern } from './key-pattern.ts';
import { planListing } from './listing-plan.ts';
import type { BackupSettings } from './settings.ts';

/** A bucket is not listed further than this many objects in one run: 20 requests. */
const listingLimit = 20_000;

export type BackupEvidence =
  | { listed: false; reason: EdgeReason; message: string; remedy: string }
  | {
      listed: true;
      /** The newest backup of all that were seen. */
      newest: Backup | null;
      /** The newest that is complete and large enough. */
      newestGood: Backup | null;
      /** Whether no object was left unlisted that could be a newer backup. */
      complete: boolean;
      /** Whether, when none is as new as allowed, the newest of the older ones is known for certain. */
      olderComplete: boolean;
      /** How many objects were listed, and one whose key does not have the form of a backup's. */
      objects: number;
      unmatched: string | null;
    };

export async function collect(context: CollectContext<BackupSettings>): Promise<BackupEvidence> {
  try {
    return await search(context);
  } catch (error) {
    if (!(error instanceof EdgeError)) throw error;
    return { listed: false, reason: error.reason, message: error.message, remedy: error.remedy };
  }
}

type Found = { object: StoredObject; match: KeyMatch };

async function search({ settings, ports, signal }: CollectContext<BackupSettings>): Promise<BackupEvidence> {
  const { bucket, keyTimeZone: timeZone, maxAge, files = [] } = settings;
  const pattern = parsePattern(settings.key);
  const matches = keyMatcher(pattern, files.map(parsePattern), timeZone);
  const plan = planListing(pattern, { now: ports.clock.now(), maxAge, timeZone });

  const found = new Map<string, Found>();
  // Listings overlap: what they see twice is one object.
  const seen = new Set<string>();
  let unmatched: string | null = null;
  /** Whether everything there was seen. */
  const list = async (prefix: string, limit: number, startAfter?: string): Promise<boolean> => {
    let left = limit;
    const options = { prefix, signal, ...(startAfter === undefined ? {} : { startAfter }) };
    for await (const object of ports.objects.list(bucket, options)) {
      if (left-- === 0) return false;
      seen.add(object.key);
      const match = matches(object.key);
      if (match) found.set(object.key, { object, match });
      else unmatched ??= object.key;
    }
    return true;
  };
  const backups = (): Backup[] => backupsOf([...found.values()], files);
  const good = (): Backup | undefined => backups().find((backup) => flawOf(backup, settings.minSize) === undefined);

  let complete = true;
  for (const prefix of plan.recent) {
    complete = (await list(prefix, listingLimit - seen.size)) && complete;
    if (!complete || good()) break;
  }
  let olderComplete = complete;
  const everything = plan.recent.includes(plan.stem);
  if (complete && !everything && !good()) {
    olderComplete = await list(plan.stem, listingLimit, plan.lastYear);
    // Nothing in a year: whether there ever was a backup is told by the first of all keys.
    if (found.size === 0 && plan.lastYear !== undefined) olderComplete = await list(plan.stem, 1_000);
  }
  const [newest = null] = backups();
  return { listed: true, newest, newestGood: good() ?? null, complete, olderComplete, objects: seen.size, unmatched };
}
