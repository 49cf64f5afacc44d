// The repair of every single change of the corpus, run on a real server of the oldest supported major.
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, startPostgres } from '../../local/postgres.ts';
import { describeCorpusRepairs } from '../postgres/repair/corpus-proof.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ major: 13 });
});
afterAll(() => server.stop());

describe.each(['back'] as const)('single changes, repaired %s', (direction) => {
  describeCorpusRepairs(13, direction, () => server.url());
});
