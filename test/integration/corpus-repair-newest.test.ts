// The repair of every single change of the corpus, run on a real server of the newest supported major, in both directions.
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { describeCorpusRepairs } from '../postgres/repair/corpus-proof.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ major: 18 });
});
afterAll(() => server.stop());

describe.each(['back', 'forth'] as const)('single changes, repaired %s', (direction) => {
  describeCorpusRepairs(18, direction, () => server.url());
});
