// Globs over names: `*` is any text, `?` one character, everything else is itself. Pure.

/** Matches whole names. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}
