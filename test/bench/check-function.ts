// The check function: how long its bundle takes to load, and how much memory its process needs on a large schema and on
// a huge one, equal to the model and with drift.
import { startWorld, type World } from '../../local/world.ts';
import { withClient } from '../postgres/databases.ts';
import { type Bench, type Measured, median } from './bench.ts';
import { type CallReport, deployFunction, smallestMemory } from './deployed-function.ts';
import { hugeSize, makeLargeSchema, musicBrainzSize, type SchemaSize } from './large-schema.ts';

const rounds = 5;

export const checkFunctionBench: Bench = {
  name: `Check function of ${smallestMemory} MB: loading and memory`,
  async run(progress) {
    const world = await startWorld({ onProgress: progress });
    try {
      const large = await peaks(world, musicBrainzSize, { ...afterOneColumn }, progress);
      const huge = await peaks(world, hugeSize, { ...afterOneColumn, ...afterThousands }, progress);
      const calls = large.calls.slice(-rounds);
      return [
        {
          what: `bundle import, work alone, median of ${rounds}`,
          value: median(calls.map((c) => c.importCpuMs)),
          unit: 'ms',
        },
        {
          what: `bundle import, median of ${rounds}`,
          value: median(calls.map((c) => c.importMs)),
          unit: 'ms',
          limit: 150,
        },
        ...large.measured,
        ...huge.measured,
      ];
    } finally {
      await world.stop();
    }
  },
};

/** What production is changed by, one after the other, and what is said of it. */
type Changes = Readonly<Record<string, string>>;

const afterOneColumn: Changes = { 'one difference': 'ALTER TABLE table_7 DROP changed_at CASCADE' };

const inTables = (from: number, to: number, statement: string): string =>
  `DO $$ BEGIN FOR n IN ${from}..${to} LOOP EXECUTE format('${statement}', n); END LOOP; END $$`;

const afterThousands: Changes = {
  '5,000 differences': [
    inTables(20, 2_019, 'ALTER TABLE table_%s ADD extra integer'),
    inTables(2_020, 4_019, 'ALTER TABLE table_%s ALTER changed_at TYPE timestamp'),
    inTables(4_020, 4_519, 'ALTER TABLE table_%s DROP changed_at CASCADE'),
    inTables(5_000, 5_499, 'DROP INDEX index_%s'),
  ].join('\n;'),
};

async function peaks(
  world: World,
  size: SchemaSize,
  changes: Changes,
  progress: (line: string) => void,
): Promise<{ measured: Measured[]; calls: CallReport[] }> {
  progress(`making a schema of ${size.tables} tables`);
  const url = await world.postgres.createDatabase(`tables_${size.tables}`);
  await makeLargeSchema(url, size);
  const deployed = await deployFunction(world, url);
  const times = size === musicBrainzSize ? rounds : 1;
  const calls: CallReport[] = [];
  const measured: Measured[] = [];
  const measure = async (what: string, summary: RegExp): Promise<void> => {
    const reports: CallReport[] = [];
    for (let round = 0; round < times; round += 1) reports.push(await deployed.call(url));
    calls.push(...reports);
    progress(reports[0]?.summary.slice(0, 4).join('\n  ') ?? '');
    if (!reports.every((report) => summary.test(report.summary.join('\n'))))
      throw new Error(`the answer is not of ${what}`);
    const of = `${size.tables} tables, ${what}`;
    measured.push(
      {
        what: `${of}: peak memory`,
        value: Math.max(...reports.map(({ peakMb }) => peakMb)),
        unit: 'MB',
        limit: smallestMemory,
      },
      { what: `${of}: the whole call`, value: median(reports.map(({ handlerMs }) => handlerMs)), unit: 'ms' },
    );
  };
  try {
    await measure('equal', /objects equal to/);
    for (const [what, sql] of Object.entries(changes)) {
      await withClient(url, (client) => client.query(sql));
      await measure(what, /differences? from/);
    }
    return { measured, calls };
  } finally {
    await deployed.remove();
  }
}
