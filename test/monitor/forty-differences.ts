// A production that lags three releases behind, and was worked on by hand: what the schema check finds there.

import { judge } from '../../lambda/checks/schema/judge.ts';
import { schemaSettings } from '../../lambda/checks/schema/settings.ts';
import type { Judgement } from '../../lambda/monitor/check.ts';
import { diff } from '../../lambda/postgres/diff.ts';
import { differenceId } from '../../lambda/postgres/difference-id.ts';
import type { Fact } from '../../lambda/postgres/fact.ts';
import { repair } from '../../lambda/postgres/repair/repair.ts';
import { fact } from '../support/snapshots.ts';

const serverVersion = 150_018;
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const schema = fact('schema', 'public');
const table = (name: string, columns: string[], comment?: string): Fact[] => [
  fact(
    'table',
    `public.${name}`,
    {
      form: 'ordinary',
      persistence: 'permanent',
      columnOrder: columns,
      rowSecurity: false,
      forceRowSecurity: false,
      replicaIdentity: 'default',
      ...(comment && { comment }),
    },
    'schema public',
  ),
  ...columns.map((column) => columnOf(name, column)),
];
const columnOf = (of: string, name: string, more: Fact['attributes'] = {}): Fact =>
  fact('column', `public.${of}.${name}`, { type: 'text', nullable: true, ...more }, `table public.${of}`);
const indexOf = (of: string, name: string, more: Fact['attributes'] = {}): Fact =>
  fact(
    'index',
    `public.${name}`,
    { definition: `btree (${name})`, unique: false, valid: true, ...more },
    `table public.${of}`,
  );

const names = ['id', ...range(9).map((place) => `field_${place}`)];
const model: Fact[] = [
  schema,
  ...table('users', [...names, 'api_key_sandbox', 'api_key_production']),
  ...table('orders', names, 'what was bought'),
  ...table('invoices', names, 'what is to be paid'),
  ...range(3).flatMap((place) => table(`report_${place}`, ['id', 'title'])),
  columnOf('orders', 'region', { nullable: true }),
  ...range(6).map((place) => columnOf('invoices', `amount_${place}`, { type: 'numeric(12,2)' })),
  ...range(4).map((place) => indexOf('orders', `orders_by_${place}`)),
];
const production: Fact[] = [
  schema,
  ...table('users', names),
  ...table('orders', names, 'orders'),
  ...table('invoices', names, 'invoices'),
  columnOf('orders', 'region', { nullable: false }),
  ...range(6).map((place) => columnOf('invoices', `amount_${place}`, { type: 'integer' })),
  ...range(12).map((place) => columnOf('users', `old_${place}`, { nullable: place !== 1 })),
  ...range(10).map((place) => columnOf('invoices', `tmp_${place}`)),
];

export function fortyDifferences(): Judgement {
  const { drift, equal } = diff({ facts: model, serverVersion }, { facts: production, serverVersion });
  const evidence = {
    state: 'compared' as const,
    model: {
      model: 'pap-api',
      version: '1.5.0',
      chosenBy: 'running version' as const,
      confirmedAt: '2026-11-20T11:00:00.000Z',
    },
    production: {
      from: 'database' as const,
      token: null,
      basis: '',
      readAt: '2026-11-20T12:10:00.000Z',
      unchanged: false,
    },
    serverVersion,
    readMs: 40,
    databaseMs: 30,
    warnings: [],
    objects: production.length,
    tenants: 0,
    equal,
    drift: drift.map((entry) => ({ ...entry, id: differenceId(entry) })),
    repair: repair(drift, model, production, { serverVersion }),
    notVerified: [],
    held: { accepted: [], notAccepted: [] },
    pending: null,
  };
  const settings = schemaSettings.parse({ model: 'pap-api', version: 'probe:health' });
  return judge(evidence, { target: 'pap-api', check: 'schema', settings, now: new Date('2026-11-20T12:10:00Z') });
}
