// A part of a read of everything is what a read of that part gives.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ReadOptions } from '../../lambda/postgres/snapshot.ts';
import { withinSchemas } from '../../lambda/postgres/within.ts';
import { useDatabase } from '../support/postgres.ts';
import { readUrl } from './databases.ts';

const database = useDatabase();
const base = readFileSync(new URL('../corpus/base.sql', import.meta.url), 'utf8');

test('of schemas, whatever their names are', async () => {
  await database.query(`${base};
    create schema tenant_1; create table tenant_1.t (id serial primary key, ref int);
    create schema "Odd.""Name"; create table "Odd.""Name".t (id int primary key, unique (id));
    create view public.across as select id from tenant_1.t;
    alter table tenant_1.t add foreign key (ref) references "Odd.""Name".t`);
  const everything = await readUrl(database.url);
  const parts: ReadOptions[] = [
    {},
    { includeSchemas: ['public'] },
    { includeSchemas: ['tenant_*'] },
    { includeSchemas: ['Odd?"Name', 'pub*'] },
    { excludeSchemas: ['tenant_?', 'public'] },
    { includeSchemas: ['*'], excludeSchemas: ['*"*'] },
    { includeSchemas: ['nothing'] },
  ];
  for (const options of parts) {
    const part = await readUrl(database.url, options);
    expect(withinSchemas(everything.facts, options), JSON.stringify(options)).toEqual(part.facts);
  }
});
