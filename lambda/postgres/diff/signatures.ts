// Routines that take other arguments: one of a name is missing, one of that name is unexpected. PostgreSQL has no other
// way to change what a routine takes than to drop it and create another one. Where a name has several that differ,
// nobody can tell which became which.
import { type Fact, factKey } from '../fact.ts';
import { renameHint } from '../kinds/renames.ts';
import { attributeNote } from '../kinds.ts';
import { qualifiedName } from '../repair/identifier.ts';
import type { Change } from './changes.ts';
import type { Rename } from './names.ts';
import type { Open } from './renames.ts';

export function changedSignatures({ missing, unexpected }: Open): Rename[] {
  const there = Map.groupBy(unexpected, ({ fact }) => calledAs(fact));
  return [...Map.groupBy(missing.filter(hasSignature), calledAs)].flatMap(([name, [expected, ...others]]) => {
    const [actual, ...more] = there.get(name) ?? [];
    if (!expected || !actual || others.length > 0 || more.length > 0) return [];
    return [{ expected, actual: actual.original, how: 'other arguments' as const }];
  });
}

function hasSignature({ kind }: Fact): boolean {
  return renameHint(kind)?.signature === true;
}

function calledAs({ kind, id }: Fact): string {
  return `${kind} ${qualifiedName(id)}`;
}

/** What a routine does and returns changes with what it takes: that is told as one change. */
export function withoutRestOfSignature(changed: readonly Change[], renames: readonly Rename[]): Change[] {
  const keys = new Set(renames.filter(({ how }) => how === 'other arguments').map(({ expected }) => factKey(expected)));
  return changed.filter(
    ({ fact, entry }) =>
      !keys.has(factKey(fact)) || attributeNote(entry.kind, entry.attribute ?? '')?.followsSignature !== true,
  );
}
