// Keeps secrets out of whatever leaves the process as text: those that were read, wherever they turn up, and what looks
// like one. The last line of defence; whoever writes a message still leaves secrets out of it.
import type { JsonValue } from '../json.ts';
import type { Secrets } from '../platform/ports.ts';

export interface Redactor {
  /** Takes note of a secret's text, and of the secret parts of it. */
  learn(secret: string): void;
  text(text: string): string;
  json(value: JsonValue): JsonValue;
}

const mask = '***';
const shortest = 4;

/** Members of a JSON secret that say where and who, and appear in messages for good reason. */
const openMembers =
  /^(host|hostname|port|dbname|database|engine|user|username|region|dbClusterIdentifier|dbInstanceIdentifier)$/i;

// Lengths are bounded, so that a long text made for it takes no longer than another.
const shapes: readonly [RegExp, string][] = [
  // scheme://user:password@, and not scheme://host:port/path@
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,256}:)(?!\d+(?:[/?#\s]|$))[^\s"'<>]{1,512}(?=@)/gi, `$1${mask}`],
  [/(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}/gi, `$1${mask}`],
  // access_token=..., "refreshToken": "...", also within JSON within JSON; not the :secret: of an ARN
  [
    /((?<![:\w-])[\w-]{0,64}(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|session|cookie|credentials?)(?:[\w-]{0,64}\\*["'])?\s*[=:]\s*(?:\\*["'])?)(?!\.\.\.)[^\s"'&,;]+/gi,
    `$1${mask}`,
  ],
  [/\beyJ[A-Za-z0-9_-]{8,1024}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, mask],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, mask],
];

/** The text without what looks like a secret, whoever it is from. */
export function withoutLikelySecrets(text: string): string {
  return shapes.reduce((current, [shape, replacement]) => current.replace(shape, replacement), text);
}

export function createRedactor(): Redactor {
  const known = new Set<string>();
  let longestFirst: string[] = [];
  const learn = (secret: string) => {
    for (const part of secretParts(secret)) {
      if (part.length >= shortest) for (const form of formsOf(part)) known.add(form);
    }
    longestFirst = [...known].sort((left, right) => right.length - left.length);
  };
  const text = (original: string) =>
    withoutLikelySecrets(longestFirst.reduce((current, secret) => current.replaceAll(secret, mask), original));
  // What was collected is data: only secrets that are known are taken out of it, so that facts stay as they were read.
  const json = (value: JsonValue): JsonValue => {
    if (longestFirst.length === 0) return value;
    if (typeof value === 'string')
      return longestFirst.reduce((current, secret) => current.replaceAll(secret, mask), value);
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, json(member)]));
  };
  return { learn, text, json };
}

/** The secrets port, with everything that is read from it made known to the redactor. */
export function withRedactor(secrets: Secrets, redactor: Redactor): Secrets {
  return {
    ...secrets,
    async read(reference, options) {
      const secret = await secrets.read(reference, options);
      redactor.learn(secret);
      return secret;
    },
  };
}

function secretParts(secret: string): string[] {
  const parts = [secret, secret.trim()];
  try {
    const value: unknown = JSON.parse(secret);
    if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        if (typeof member === 'string' && !openMembers.test(key)) parts.push(member);
      }
    }
  } catch {
    // Not JSON: a URL or the bare secret.
  }
  const userInfo = /^[a-z][a-z0-9+.-]*:\/\/[^:/@\s]*:(.+)@/i.exec(secret)?.[1];
  if (userInfo) parts.push(userInfo, decoded(userInfo));
  return parts;
}

/** As it is, and as it stands within URLs, forms, pages, JSON, and JSON within JSON. */
function formsOf(part: string): string[] {
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  const inPage = part.replace(/[&<>"']/g, (sign) => `&${entities[sign]};`);
  const inForm = new URLSearchParams([['', part]]).toString().slice(1);
  return [part, inJson(part), inJson(inJson(part)), encodeURIComponent(part.toWellFormed()), inForm, inPage];
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
