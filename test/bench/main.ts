// npm run bench: measures what has a limit, and prints each figure beside it. Exit code 1 when one is over its limit.
import type { Bench, Measured } from './bench.ts';
import { checkFunctionBench } from './check-function.ts';
import { schemaReadBench } from './schema-read.ts';
import { tenantsBench } from './tenants.ts';

const benches: readonly Bench[] = [schemaReadBench, tenantsBench, checkFunctionBench];

let over = false;
for (const bench of benches) {
  process.stdout.write(`${bench.name}\n`);
  const measured = await bench.run((line) => process.stderr.write(`  ${line}\n`));
  for (const figure of measured) {
    over ||= isOver(figure);
    process.stdout.write(`  ${show(figure)}\n`);
  }
}
process.exitCode = over ? 1 : 0;

function isOver({ value, limit }: Measured): boolean {
  return limit !== undefined && !(value <= limit);
}

function show(figure: Measured): string {
  const { what, value, unit, limit } = figure;
  const text = (number: number): string => `${unit === '×' ? number.toFixed(2) : Math.round(number)} ${unit}`.trim();
  const bound = limit === undefined ? '' : `(at most ${text(limit)})${isOver(figure) ? '  OVER' : ''}`;
  return `${what.padEnd(52)}${text(value).padStart(10)}  ${bound}`.trimEnd();
}
