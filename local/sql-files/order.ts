// In which order the SQL files of a folder are applied, and which of them are not: those that undo a migration. Pure.
// Names are paths within the folder. Numbers in them count as numbers, so V2 comes before V10.
import { byCodeUnit } from '../../lambda/json.ts';

export interface Ordered {
  files: string[];
  /** Left out, each with its reason. */
  leftOut: { file: string; why: string }[];
}

const undoing = /(?:^|[/.])(?:down|undo|rollback|revert)\.sql$/i;
/** Only beside its counterpart: 012_add_count_down.sql may well build something. */
const downOfPair = /([_-])down\.sql$/i;
const versioned = /^(?:.*\/)?V(?<version>\d+(?:[._]\d+)*)__[^/]*\.sql$/i;
const baseline = /^(?:.*\/)?B(?<version>\d+(?:[._]\d+)*)__[^/]*\.sql$/i;
const repeatable = /^(?:.*\/)?R__[^/]*\.sql$/i;
const undo = /^(?:.*\/)?U\d+(?:[._]\d+)*__[^/]*\.sql$/i;

export function orderFiles(names: readonly string[]): Ordered {
  const all = new Set(names);
  const isUndoing = (name: string) =>
    undoing.test(name) || (downOfPair.test(name) && all.has(name.replace(downOfPair, '$1up.sql')));
  const sorted = [...names].sort(compareNatural);
  const files = sorted.filter((name) => !isUndoing(name));
  const leftOut = sorted.filter(isUndoing).map((file) => ({ file, why: 'it undoes a migration' }));
  if (!files.some((name) => versioned.test(name) || baseline.test(name))) return { files, leftOut };
  return orderFlyway(files, leftOut);
}

/** https://documentation.red-gate.com/fd/migrations-271585107.html: the newest baseline, versions after it, repeatables. */
function orderFlyway(names: readonly string[], leftOut: Ordered['leftOut']): Ordered {
  const numbers = (name: string, pattern: RegExp) => pattern.exec(name)?.groups?.version?.split(/[._]/).map(Number);
  const byVersion = (pattern: RegExp) =>
    names
      .flatMap((file) => {
        const version = numbers(file, pattern);
        return version ? [{ file, version }] : [];
      })
      .sort((left, right) => compareNumbers(left.version, right.version));
  const first = byVersion(baseline).at(-1);
  const isCovered = (version: number[]) => first !== undefined && compareNumbers(version, first.version) <= 0;
  const versions = byVersion(versioned);
  const files = [
    ...(first ? [first.file] : []),
    ...versions.filter(({ version }) => !isCovered(version)).map(({ file }) => file),
    ...names.filter((name) => repeatable.test(name)),
  ];
  const why = (file: string): string => {
    if (undo.test(file)) return 'it undoes a migration';
    if (versioned.test(file) || baseline.test(file)) return `the baseline ${first?.file} has it`;
    return 'its name is none of Flyway’s, which the others have';
  };
  const rest = names.filter((name) => !files.includes(name));
  return { files, leftOut: [...leftOut, ...rest.map((file) => ({ file, why: why(file) }))] };
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (let place = 0; place < Math.max(left.length, right.length); place += 1) {
    const order = (left[place] ?? 0) - (right[place] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Folder by folder; runs of digits by their value, everything else by code unit. */
function compareNatural(left: string, right: string): number {
  const [ours, theirs] = [partsOf(left), partsOf(right)];
  for (let place = 0; place < Math.min(ours.length, theirs.length); place += 1) {
    const order = comparePart(ours[place] ?? '', theirs[place] ?? '');
    if (order !== 0) return order;
  }
  return ours.length - theirs.length || byCodeUnit(left, right);
}

function partsOf(name: string): string[] {
  return name.match(/\d+|\/|[^\d/]+/g) ?? [];
}

function comparePart(left: string, right: string): number {
  if (!/^\d+$/.test(left) || !/^\d+$/.test(right)) return byCodeUnit(left, right);
  const difference = BigInt(left) - BigInt(right);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
