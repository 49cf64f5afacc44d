// What differs between two lists of lines, with a little of what is around it. Pure.

/** `-` only the left has, `+` only the right has; `skipped` stands for that many lines that both have. */
export type DiffLine = { sign: ' ' | '-' | '+'; text: string } | { skipped: number };

/** Lines that both have and that are shown before and after a difference. */
const context = 2;

/** A larger table than this takes longer than a person waits: the lines are then shown as replaced as a whole. */
const largestTable = 4_000_000;

export function lineDiff(left: readonly string[], right: readonly string[]): DiffLine[] {
  const start = commonStart(left, right);
  const end = commonEnd(left.slice(start), right.slice(start));
  const marked = [
    ...left.slice(0, start).map(same),
    ...compare(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...left.slice(left.length - end).map(same),
  ];
  return withoutFarLines(marked);
}

type Marked = Extract<DiffLine, { sign: string }>;

function same(text: string): Marked {
  return { sign: ' ', text };
}

function commonStart(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && left[count] === right[count]) count += 1;
  return count;
}

function commonEnd(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && left[left.length - 1 - count] === right[right.length - 1 - count]) count += 1;
  return count;
}

/** Along a longest common subsequence; of what is replaced, the left lines come first. */
function compare(left: readonly string[], right: readonly string[]): Marked[] {
  const columns = right.length + 1;
  const fits = (left.length + 1) * columns <= largestTable;
  const longest = fits ? commonLengths(left, right) : new Uint32Array();
  const lengthAt = (row: number, column: number): number => longest[row * columns + column] ?? 0;
  const marked: Marked[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length || column < right.length) {
    const [wanted, found] = [left[row], right[column]];
    if (fits && wanted !== undefined && wanted === found) {
      marked.push(same(wanted));
      row += 1;
      column += 1;
    } else if (
      wanted !== undefined &&
      (found === undefined || lengthAt(row + 1, column) >= lengthAt(row, column + 1))
    ) {
      marked.push({ sign: '-', text: wanted });
      row += 1;
    } else if (found !== undefined) {
      marked.push({ sign: '+', text: found });
      column += 1;
    }
  }
  return marked;
}

/** How long the longest common subsequence of what begins at each pair of places is. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint32Array {
  const columns = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * columns);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const at = row * columns + column;
      lengths[at] =
        left[row] === right[column]
          ? (lengths[at + columns + 1] ?? 0) + 1
          : Math.max(lengths[at + columns] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

function withoutFarLines(lines: readonly Marked[]): DiffLine[] {
  const near = new Uint8Array(lines.length);
  for (const [place, { sign }] of lines.entries()) {
    if (sign !== ' ') near.fill(1, Math.max(0, place - context), place + context + 1);
  }
  const shown: DiffLine[] = [];
  for (const [place, line] of lines.entries()) {
    const last = shown.at(-1);
    if (near[place] === 1) shown.push(line);
    else if (last !== undefined && 'skipped' in last) last.skipped += 1;
    else shown.push({ skipped: 1 });
  }
  return shown;
}
