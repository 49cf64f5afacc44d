// A thousand schemas of 20 tables each, held to one of the model: a full read, the memory that the function needs for it,
// and the same while nothing has changed.
import { compareWithDatabase } from '../../lambda/postgres/compare-with-database.ts';
import { startWorld } from '../../local/world.ts';
import { openSession, readUrl, withClient } from '../postgres/databases.ts';
import { type Bench, median, timed } from './bench.ts';
import { deployFunction, smallestMemory } from './deployed-function.ts';
import { largeSchema } from './large-schema.ts';

/** `BENCH_TENANTS=5000 npm run bench tenants` shows how it grows. */
const tenants = Number(process.env.BENCH_TENANTS ?? 1_000);
const rounds = 5;
const ofOne = { tables: 20, columns: 120, indexes: 44, triggers: 10 };

export const tenantsBench: Bench = {
  name: `Schema: ${tenants} tenants of ${ofOne.tables} tables`,
  async run(progress) {
    const world = await startWorld({ onProgress: progress });
    try {
      progress(`making ${tenants} schemas of ${ofOne.tables} tables`);
      const url = await world.postgres.createDatabase('tenants');
      const sql = largeSchema(ofOne, 1);
      await withClient(url, async (client) => {
        for (const schema of ['tenant', ...Array.from({ length: tenants }, (_, n) => `tenant_${n}`)]) {
          await client.query(`BEGIN; CREATE SCHEMA ${schema}; SET LOCAL search_path = ${schema}; ${sql}; COMMIT`);
        }
      });
      const options = { includeSchemas: ['tenant'] };
      const model = { ...(await readUrl(url, options)), options };
      const compare = async (unchangedSince?: string) => {
        const session = await openSession(url);
        const asking = { signal: AbortSignal.timeout(120_000), tenants: [{ schemas: 'tenant_*', model: 'tenant' }] };
        return compareWithDatabase(model, session, {
          ...asking,
          ...(unchangedSince !== undefined && { unchangedSince }),
        }).finally(() => session.close());
      };
      let token: string | null = null;
      let facts = 0;
      const full = await timed(async () => {
        const compared = await compare();
        if (compared.state !== 'compared' || compared.drift.length > 0)
          throw new Error('tenants that are alike differ');
        token = compared.token;
        facts = compared.equal;
      });
      const unchanged: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        unchanged.push(
          await timed(async () => {
            const { state } = await compare(token ?? '');
            if (state !== 'unchanged') throw new Error('tenants that nobody changed have changed');
          }),
        );
      }
      const deployed = await deployFunction(world, url, {
        options,
        schema: { tenants: [{ schemas: 'tenant_*', as: 'tenant' }] },
      });
      const { peakMb, summary } = await deployed.call(url).finally(() => deployed.remove());
      if (!summary.join().includes(`${tenants} tenants`)) throw new Error(`the function says otherwise: ${summary}`);
      return [
        { what: 'facts', value: facts, unit: '' },
        { what: 'connect, read, compare', value: full, unit: 'ms', limit: 15 * tenants },
        { what: 'the function, in full: peak memory', value: peakMb, unit: 'MB', limit: smallestMemory },
        { what: `connect, unchanged, median of ${rounds}`, value: median(unchanged), unit: 'ms', limit: tenants / 2 },
      ];
    } finally {
      await world.stop();
    }
  },
};
