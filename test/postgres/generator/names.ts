// Names of every nasty kind, each given once, as quote_ident prints them.
import type { Random } from './random.ts';

const shapes: readonly ((count: number) => string)[] = [
  (count) => `Upper ${count}`,
  (count) => `a.b${count}`,
  (count) => `quo"te${count}`,
  (count) => `it's ${count}`,
  (count) => `üñï🙂${count}`,
  (count) => `c;--${count}`,
  (count) => `$${count}$`,
  (count) => `(${count})`,
  (count) => `new\nline${count}`,
  (count) => `%I\\${count}`,
  (count) => `${count} /* <b> */`,
  (count) => `long_${'x'.repeat(50)}_${count}`,
  (count) => `VALUE.${count}.`,
];

const words = ['select', 'order', 'user', 'table', 'column', 'check', 'primary', 'from', 'default', 'group', 'all'];

export type Namer = (prefix: string) => string;

/** A third of the names are nasty. */
export function namer(random: Random): Namer {
  let count = 0;
  const keywords = random.shuffled(words);
  return (prefix) => {
    count += 1;
    if (random.chance(66)) return `${prefix}_${count}`;
    const keyword = random.chance(20) ? keywords.pop() : undefined;
    return keyword === undefined ? quotedIfNeeded(random.pick(shapes)(count)) : quoted(keyword);
  };
}

function quotedIfNeeded(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
