// Reads the stored text of a snapshot a part at a time, so that it is never there as a string, and its facts never
// twice: a function's memory is small. Only for a text as it was written; whoever calls reads any other as a whole.
import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../json.ts';

const beforeFacts = '"facts":[';
const afterFacts = '],"factsHash":';

/** How a fact begins after another one. In a string, its quotes would have backslashes before them. */
const nextFact = ',{"attributes":';

/** How many bytes of facts are read at once, at least. */
const readAtOnce = 200_000;

/** @returns `undefined` for a text that was not written by us, or altered since: nothing is said of why */
export function readSealed(bytes: Buffer): JsonObject | undefined {
  const from = bytes.indexOf(beforeFacts) + beforeFacts.length;
  const to = bytes.lastIndexOf(afterFacts);
  if (from < beforeFacts.length || to < from) return undefined;
  const frame = parsed(`${bytes.toString('utf8', 0, from)}${bytes.toString('utf8', to)}`);
  if (!isObject(frame) || !isSealed(bytes, from, frame.contentHash)) return undefined;
  const facts = factsIn(bytes.subarray(from, to));
  return facts && { ...frame, facts };
}

/** What was hashed is the text without its hash. */
function isSealed(bytes: Buffer, headEnd: number, contentHash: JsonValue | undefined): boolean {
  const member = `"contentHash":${JSON.stringify(contentHash)},`;
  const at = bytes.subarray(0, headEnd).indexOf(member);
  if (at < 0) return false;
  const end = bytes.at(-1) === lineFeed ? bytes.length - 1 : bytes.length;
  const hash = createHash('sha256')
    .update(bytes.subarray(0, at))
    .update(bytes.subarray(at + member.length, end));
  return `sha256:${hash.digest('hex')}` === contentHash;
}

const lineFeed = 10;

function factsIn(list: Buffer): JsonValue[] | undefined {
  const facts: JsonValue[] = [];
  for (let at = 0; at < list.length; ) {
    const next = list.indexOf(nextFact, at + readAtOnce);
    const end = next < 0 ? list.length : next;
    const some = parsed(`[${list.toString('utf8', at, end)}]`);
    // What looked like the next fact was within one.
    if (!Array.isArray(some)) return undefined;
    for (const fact of some) facts.push(fact);
    at = end + 1;
  }
  return facts;
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
