// Repair of schemas and extensions.
import { factKey } from '../../fact.ts';
import { quoteLiteral } from '../../literal.ts';
import { type Draft, risky, safe } from '../draft.ts';
import type { Repairer } from '../repairer.ts';
import { outcome, text } from './common.ts';

export function emptySchema(id: string): Draft {
  return safe(`CREATE SCHEMA ${id}`, 'Adds an empty schema.');
}

export const schema: Repairer<'schema'> = {
  rank: 0,
  canRebuild: false,
  // What has to move into it first brings it along.
  create: (fact, { current }) => (current.get(factKey(fact)) ? [] : [{ drafts: [emptySchema(fact.id)] }]),
  drop: ({ id }) => [risky(`DROP SCHEMA ${id}`, 'Refused while anything is left in it.')],
  change: {},
};

export const extension: Repairer<'extension'> = {
  rank: 1,
  canRebuild: false,
  create: ({ id, attributes }) => [
    {
      drafts: [
        safe(
          `CREATE EXTENSION ${id} WITH SCHEMA ${attributes.schema} VERSION ${quoteLiteral(text(attributes.version))}`,
          'Adds objects only; the server must offer that version.',
        ),
      ],
    },
  ],
  drop: ({ id }) => [risky(`DROP EXTENSION ${id}`, 'Refused while anything uses it; what its tables hold is lost.')],
  change: {
    version: ({ target, expected, actual }) =>
      isOlder(text(expected), text(actual))
        ? { none: 'Extensions have no way back to an older version: raise that of the model.' }
        : outcome(
            risky(
              `ALTER EXTENSION ${target.id} UPDATE TO ${quoteLiteral(text(expected))}`,
              'Runs the scripts that the extension brings; the server must offer that version.',
            ),
          ),
    schema: ({ target, expected }) =>
      outcome(
        risky(
          `ALTER EXTENSION ${target.id} SET SCHEMA ${expected}`,
          'What names its objects by schema no longer finds them.',
        ),
      ),
  },
};

/** Versions are free texts; where both begin with numbers, those tell which is older. */
function isOlder(version: string, other: string): boolean {
  const numbers = (value: string): number[] => (/^[\d.]+/.exec(value)?.[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(version), numbers(other)];
  const place = left.findIndex((number, at) => number !== right[at]);
  return place >= 0 ? (left[place] ?? 0) < (right[place] ?? -1) : left.length < right.length;
}
