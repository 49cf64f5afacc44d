// The part of a fact's id that is its own: what a rename changes. Names are quoted as in ids, so they compare as texts.

const namePart = /"(?:[^"]|"")*"|[^".(]+|\(.*/gs;

/** `email` of `public.users.email` in `public.users`, `f(integer)` of `public.f(integer)`, `i` of `public.i` on a table. */
export function ownName(id: string, parentId: string | undefined): string {
  if (parentId !== undefined && id.startsWith(`${parentId}.`)) return id.slice(parentId.length + 1);
  return partsOf(id).at(-1) ?? id;
}

/** The id of a part, after what it is a part of got another id. */
export function idUnder(id: string, before: string, after: string): string {
  if (id.startsWith(`${before}.`)) return `${after}${id.slice(before.length)}`;
  const [parts, was, is] = [id, before, after].map(partsOf) as [string[], string[], string[]];
  const space = parts[0] === was[0] ? is[0] : parts[0];
  const name = isNamesake(id, before) ? is.at(-1) : parts.at(-1);
  return `${space}.${name}`;
}

/** Named like what it is a part of, and renamed with it: the index of a constraint. */
export function isNamesake(id: string, parentId: string): boolean {
  return !id.startsWith(`${parentId}.`) && partsOf(id).at(-1) === partsOf(parentId).at(-1);
}

function partsOf(id: string): string[] {
  return id.match(namePart) ?? [];
}
