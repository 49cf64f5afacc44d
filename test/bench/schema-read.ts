// Reading and comparing a large schema in-process against what pg_dump -s of it takes, in turns, on one server, and the
// same while nothing has changed. Each opens a connection of its own every time. The server is PostgreSQL 15, whose
// pg_dump Debian has.
import { type CompareOptions, compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { startPostgres } from '../../local/postgres.ts';
import { openSession, readUrl } from '../postgres/databases.ts';
import { pgDump, pgDumpMajor } from '../postgres/pg-dump.ts';
import { type Bench, type Measured, median, timed } from './bench.ts';
import { hugeSize, makeLargeSchema, musicBrainzSize, type SchemaSize } from './large-schema.ts';

const sizes: readonly { size: SchemaSize; rounds: number }[] = [
  { size: musicBrainzSize, rounds: 5 },
  { size: { tables: 2_000, columns: 12_000, indexes: 4_400, triggers: 1_800 }, rounds: 5 },
  { size: hugeSize, rounds: 1 },
];

/** How much longer an object of the largest schema may take than one of the smallest: growth is linear, or below. */
const linear = 1.25;

export const schemaReadBench: Bench = {
  name: 'Schema: read and compare, beside pg_dump -s',
  async run(progress) {
    const server = await startPostgres({ major: 15, onProgress: progress });
    try {
      const measured: Measured[] = [];
      const perThousand: number[] = [];
      for (const { size, rounds } of sizes) {
        progress(`making a schema of ${size.tables} tables`);
        const url = await server.createDatabase(`tables_${size.tables}`);
        await makeLargeSchema(url, size);
        const compared = await compareBoth(url, { size, rounds }, progress);
        measured.push(...compared.measured);
        perThousand.push(compared.perThousand);
      }
      const [smallest = Number.NaN] = perThousand;
      return [
        ...measured,
        {
          what: '1,000 objects of the largest to those of the smallest',
          value: (perThousand.at(-1) ?? Number.NaN) / smallest,
          unit: '×',
          limit: linear,
        },
      ];
    } finally {
      await server.stop();
    }
  },
};

async function compareBoth(
  url: string,
  { size, rounds }: { size: SchemaSize; rounds: number },
  progress: (line: string) => void,
): Promise<{ measured: Measured[]; perThousand: number }> {
  const model = { ...(await readUrl(url)), options: {} };
  const compare = async (options: Omit<CompareOptions, 'signal'> = {}) => {
    const session = await openSession(url);
    const signal = AbortSignal.timeout(60_000);
    return compareWithDatabase(model, session, { signal, ...options }).finally(() => session.close());
  };
  const database: number[] = [];
  const compareAll = async (): Promise<string> => {
    const compared = await compare();
    if (compared.state !== 'compared' || compared.drift.length > 0 || compared.equal !== model.facts.length) {
      throw new Error('a schema differs from itself');
    }
    database.push(compared.databaseMs);
    if (compared.token === null) throw new Error('not everything was compared');
    return compared.token;
  };
  const token = await compareAll();
  const askAgain = async (): Promise<void> => {
    const { state } = await compare({ unchangedSince: token });
    if (state !== 'unchanged') throw new Error('a schema that nobody changed has changed');
  };
  const dumps = (await pgDumpMajor()) !== undefined;
  if (!dumps) progress('there is no pg_dump on the PATH: nothing to compare with');
  const ours: number[] = [];
  const unchanged: number[] = [];
  const theirs: number[] = [];
  const connecting: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    connecting.push(await timed(async () => (await openSession(url)).close()));
    ours.push(await timed(compareAll));
    unchanged.push(await timed(askAgain));
    if (dumps) theirs.push(await timed(() => pgDump('-s', url)));
  }
  const of = `${size.tables} tables`;
  const read = median(ours);
  const asked = median(unchanged);
  const dumped = median(theirs);
  const perThousand = (read / model.facts.length) * 1_000;
  const measured: Measured[] = [
    { what: `${of}: facts`, value: model.facts.length, unit: '' },
    { what: `${of}: connecting alone, median of ${rounds}`, value: median(connecting), unit: 'ms' },
    { what: `${of}: connect, read, compare, median of ${rounds}`, value: read, unit: 'ms' },
    { what: `${of}: of that, 1,000 objects`, value: perThousand, unit: 'ms' },
    { what: `${of}: of that, the server at work`, value: median(database), unit: 'ms' },
    { what: `${of}: connect, unchanged, median of ${rounds}`, value: asked, unit: 'ms' },
    ...(dumps
      ? ([
          { what: `${of}: pg_dump -s, median of ${rounds}`, value: dumped, unit: 'ms' },
          { what: `${of}: ours to pg_dump -s`, value: read / dumped, unit: '×', limit: 1 },
          { what: `${of}: unchanged to pg_dump -s`, value: asked / dumped, unit: '×', limit: 0.1 },
        ] as const)
      : []),
  ];
  return { measured, perThousand };
}
