// The proofs over random schemas, on one server.
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient, type DatabaseMaker, databaseMaker } from '../databases.ts';
import { classNames } from './changes.ts';
import { proveOrderless, proveRepaired, proveSeen } from './proofs.ts';
import { looksFurther, seeds, timeFor } from './seeds.ts';

export interface ProofSizes {
  /** Schemas of which one change of every class is tried. */
  seen: number;
  /** Schemas that are made again in another order. */
  orderless: number;
  /** Schemas that are changed and repaired, each with more changes than the one before, up to eight. */
  repaired: number;
}

/** Of so many schemas, some one has what each class of changes needs. */
const enoughForEveryClass = 12;

export function describeGeneratorProofs(major: number, sizes: ProofSizes, server: () => string): void {
  let databases: DatabaseMaker;
  let client: pg.Client;
  beforeAll(async () => {
    databases = await databaseMaker(server(), `generated_${major}`);
    client = await connectClient(await databases.create());
  });
  afterAll(async () => {
    await client.end();
    await databases.close();
  });

  const proof = (name: string, usual: number, prove: (seed: number) => Promise<string[]>): void => {
    const drawn = seeds(usual);
    test(name, { timeout: timeFor(drawn.length) }, async () => {
      const failures: string[] = [];
      for (const seed of drawn) failures.push(...(await prove(seed)));
      expect(failures).toEqual([]);
    });
  };

  const made = new Set<string>();
  proof('every change is told, of the right object', sizes.seen, async (seed) => {
    // Usually, once of each class is enough.
    const seen = await proveSeen(client, seed, major, (name) => looksFurther || !made.has(name));
    for (const name of seen.made) made.add(name);
    expect(made.size).toBeGreaterThan(40);
    return seen.failures;
  });
  if (seeds(sizes.seen).length >= enoughForEveryClass) {
    test('a change of every class was made', () => {
      expect(classNames(major).filter((name) => !made.has(name))).toEqual([]);
    });
  }

  const locale = major >= 15 ? "LOCALE_PROVIDER icu ICU_LOCALE 'tr' LOCALE 'C'" : "LOCALE 'C.UTF-8'";
  proof('the same objects in another order and locale are the same schema', sizes.orderless, (seed) =>
    proveOrderless(databases, seed, major, locale),
  );

  proof('what changes did is repaired, there and back', sizes.repaired, (seed) =>
    proveRepaired(client, databases, seed, major, 1 + (seed % 8)),
  );
}
