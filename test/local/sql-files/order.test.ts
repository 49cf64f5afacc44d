// Which files of a folder are applied, in which order, by the layouts that migration tools have.
import { expect, test } from 'vitest';
import { orderFiles } from '../../../local/sql-files/order.ts';

interface Layout {
  inOrder: string[];
  leftOut?: string[];
}

const layouts: Record<string, Layout> = {
  'numbers count as numbers': { inOrder: ['1_a.sql', '2_b.sql', '10_c.sql', '100.sql'] },
  'leading zeros do not matter': { inOrder: ['001.sql', '2.sql', '03.sql'] },
  'timestamps, golang-migrate': {
    inOrder: ['20240101000000_a.up.sql', '20240102000000_b.up.sql'],
    leftOut: ['20240101000000_a.down.sql', '20240102000000_b.down.sql'],
  },
  'pairs with underscores': { inOrder: ['1_up.sql', '2_up.sql'], leftOut: ['1_down.sql', '2_down.sql'] },
  'a name that only ends with down': { inOrder: ['1_a.sql', '2_cool_down.sql'] },
  'Prisma: a folder each': { inOrder: ['20240101_init/migration.sql', '20240201_b/migration.sql'] },
  'Diesel: a folder each, with its undoing': {
    inOrder: ['00000000000000_setup/up.sql', '2024-01-01-000000_a/up.sql'],
    leftOut: ['00000000000000_setup/down.sql', '2024-01-01-000000_a/down.sql'],
  },
  'Flyway: V2 before V10, 1 before 1.1, repeatables last': {
    inOrder: ['V1__a.sql', 'V1_1__b.sql', 'V1.2__c.sql', 'V2__d.sql', 'V10__e.sql', 'R__views.sql'],
    leftOut: ['U1__a.sql', 'notes.sql'],
  },
  'Flyway: the newest baseline covers what came before it': {
    inOrder: ['B5__all.sql', 'V6__a.sql'],
    leftOut: ['B2__all.sql', 'V1__a.sql', 'V5__b.sql'],
  },
  'Flyway in folders: the version alone counts': { inOrder: ['b/V1__a.sql', 'a/V2__b.sql'] },
};

test.each(Object.entries(layouts))('%s', (_, { inOrder, leftOut = [] }) => {
  const ordered = orderFiles([...leftOut, ...inOrder].reverse());
  expect(ordered.files).toEqual(inOrder);
  expect(ordered.leftOut.map(({ file }) => file).sort()).toEqual([...leftOut].sort());
  for (const { why } of ordered.leftOut) expect(why).not.toBe('');
});
