// Printing a view locks every relation in it, and the server's table of locks is small (64 a connection): views are
// printed a slice at a time, by OID, and every slice's locks are given back before the next. Filling that table would
// fail the statements of everybody else, too.
import { familySettings, setting } from './catalog/family.ts';

/** Views of one slice. With a handful of relations in each, far below what any server's table holds. */
const viewsPerSlice = 250;

const end = 4_294_967_295;

/** Chooses the first slice, and says where the further ones start: `starts`, an array of OIDs. */
export const viewSlices = `
WITH slices AS MATERIALIZED (
  SELECT array_agg(oid::bigint ORDER BY oid) AS starts
  FROM (
    SELECT oid, row_number() OVER (ORDER BY oid) AS place
    FROM pg_class
    WHERE relkind IN ('v', 'm') AND relnamespace IN (SELECT unnest(${setting(familySettings.schemas, 'oid[]')}))
  ) placed
  WHERE place > 1 AND place % ${viewsPerSlice} = 1
)
SELECT COALESCE(to_json(starts), '[]') AS starts,
  set_config('${familySettings.viewsFrom}', '0', true),
  set_config('${familySettings.viewsBefore}', COALESCE(starts[1], ${end})::text, true)
FROM slices`;

/** Chooses each further slice. */
export function furtherSlices(starts: readonly number[]): string[] {
  return starts.map(
    (from, place) =>
      `SELECT set_config('${familySettings.viewsFrom}', '${from}', true),
  set_config('${familySettings.viewsBefore}', '${starts[place + 1] ?? end}', true)`,
  );
}
