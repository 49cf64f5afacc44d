// As much of lists as fits into a message, the last ones left out first. Pure.

/**
 * @param lengths of the lists, by place; those behind are shortened first
 * @param render gives what is sent when so many of each list are shown
 * @returns the first rendering that fits, else that of nothing shown
 */
export function fitted<Rendered>(
  lengths: readonly number[],
  fits: (rendered: Rendered) => boolean,
  render: (shown: readonly number[]) => Rendered,
): Rendered {
  const shown = [...lengths];
  let rendered = render(shown);
  for (let index = shown.length - 1; index >= 0 && !fits(rendered); index -= 1) {
    // Halving first keeps this quick for long lists of long members.
    for (let count = shown[index] ?? 0; count > 0 && !fits(rendered); ) {
      count = count > 4 ? Math.floor(count / 2) : count - 1;
      shown[index] = count;
      rendered = render(shown);
    }
  }
  return rendered;
}
