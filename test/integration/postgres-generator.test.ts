// Random schemas and random changes of them on every supported major; on the newest, so many that each class of
// changes happens.
import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresMajor, type PostgresServer, postgresMajors, startPostgres } from '../../local/postgres.ts';
import { describeGeneratorProofs } from '../postgres/generator/describe-proofs.ts';

const servers = new Map<PostgresMajor, PostgresServer>();

beforeAll(async () => {
  for (const major of postgresMajors) servers.set(major, await startPostgres({ major }));
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
});

describe.each(postgresMajors)('random schemas on PostgreSQL %i', (major) => {
  const newest = major === Math.max(...postgresMajors);
  describeGeneratorProofs(
    major,
    { seen: newest ? 12 : 1, orderless: 2, repaired: 6 },
    () => servers.get(major)?.url() ?? '',
  );
});
