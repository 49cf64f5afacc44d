// Repair of views and materialized views.
import { canonicalJson } from '../../../json.ts';
import { type Fact, factKey } from '../../fact.ts';
import type { Catalog } from '../catalog.ts';
import { type Draft, risky, safe, words } from '../draft.ts';
import { ownName } from '../identifier.ts';
import { changeOptions, withOptions } from '../options.ts';
import type { Change, Elsewhere, Outcome, Part, Repairer, Scene } from '../repairer.ts';
import { changeClusteredOn, outcome, recreate, rowStorageChanges } from './common.ts';

const blocked = 'Refused while another object reads it.';

export const view: Repairer<'view'> = {
  rank: 11,
  canRebuild: true,
  create: (fact, scene): Part[] => [
    { drafts: [safe(viewStatement('CREATE VIEW', fact), 'Adds a view.'), ...columnDefaults(fact, scene)] },
  ],
  drop: ({ id }) => [risky(`DROP VIEW ${id}`, blocked)],
  change: {
    definition: changeQuery,
    columnOrder: changeQuery,
    options: (change) => ({
      drafts: changeOptions(`ALTER VIEW ${change.target.id}`, change, '').map(({ sql }) =>
        risky(sql.slice(0, -1), 'Who sees or writes which rows through it changes at once.'),
      ),
    }),
  },
};

export const materializedView: Repairer<'materialized view'> = {
  rank: 12,
  canRebuild: true,
  create: ({ id, attributes }): Part[] => {
    const { accessMethod, options, toastOptions, tablespace, definition, populated } = attributes;
    const statement = words(
      `CREATE MATERIALIZED VIEW ${id}`,
      accessMethod !== undefined && accessMethod !== 'heap' && `USING ${accessMethod}`,
      withOptions(options, toastOptions),
      tablespace !== undefined && `TABLESPACE ${tablespace}`,
      `AS\n${definition}`,
      populated === false ? 'WITH NO DATA' : '',
    );
    return [{ drafts: [safe(statement, 'Adds a materialized view; its query runs once.')] }];
  },
  drop: ({ id }) => [risky(`DROP MATERIALIZED VIEW ${id}`, `${blocked} Its rows can be computed again.`)],
  change: {
    ...rowStorageChanges('MATERIALIZED VIEW'),
    clusteredOn: changeClusteredOn,
    definition: recreate('Its query only changes by creating it again, with its indexes.'),
    columnOrder: recreate('Its columns only change by creating it again, with its indexes.'),
    populated: ({ target, expected }) =>
      expected === true
        ? outcome(risky(`REFRESH MATERIALIZED VIEW ${target.id}`, 'Runs its query while nobody can read it.'))
        : { none: 'Production has its rows, which only says more than the model.' },
  },
};

/** CREATE OR REPLACE keeps grants, and whatever reads the view; it can add columns at the end and nothing else. */
function changeQuery({ target }: Change, scene: Scene): Outcome {
  if (!canReplace(target, scene))
    return { recreate: factKey(target), reason: 'Its columns change, which needs a new view.' };
  return outcome(risky(viewStatement('CREATE OR REPLACE VIEW', target), 'Whoever reads it gets other rows at once.'));
}

/** The columns of a view or materialized view are what its query gives. */
export function withItsView(relation: Fact, scene: Scene): Elsewhere {
  const key = factKey(relation);
  const [wanted, found] = [scene.target.get(key), scene.current.get(key)];
  const isReplaced = wanted?.attributes.definition !== found?.attributes.definition;
  return wanted?.kind === 'view' && isReplaced && canReplace(wanted, scene)
    ? { with: key }
    : { recreate: key, reason: 'Its columns change, which needs a new view.' };
}

function canReplace(fact: Fact, scene: Scene): boolean {
  const wanted = columnsOf(fact, scene.target);
  return columnsOf(fact, scene.current).every((column, place) => column === wanted[place]);
}

/** Name, type and collation of each column, in order. */
function columnsOf(fact: Fact, catalog: Catalog): string[] {
  const relation = catalog.get(factKey(fact));
  const columns = new Map(
    catalog
      .childrenOf(factKey(fact))
      .filter(({ kind }) => kind === 'column')
      .map((column) => [ownName(column, fact), column]),
  );
  return ((relation?.attributes.columnOrder ?? []) as string[]).map((name) => {
    const { type, collation } = columns.get(name)?.attributes ?? {};
    return canonicalJson([name, type ?? null, collation ?? null]);
  });
}

function viewStatement(create: string, { id, attributes }: Fact): string {
  return words(`${create} ${id}`, withOptions(attributes.options), `AS\n${attributes.definition}`);
}

function columnDefaults(fact: Fact, scene: Scene): Draft[] {
  return scene.target
    .childrenOf(factKey(fact))
    .filter(({ kind, attributes }) => kind === 'column' && attributes.default !== undefined)
    .map((column) =>
      safe(
        `ALTER VIEW ${fact.id} ALTER COLUMN ${ownName(column, fact)} SET DEFAULT ${column.attributes.default}`,
        'Counts for inserts into the view.',
      ),
    );
}
