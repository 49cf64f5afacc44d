// Labels of an enum that have another name on the other side. PostgreSQL can add labels and rename them, and can neither
// remove nor move them: where as many labels stand in the same places, those that differ were renamed. Pure.

export interface Relabelled {
  /** As the model has it. */
  label: string;
  /** As production calls it. */
  called: string;
}

/** @returns the labels under another name; `undefined` when other things differ, or nothing does */
export function relabelled(wanted: readonly string[], found: readonly string[]): Relabelled[] | undefined {
  if (wanted.length !== found.length) return undefined;
  const pairs = wanted.flatMap((label, place) => {
    const called = found[place] ?? '';
    return called === label ? [] : [{ label, called }];
  });
  const moved = pairs.some(({ label, called }) => found.includes(label) || wanted.includes(called));
  return moved || pairs.length === 0 ? undefined : pairs;
}
