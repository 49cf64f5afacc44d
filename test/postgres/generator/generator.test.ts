// Random schemas and random changes of them, always of the same seeds (seeds.ts tells how to look further).
import { describe, expect, inject, test } from 'vitest';
import { installedMajor } from '../../../local/postgres/versions.ts';
import '../../support/postgres-url.ts';
import { describeGeneratorProofs } from './describe-proofs.ts';
import { randomSchema, statementsOf } from './schema.ts';

test('a seed always makes the same schema, and another one another', () => {
  const made = (seed: number): string[] => statementsOf(randomSchema(seed, installedMajor).all);
  expect(made(7)).toEqual(made(7));
  expect(made(7)).not.toEqual(made(8));
});

describe('random schemas', () => {
  describeGeneratorProofs(installedMajor, { seen: 1, orderless: 2, repaired: 8 }, () => inject('postgresUrl'));
});
