// Statements of a dump that say more of the server they come from than of the schema, and what becomes of them on a
// server that lives for a minute. A table, by how a statement begins; pure.

export type Adapted =
  | { as: 'it stands' }
  | { as: 'other text'; text: string }
  | { as: 'nothing'; why?: string }
  | { as: 'encoding'; encoding: string }
  | { as: 'database'; name: string }
  | { as: 'tablespace'; name: string };

const identifier = String.raw`("(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const starting = (words: string) =>
  new RegExp(`^${words.replaceAll(' ', String.raw`\s+`).replace('NAME', identifier)}`, 'i');

type Rule = [RegExp, (name: string, extensions: ReadonlySet<string>) => Adapted];

const rules: readonly Rule[] = [
  // What is sent is UTF-8 whatever the file says: the encoding is the reader's business.
  [
    starting(String.raw`set (?:session )?client_encoding(?:\s*=\s*| to )'?([\w-]+)`),
    (encoding) => ({ as: 'encoding', encoding }),
  ],
  [starting(String.raw`set names '?([\w-]+)`), (encoding) => ({ as: 'encoding', encoding })],
  // Its locale may be one that this machine does not have, its tablespace and template are none of the schema's.
  [starting('create database NAME'), (name) => ({ as: 'database', name })],
  [starting('drop database'), () => ({ as: 'nothing', why: 'DROP DATABASE' })],
  // In place, instead of in a folder of the server it comes from.
  [starting('create tablespace NAME'), (name) => ({ as: 'tablespace', name })],
  [
    starting('(?:create|alter|drop) (?:role|user|group) (?:if exists )?NAME'),
    (name) => (name === 'postgres' ? { as: 'nothing', why: 'what is said of the role postgres' } : { as: 'it stands' }),
  ],
  [
    starting(String.raw`create schema public\s*$`),
    () => ({ as: 'other text', text: 'create schema if not exists public' }),
  ],
  [
    starting('(?:create|alter|drop|comment on) extension (?:if (?:not )?exists )?NAME'),
    (name, left) => (left.has(name) ? { as: 'nothing', why: `extension ${name}` } : { as: 'it stands' }),
  ],
];

/** It would use, and could use up, what the real subscriber needs. */
const connecting: readonly RegExp[] = [
  starting(String.raw`create subscription (?![\s\S]*\bconnect\s*=\s*'?(?:false|off|0)\b)`),
  starting('alter subscription NAME (?:enable|refresh)'),
];

/** @param withoutExtensions names of extensions that are left out on request */
export function adapt(text: string, withoutExtensions: ReadonlySet<string>): Adapted {
  if (connecting.some((pattern) => pattern.test(text))) {
    return { as: 'nothing', why: 'subscriptions that would connect to their publisher' };
  }
  for (const [pattern, adapted] of rules) {
    const found = pattern.exec(text);
    if (found) return adapted(nameOf(found[1] ?? ''), withoutExtensions);
  }
  return { as: 'it stands' };
}

/** The extension that a statement creates. */
export function createdExtension(text: string): string | undefined {
  const name = starting('create extension (?:if not exists )?NAME').exec(text)?.[1];
  return name === undefined ? undefined : nameOf(name);
}

/** COMMIT and the like: nothing can be put around them. */
export function controlsTransaction(text: string): boolean {
  return /^(?:begin|start|commit|end|rollback|abort|savepoint|release|prepare)\b/i.test(text);
}

/** Without effect outside of a transaction, or an error there. */
export function needsTransaction(text: string): boolean {
  return /^set\s+(?:local|transaction|constraints)\b/i.test(text);
}

function nameOf(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
}
