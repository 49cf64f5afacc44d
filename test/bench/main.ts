// npm run bench: measures what has a limit, and prints each figure beside it. Exit code 1 when one is over its limit.
// Those that are named alone: npm run bench tenants waiting.
import type { Bench, Measured } from './bench.ts';
import { checkFunctionBench } from './check-function.ts';
import { runBench } from './run.ts';
import { schemaReadBench } from './schema-read.ts';
import { tenantsBench } from './tenants.ts';
import { waitingBench } from './waiting.ts';

const benches = {
  schema: schemaReadBench,
  waiting: waitingBench,
  tenants: tenantsBench,
  function: checkFunctionBench,
  run: runBench,
} as const satisfies Record<string, Bench>;

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) throw new Error(`there is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}`);

let over = false;
for (const [name, bench] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue;
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
  return `${what.padEnd(60)}${text(value).padStart(10)}  ${bound}`.trimEnd();
}
