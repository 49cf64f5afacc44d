// One PostgreSQL server for a whole test run; test files get databases of it (postgres.ts beside this).
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../local/postgres.ts';
import './postgres-url.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url());
  return () => server.stop();
}
