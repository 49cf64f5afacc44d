// Whether two texts that PostgreSQL printed say the same. The same tree is printed differently by different major
// versions, and some trees change when their own text is read back (a dump and restore); neither is a difference.
import { withoutKeywordQuotes } from './keywords.ts';
import { functionsForSyntax } from './printed-syntax.ts';
import { isGroup, isWord, joinWith, parseSql, rewriteGroups, type SqlNode, splitAt, tokensOf } from './sql-tree.ts';
import { crosses, type Versions } from './versions.ts';

/** Whether a word of the model's text and another one in production's name the same object. */
export type SameToken = (expected: string, actual: string) => boolean;

export function samePrintedSql(
  expected: string,
  actual: string,
  versions: Versions,
  sameToken: SameToken = () => false,
): boolean {
  if (expected === actual) return true;
  const normalised = (text: string): string[] => {
    const tree = rewriteGroups(parseSql(text), (items) => flatLogic(castElements(items)));
    return tokensOf(crosses(14, versions) ? functionsForSyntax(tree) : tree).map(withoutKeywordQuotes);
  };
  return sameTokens(
    withoutNoise(normalised(expected)),
    withoutNoise(normalised(actual)),
    sameToken,
    crosses(16, versions),
  );
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
