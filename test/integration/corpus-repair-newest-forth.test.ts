// The repair of every single change of the corpus that production lacks, run on a real server of the newest
// supported major. The other direction has a file of its own: they are the longest tests there are, and run side by side.
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { describeCorpusRepairs } from '../postgres/repair/corpus-proof.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ major: 18 });
});
afterAll(() => server.stop());

describe('single changes, repaired forth', () => describeCorpusRepairs(18, 'forth', () => server.url()));
