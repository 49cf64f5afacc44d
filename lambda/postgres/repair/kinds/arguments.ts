// The arguments of a routine as PostgreSQL prints them, told apart enough to see what CREATE OR REPLACE can change, and
// which calls it takes.

const piece = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[()[\]]|,| DEFAULT |[^"'()[\], ]+| /g;

interface Argument {
  /** Mode, name and type. */
  declared: string;
  hasDefault: boolean;
}

/** Whether only defaults differ, and none is taken away: https://www.postgresql.org/docs/current/sql-createfunction.html */
export function differInDefaultsOnly(expected: string, actual: string): boolean {
  const [wanted, found] = [argumentsIn(expected), argumentsIn(actual)];
  return (
    wanted.length === found.length &&
    wanted.every(({ declared, hasDefault }, place) => {
      const other = found[place];
      return other?.declared === declared && (hasDefault || !other.hasDefault);
    })
  );
}

export function argumentsIn(text: string): Argument[] {
  const list: Argument[] = [{ declared: '', hasDefault: false }];
  let depth = 0;
  for (const [part] of text.matchAll(piece)) {
    const last = list.at(-1) as Argument;
    if (part === '(' || part === '[') depth += 1;
    if (part === ')' || part === ']') depth -= 1;
    if (part === ',' && depth === 0) list.push({ declared: '', hasDefault: false });
    else if (part === ' DEFAULT ' && depth === 0) last.hasDefault = true;
    else if (!last.hasDefault) last.declared += part;
  }
  return text.trim() === '' ? [] : list.map((each) => ({ ...each, declared: each.declared.trim() }));
}
