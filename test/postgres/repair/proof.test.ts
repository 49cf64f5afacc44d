// Every case is repaired for real, from both sides: no drift is left but what was said to have no repair.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { installedMajor } from '../../../local/postgres/versions.ts';
import { readSchemaPairs } from '../../corpus/read-corpus.ts';
import '../../support/postgres-url.ts';
import { repairCases } from './cases.ts';
import { openWorkshop, provePair, type Workshop } from './proof.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop(inject('postgresUrl'), 'proof');
});
afterAll(() => workshop.close());

const pairs = [...repairCases.filter(({ since = 13 }) => since <= installedMajor), ...readSchemaPairs()];

describe.each(pairs)('$name', ({ model, production }) => {
  test('production becomes the model', async () => {
    expect(await provePair(workshop, { model, production })).toMatchObject({ left: [] });
  });

  test('the model becomes production', async () => {
    expect(await provePair(workshop, { model: production, production: model })).toMatchObject({ left: [] });
  });
});
