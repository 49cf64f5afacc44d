// What a bench is: something that measures and says what it may come to. Benches run one after the other, alone.

export interface Measured {
  what: string;
  value: number;
  unit: 'ms' | 'MB' | '×' | '';
  /** The largest value that is good enough. */
  limit?: number;
}

export interface Bench {
  name: string;
  run(progress: (line: string) => void): Promise<Measured[]>;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
