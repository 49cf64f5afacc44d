// Reports over two real databases, for the tests of their formats.

import type { ReportOptions } from '../../../cli/report/index.ts';
import { type DriftReport, driftReport } from '../../../cli/report/report.ts';
import { diff } from '../../../lambda/postgres/diff.ts';
import type { NotVerified } from '../../../lambda/postgres/drift.ts';
import { readUrl } from '../../postgres/databases.ts';

/** What does not change with the server that the tests run on. */
const serverVersion = 180_004;

export const plain: ReportOptions = { colour: false, repair: false, destructive: 'commented' };

export async function compareUrls(
  model: string,
  production: string,
  notVerified: readonly NotVerified[] = [],
): Promise<DriftReport> {
  const [expected, actual] = await Promise.all([readUrl(model), readUrl(production)]);
  return driftReport(
    {
      source: 'model.json',
      path: 'model.json',
      facts: expected.facts,
      serverVersion,
      scope: ['structure'],
      applicationVersion: '1.5.0',
      commit: '9f3c1d2',
      takenAt: '2026-11-25T09:30:12.000Z',
      takenBy: '0.1.0',
    },
    { source: 'postgres://db.example.com/app', facts: actual.facts, serverVersion },
    diff({ ...expected, scope: ['structure'] }, { ...actual, notVerified }),
  );
}
