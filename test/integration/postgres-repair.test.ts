// Repair on real servers: pairs of schemas on every supported major.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresMajor, type PostgresServer, postgresMajors, startPostgres } from '../../local/postgres.ts';
import { repairCases } from '../postgres/repair/cases.ts';
import { openWorkshop, provePair, type Workshop } from '../postgres/repair/proof.ts';

const servers = new Map<PostgresMajor, PostgresServer>();
const serverOf = (major: PostgresMajor): string => servers.get(major)?.url() ?? '';

beforeAll(async () => {
  for (const major of postgresMajors) servers.set(major, await startPostgres({ major }));
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
});

describe.each(postgresMajors)('pairs of schemas on PostgreSQL %i', (major) => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop(serverOf(major), 'pairs');
  });
  afterAll(() => workshop.close());

  const cases = repairCases.filter(({ since = 13 }) => since <= major);
  test.each(cases)('$name', async ({ model, production }) => {
    expect(await provePair(workshop, { model, production })).toMatchObject({ left: [] });
    expect(await provePair(workshop, { model: production, production: model })).toMatchObject({ left: [] });
  });
});
