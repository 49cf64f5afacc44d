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
  const marked: Marked[] = [];
  let [row, column] = [0, 0];
  for (const match of [...matches(left, right), { row: left.length, column: right.length }]) {
    for (const text of left.slice(row, match.row)) marked.push({ sign: '-', text });
    for (const text of right.slice(column, match.column)) marked.push({ sign: '+', text });
    const text = left[match.row];
    if (text !== undefined) marked.push(same(text));
    [row, column] = [match.row + 1, match.column + 1];
  }
  return marked;
}

/** The places of a longest common subsequence. Lines that only one side has are no part of it and cost nothing. */
function matches(left: readonly string[], right: readonly string[]): { row: number; column: number }[] {
  const rows = placesOf(left, new Set(right));
  const columns = placesOf(right, new Set(left));
  const width = columns.length + 1;
  if ((rows.length + 1) * width > largestTable) return [];
  const isMatch = (row: number, column: number) => left[rows[row] ?? -1] === right[columns[column] ?? -1];
  // How long the longest common subsequence of what begins at each pair of places is.
  const lengths = new Uint32Array((rows.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    for (let column = columns.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = isMatch(row, column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const found: { row: number; column: number }[] = [];
  for (let [row, column] = [0, 0]; row < rows.length && column < columns.length; ) {
    if (isMatch(row, column)) {
      found.push({ row: rows[row] ?? 0, column: columns[column] ?? 0 });
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}

function placesOf(lines: readonly string[], known: ReadonlySet<string>): number[] {
  return lines.flatMap((line, place) => (known.has(line) ? [place] : []));
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
