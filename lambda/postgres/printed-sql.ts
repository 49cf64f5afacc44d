// Whether two texts that PostgreSQL printed say the same. The same tree is printed differently by different major
// versions, and some trees change when their own text is read back (a dump and restore); neither is a difference.
import { withoutKeywordQuotes } from './keywords.ts';
import { functionsForSyntax } from './printed-syntax.ts';
import { isGroup, isWord, joinWith, parseSql, rewriteGroups, type SqlNode, splitAt, tokensOf } from './sql-tree.ts';
import { crosses, majorOf, type Versions } from './versions.ts';

/** Whether a word of the model's text and another one in production's name the same object. */
export type SameToken = (expected: string, actual: string) => boolean;

export function samePrintedSql(
  expected: string,
  actual: string,
  versions: Versions,
  sameToken: SameToken = () => false,
): boolean {
  if (expected === actual) return true;
  const wanted = withoutNoise(tokensOf(normalised(expected, versions)).map(asNewest(versions)));
  const found = withoutNoise(tokensOf(normalised(actual, versions)).map(asNewest(versions)));
  return sameTokens(wanted, found, sameToken, crosses(16, versions));
}

/**
 * Whether two texts from different major versions could say the same: the same names, literals and words in the same
 * order, whatever the casts and parentheses between them.
 */
export function couldBeSame(expected: string, actual: string, versions: Versions, sameToken?: SameToken): boolean {
  return majorOf(versions.expected) !== majorOf(versions.actual) && sameButCasts(expected, actual, versions, sameToken);
}

/** Whether two texts differ in nothing but casts and parentheses. */
export function sameButCasts(
  expected: string,
  actual: string,
  versions: Versions,
  sameToken: SameToken = () => false,
): boolean {
  const loose = (text: string): string[] =>
    withoutNoise(looseTokens(normalised(text, versions)).map(asNewest(versions)));
  return sameTokens(loose(expected), loose(actual), sameToken, crosses(16, versions));
}

function normalised(text: string, versions: Versions): SqlNode[] {
  const tree = rewriteGroups(parseSql(text), (items) => flatLogic(castElements(items)));
  return functionsForSyntax(tree, crosses(14, versions));
}

/** Quoted as the newest version does; the array functions took other pseudo-types before 14. */
function asNewest(versions: Versions): (token: string) => string {
  const arrays: Readonly<Record<string, string>> = crosses(14, versions)
    ? { anycompatiblearray: 'anyarray', anycompatible: 'anyelement' }
    : {};
  return (token) => (Object.hasOwn(arrays, token) ? (arrays[token] ?? token) : withoutKeywordQuotes(token));
}

/** Words that a type's name goes on with. */
const typeWords = new Set(['varying', 'precision', 'with', 'without', 'time', 'zone']);

function looseTokens(items: readonly SqlNode[]): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (isWord(item, '::')) {
      at += 1;
      while (isWord(items[at + 1], '.')) at += 2;
      while (isOfType(items[at + 1])) at += 1;
    } else if (isColumnList(items, at)) {
      // What a function of PostgreSQL itself gives can be more in a newer version.
    } else if (typeof item === 'object') {
      tokens.push(...looseTokens(item.items));
    } else if (item !== undefined) {
      tokens.push(item);
    }
  }
  return tokens;
}

/** `f() alias(a, b)` */
function isColumnList(items: readonly SqlNode[], at: number): boolean {
  const [call, alias, list] = [items[at - 2], items[at - 1], items[at]];
  if (!isGroup(call) || !isGroup(list) || !/^[\p{Ll}_"]/u.test(String(alias))) return false;
  return list.items.every((part, place) => typeof part === 'string' && (part === ',') === (place % 2 === 1));
}

/** What a type's name goes on with: `varying`, `(10,2)`, `[]`. */
function isOfType(item: SqlNode | undefined): boolean {
  if (!isGroup(item) && !isGroup(item, '[')) return typeWords.has(String(item));
  return item.items.every((part) => typeof part === 'string' && /^(?:\d+|,)$/.test(part));
}

/**
 * `(ARRAY['a'::varchar])::text[]` is read back as `ARRAY[('a'::varchar)::text]`: the cast goes to the elements. This
 * is how `CHECK (status IN ('new', 'gone'))` on a varchar column differs after a restore.
 */
function castElements(items: SqlNode[]): SqlNode[] {
  const at = items.findIndex((item, n) => isCastArray(item) && isWord(items[n + 1], '::'));
  if (at < 0) return items;
  const array = items[at];
  const end = items.findIndex((item, n) => n > at && isGroup(item, '['));
  if (end < 0 || !isGroup(array)) return items;
  const elements = array.items[1];
  if (!isGroup(elements, '[')) return items;
  const type = items.slice(at + 2, end);
  const cast = splitAt(elements.items, ',').map((element): SqlNode[] => [{ open: '(', items: element }, '::', ...type]);
  const rewritten: SqlNode[] = ['ARRAY', { open: '[', items: joinWith(cast, ',') }];
  return castElements([...items.slice(0, at), ...rewritten, ...items.slice(end + 1)]);
}

function isCastArray(item: SqlNode): boolean {
  return isGroup(item) && item.items.length === 2 && isWord(item.items[0], 'ARRAY') && isGroup(item.items[1], '[');
}

/** `((a AND b) AND c)` is read back as `(a AND b AND c)`: a BETWEEN in a longer condition differs after a restore. */
function flatLogic(items: SqlNode[]): SqlNode[] {
  return flatten(flatten(items, 'AND', 'OR'), 'OR', 'AND');
}

function flatten(items: SqlNode[], operator: string, other: string): SqlNode[] {
  if (!items.includes(operator) || items.includes(other)) return items;
  const operands = splitAt(items, operator).map((operand) => {
    const [only] = operand;
    return operand.length === 1 && isGroup(only) && only.items.includes(operator) && !only.items.includes(other)
      ? only.items
      : operand;
  });
  return joinWith(operands, operator);
}

/** Words that newer versions add where older ones leave the default unsaid. */
function withoutNoise(tokens: readonly string[]): string[] {
  return tokens.filter((token, n) => {
    const before = tokens[n - 1];
    const mode = token === 'IN' && (before === undefined || before === ',');
    const indent = (token === 'NO' && tokens[n + 1] === 'INDENT') || (token === 'INDENT' && before === 'NO');
    return !mode && !indent;
  });
}

/** From PostgreSQL 16 on, a query of a single relation names its columns without that relation. */
function sameTokens(
  expected: readonly string[],
  actual: readonly string[],
  sameToken: SameToken,
  unqualified: boolean,
): boolean {
  const same = (left: number, right: number): boolean => {
    const [wanted, found] = [expected[left], actual[right]];
    return wanted !== undefined && found !== undefined && (wanted === found || sameToken(wanted, found));
  };
  // A view keeps the name of its own column when the one that it reads is renamed, and the other way round: `t.b AS a`.
  const isAlias = (wanted: string, found: string, alias = '', inActual: boolean): boolean => {
    if (wanted !== found) return alias === (inActual ? wanted : found);
    return inActual ? sameToken(wanted, alias) : sameToken(alias, found);
  };
  let left = 0;
  let right = 0;
  while (left < expected.length && right < actual.length) {
    if (same(left, right) && !onlyOneQualified(expected, left, actual, right)) {
      left += 1;
      right += 1;
      const [wanted = '', found = ''] = [expected[left - 1], actual[right - 1]];
      if (actual[right] === 'AS' && expected[left] !== 'AS' && isAlias(wanted, found, actual[right + 1], true))
        right += 2;
      if (expected[left] === 'AS' && actual[right] !== 'AS' && isAlias(wanted, found, expected[left + 1], false))
        left += 2;
    } else if (unqualified && expected[left + 1] === '.' && same(left + 2, right)) {
      left += 2;
    } else if (unqualified && actual[right + 1] === '.' && same(left, right + 2)) {
      right += 2;
    } else {
      return false;
    }
  }
  return left === expected.length && right === actual.length;
}

/** A relation and its column can have the same name: `label.label` against `label`. */
function onlyOneQualified(
  expected: readonly string[],
  left: number,
  actual: readonly string[],
  right: number,
): boolean {
  return (expected[left + 1] === '.') !== (actual[right + 1] === '.');
}
