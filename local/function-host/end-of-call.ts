// The line after which nothing of a call is left in a stream of its function.

const mark = '\u0004 end of call ';

export function endOfCall(id: number): string {
  return `${mark}${id}`;
}

/** @returns the call that the line ends; undefined for what the function wrote */
export function endedCall(line: string): number | undefined {
  return line.startsWith(mark) ? Number(line.slice(mark.length)) : undefined;
}
