// Which seeds the proofs draw their schemas and changes from: always the same ones, unless somebody looks further, as
// in `GENERATOR_SEEDS=1-500 npx vitest run test/postgres/generator`. A failure names its seed; `GENERATOR_SEEDS=7`
// repeats it.

/** @param usual how many seeds are drawn in a usual run, from 1 on */
export function seeds(usual: number): number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(process.env.GENERATOR_SEEDS ?? '') ?? [];
  const [from, to] = first === undefined ? [1, usual] : [Number(first), Number(last)];
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

/** Whether somebody looks further. */
export const looksFurther = process.env.GENERATOR_SEEDS !== undefined;

/** Milliseconds that a test may take over so many seeds. */
export const timeFor = (count: number): number => 60_000 + count * 20_000;
