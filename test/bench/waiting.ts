// What somebody's ALTER TABLE and the application behind it wait for while the catalog of a large schema is read, by the
// server's own clock. At most a statement of the read can stand in the way, so never longer than the whole of it.
import type pg from 'pg';
import { readCatalog } from '../../lambda/postgres/read-catalog.ts';
import { startPostgres } from '../../local/postgres.ts';
import { connectClient, openSession } from '../postgres/databases.ts';
import { type Bench, median, timed } from './bench.ts';
import { makeLargeSchema } from './large-schema.ts';

const rounds = 5;
const size = { tables: 2_000, columns: 12_000, indexes: 4_400, triggers: 1_800 };

/** Views of the schema read this table. */
const altering = 'ALTER TABLE table_3 ADD waited integer; ALTER TABLE table_3 DROP waited';
const asking = 'SELECT count(*) FROM table_3';

export const waitingBench: Bench = {
  name: `Schema: an ALTER TABLE that arrives while ${size.tables} tables are read`,
  async run(progress) {
    const server = await startPostgres({ onProgress: progress });
    try {
      const url = await server.createDatabase('waiting');
      await makeLargeSchema(url, size);
      const [migration, application] = [await connectClient(url), await connectClient(url)];
      const alone: number[] = [];
      for (let round = 0; round < rounds; round += 1) alone.push(await took(migration, altering));
      const reads: number[] = [];
      const altered: number[] = [];
      const asked: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        let reading = true;
        const read = timed(async () => {
          const session = await openSession(url);
          const reconnect = () => openSession(url);
          await readCatalog(session, { reconnect }).finally(() => session.close());
        }).finally(() => {
          reading = false;
        });
        const repeat = async (client: pg.Client, sql: string, into: number[]): Promise<void> => {
          while (reading) into.push(await took(client, sql));
        };
        await Promise.all([repeat(migration, altering, altered), repeat(application, asking, asked)]);
        reads.push(await read);
      }
      await Promise.all([migration, application].map((client) => client.end()));
      const bound = Math.max(...reads);
      return [
        { what: `the read, beside the two, longest of ${rounds}`, value: bound, unit: 'ms' },
        { what: 'the ALTER TABLE alone, there and back, median', value: median(alone), unit: 'ms' },
        {
          what: `the ALTER TABLE beside the read, longest of ${altered.length}`,
          value: Math.max(...altered),
          unit: 'ms',
          limit: bound,
        },
        {
          what: `a query of the application, longest of ${asked.length}`,
          value: Math.max(...asked),
          unit: 'ms',
          limit: bound,
        },
      ];
    } finally {
      await server.stop();
    }
  },
};

/** In milliseconds, by the server's clock: this process is busy with what it reads. */
async function took(client: pg.Client, sql: string): Promise<number> {
  const clock = 'SELECT (EXTRACT(epoch FROM clock_timestamp()) * 1000)::double precision AS ms';
  // Each in a transaction of its own, or the locks of all of them would be kept until the last.
  const transactions = sql.split('; ').flatMap((statement) => ['BEGIN', statement, 'COMMIT']);
  const answers = (await client.query([clock, ...transactions, clock].join('; '))) as unknown as pg.QueryResult[];
  const [start, end] = [answers.at(0), answers.at(-1)].map((answer) => Number(answer?.rows[0]?.ms));
  return (end ?? Number.NaN) - (start ?? Number.NaN);
}
