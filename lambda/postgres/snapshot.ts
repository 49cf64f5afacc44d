// The model schema as a document: facts, where they came from, and a hash over all of it. Knows no kind of object by name.
// The text is canonical JSON; a text that decodes has not lost, gained or changed a character that matters.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { EdgeError } from '../errors.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import { driftwatchVersion } from '../version.ts';
import { type Fact, sortFacts } from './fact.ts';
import { type Scope, scopes } from './scope.ts';
import { readSealed } from './sealed-text.ts';
import { ownVocabulary, type Vocabulary } from './vocabulary.ts';

/** The only format this version writes and reads. Raised when a fact of one version means something else in another. */
export const snapshotFormat = 2;

/** How many characters are turned into bytes at once. */
const hashedAtOnce = 1_000_000;

/** What was read: a database that somebody named, or one made for it by a command or by SQL files. */
export const snapshotSources = ['database', 'command', 'sql-files'] as const;
export type SnapshotSource = (typeof snapshotSources)[number];

/** Which schemas were read: globs with `*` and `?`; the other side of a comparison is read the same way. */
export interface ReadOptions {
  /** @default every schema that is not PostgreSQL's own */
  includeSchemas?: string[];
  /** Taken out of those. @default none */
  excludeSchemas?: string[];
}

export interface Snapshot {
  formatVersion: typeof snapshotFormat;
  /** What its facts speak of. */
  scope: Scope[];
  /** Sorted by key, no key twice. */
  facts: Fact[];
  /** `server_version_num` of the server it was read from: 150018. */
  serverVersion: number;
  options: ReadOptions;
  source: SnapshotSource;
  /** What the version that took it can say at all. */
  vocabulary: Vocabulary;
  /** Version of the application whose migrations built it. */
  applicationVersion?: string;
  /** Commit of the application. */
  commit?: string;
  /** ISO 8601, UTC. */
  takenAt: string;
  /** Driftwatch's own version. */
  takenBy: string;
  /**
   * `sha256:` and hex, over the canonical text of `facts`, `options` and `scope`: equal when the same is said of the
   * same schemas, whenever and by whomever it was taken. The server is not in it; its major is part of a comparison.
   */
  factsHash: string;
  /** `sha256:` and hex, over the canonical text of everything else. */
  contentHash: string;
}

/** What is said, before it is sealed. @default vocabulary this version's */
export type SnapshotContent = Omit<Snapshot, 'formatVersion' | 'factsHash' | 'contentHash' | 'vocabulary'> & {
  vocabulary?: Vocabulary;
};

/** Sorts the facts and seals the document with its hashes. */
export function makeSnapshot(content: SnapshotContent): Snapshot {
  const facts = sortFacts(content.facts);
  const factsHash = hashOf({ facts, options: content.options, scope: content.scope });
  const vocabulary = content.vocabulary ?? ownVocabulary;
  const document = { ...content, vocabulary, facts, factsHash, formatVersion: snapshotFormat } as const;
  return { ...document, contentHash: hashOf(document) };
}

function hashOf(value: object): string {
  const hash = createHash('sha256');
  const text = canonicalJson(value as JsonObject);
  // In parts, since its bytes must not be there as a whole beside it.
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + hashedAtOnce;
    // Not between the halves of one character.
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end += 1;
    hash.update(text.slice(at, end));
  }
  return `sha256:${hash.digest('hex')}`;
}

/** One line of canonical JSON. */
export function encodeSnapshot(snapshot: Snapshot): string {
  return `${canonicalJson(snapshot as unknown as JsonObject)}\n`;
}

/**
 * @param document the stored text, in UTF-8 when it comes as bytes; those of a large one are better than a string
 * @param source where it came from, for messages: a file name or an `s3://` address
 * @throws EdgeError `invalid` for a text that is cut off, altered, of another format version or no snapshot at all
 */
export function decodeSnapshot(document: Uint8Array | string, source: string): Snapshot {
  const bytes = typeof document === 'string' ? Buffer.from(document) : asBuffer(document);
  const sealed = readSealed(bytes);
  const content = sealed ?? parse(textOf(bytes), source);
  checkFormat(content, source);
  if (!sealed) checkHash(content, source);
  const parsed = snapshotSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  // Sealed and yet not understood: what a version of another day knows, this one does not.
  const what = `The snapshot ${source}${takenByOf(content)} is not well formed`;
  throw new EdgeError('invalid', `${what}: ${issue?.path.join('.')}: ${issue?.message}`, {
    remedy: content.takenBy === driftwatchVersion ? takeAgain : takeWithThisVersion,
    cause: parsed.error,
  });
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Whether a stored text is a snapshot that an older Driftwatch wrote, and this one cannot read. */
export function isOfOlderFormat(document: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(textOf(document));
    return isObject(value) && typeof value.formatVersion === 'number' && value.formatVersion < snapshotFormat;
  } catch {
    // Cut off: of whichever format it was, it is no snapshot any more.
    return false;
  }
}

const takeAgain =
  'Take the snapshot again with `driftwatch snapshot`, or restore the stored file from its last version.';
const takeWithThisVersion =
  'Use the same version of Driftwatch where snapshots are taken and where they are read: update this one, or take the snapshot again with it.';

function parse(text: string, source: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && 'formatVersion' in value) return value;
  } catch (cause) {
    const whole = text.trimEnd().endsWith('}');
    const what = whole ? 'is not valid JSON' : `is cut off after ${text.length} characters`;
    throw new EdgeError('invalid', `The snapshot ${source} ${what}.`, { remedy: takeAgain, cause });
  }
  throw new EdgeError('invalid', `${source} holds JSON, and it is not a snapshot: it has no formatVersion.`, {
    remedy: 'Name a file that `driftwatch snapshot` wrote.',
  });
}

function checkFormat(content: JsonObject, source: string): void {
  const version = content.formatVersion;
  if (version === snapshotFormat) return;
  const newer = typeof version === 'number' && version > snapshotFormat;
  const older = typeof version === 'number' && version < snapshotFormat;
  throw new EdgeError(
    'invalid',
    `The snapshot ${source}${takenByOf(content)} has format version ${JSON.stringify(version)}; this Driftwatch (${driftwatchVersion}) reads version ${snapshotFormat}.`,
    { remedy: newer ? updateThis : older ? takeAgainOlder : takeAgain },
  );
}

const updateThis =
  'Update Driftwatch here to the version that took it (the deployed functions as well, if they read it), or take the snapshot again with this version.';
const takeAgainOlder =
  'An older Driftwatch, which reads less of a schema, took it: take the snapshot again with this version, and publish it under the same version.';

/** Before it is known whether the document can be trusted: only what looks like a version is repeated. */
function takenByOf({ takenBy }: JsonObject): string {
  return typeof takenBy === 'string' && /^[\w.+-]{1,40}$/.test(takenBy) ? `, taken by Driftwatch ${takenBy},` : '';
}

/** A text that was laid out anew is brought back to how it was written, without its hash, which is what was hashed. */
function checkHash({ contentHash, ...content }: JsonObject, source: string): void {
  if (hashOf(content) === contentHash) return;
  throw new EdgeError('invalid', `The snapshot ${source} was altered: its content does not match its contentHash.`, {
    remedy: takeAgain,
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By hand: a model has tens of thousands of facts, and their attributes are JSON because they were parsed from it. */
export function isFact(value: unknown): value is Fact {
  if (!isObject(value)) return false;
  const { kind, id, parent, needs, attributes } = value;
  return (
    typeof kind === 'string' &&
    typeof id === 'string' &&
    (parent === undefined || typeof parent === 'string') &&
    (needs === undefined || (Array.isArray(needs) && needs.every((need) => typeof need === 'string'))) &&
    isObject(attributes)
  );
}

const snapshotSchema: z.ZodType<Snapshot> = z.strictObject({
  formatVersion: z.literal(snapshotFormat),
  scope: z.array(z.enum(scopes)).min(1),
  facts: z.custom<Fact[]>((value) => Array.isArray(value) && value.every(isFact), 'expected a list of facts'),
  serverVersion: z.int().positive(),
  options: z.strictObject({
    includeSchemas: z.array(z.string()).exactOptional(),
    excludeSchemas: z.array(z.string()).exactOptional(),
  }),
  source: z.enum(snapshotSources),
  vocabulary: z.record(z.string(), z.array(z.string())),
  applicationVersion: z.string().exactOptional(),
  commit: z.string().exactOptional(),
  takenAt: z.iso.datetime(),
  takenBy: z.string(),
  factsHash: z.string(),
  contentHash: z.string(),
});
