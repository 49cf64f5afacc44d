// A change in words, as what is done to production: "add column users.api_key", "change type of column users.id from
// integer to bigint". Pure.
import type { JsonValue } from '../../../json.ts';
import { assess } from '../../../postgres/assessment/assess.ts';
import { attributeLabel } from '../../../postgres/assessment/labels.ts';
import { partsOfKey, proseName, proseValue } from '../../../postgres/assessment/prose.ts';
import type { DriftEntry } from '../../../postgres/drift.ts';
import { kinds } from '../../../postgres/kinds.ts';
import { joined, marked, type Prose, say, words } from '../../prose.ts';

export function changeText(entry: DriftEntry): Prose {
  const { verb, attribute, expected, actual } = entry;
  const object = say`${kindText(entry)} ${proseName(entry.subject)}${alongText(entry)}`;
  switch (verb) {
    case 'missing':
      return say`add ${object}`;
    case 'unexpected':
      return say`remove ${object}`;
    case 'changed': {
      const what = [attributeLabel(entry.kind, attribute ?? '')];
      const from =
        isShort(expected) && isShort(actual) ? say` from ${proseValue(actual)} to ${proseValue(expected)}` : [];
      return say`change ${what} of ${object}${from}`;
    }
  }
}

/** What it breaks that production differs. */
export function differenceText(entry: DriftEntry): Prose {
  return marked((mark) => assess(entry, { mark, baseline: 'the model' }).message);
}

/** A kind that only a newer snapshot knows is a word from outside. */
function kindText({ kind }: Pick<DriftEntry, 'kind'>): Prose {
  return Object.hasOwn(kinds, kind) ? [kind] : say`${kind}`;
}

function alongText({ swallowed = [], tenants = [] }: DriftEntry): Prose {
  const [only = ''] = swallowed;
  const parts = swallowed.length === 1 ? say`with ${keyText(only)}` : words(`with ${swallowed.length} of its parts`);
  const places = tenants.length === 1 ? say`in the tenant ${tenants[0] ?? ''}` : words(`in ${tenants.length} tenants`);
  const told = [...(swallowed.length > 0 ? [parts] : []), ...(tenants.length > 0 ? [places] : [])];
  return told.length === 0 ? [] : say` (${joined(told, ', ')})`;
}

function keyText(key: string): Prose {
  const { kind, id } = partsOfKey(key);
  return say`${kindText({ kind })} ${proseName(id)}`;
}

function isShort(value: JsonValue): boolean {
  return proseValue(value).length <= 40;
}
