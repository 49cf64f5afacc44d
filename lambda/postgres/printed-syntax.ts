// Since version 14 PostgreSQL prints the SQL standard's own call syntax (`EXTRACT(year FROM x)`) where older versions
// print the function behind it (`date_part('year', x)`). This brings both to the function.
import { isGroup, isWord, joinWith, rewriteGroups, type SqlNode, splitAt, tokensOf } from './sql-tree.ts';

export function functionsForSyntax(tree: readonly SqlNode[]): SqlNode[] {
  const rewritten = rewriteGroups(tree, (items) => infixes(calls(items)));
  return tokensOf(rewritten).includes('date_part') ? rewriteGroups(rewritten, doublesForNumerics) : rewritten;
}

type Arguments = readonly SqlNode[];

/** Calls that have words between their arguments, by the word in front of the parenthesis. */
const rewrites: Readonly<Record<string, (items: Arguments) => SqlNode[] | undefined>> = {
  EXTRACT: (items) => {
    const [field, value] = splitAt(items, 'FROM');
    return field?.length === 1 && value ? call('date_part', [`'${String(field[0])}'`, '::', 'text'], value) : undefined;
  },
  SUBSTRING: (items) => call('"substring"', ...splitAtWords(items, ['FROM', 'FOR', 'SIMILAR', 'ESCAPE'])),
  OVERLAY: (items) => call('"overlay"', ...splitAtWords(items, ['PLACING', 'FROM', 'FOR'])),
  POSITION: (items) => {
    const [needle, text] = splitAt(items, 'IN').map(withoutParentheses);
    return needle && text ? call('"position"', text, needle) : undefined;
  },
  TRIM: ([side, ...rest]) => {
    const name = { BOTH: 'btrim', LEADING: 'ltrim', TRAILING: 'rtrim' }[String(side)];
    const [characters, text] = splitAt(rest, 'FROM');
    return name && text ? call(name, text, ...(characters?.length ? [characters] : [])) : undefined;
  },
  NORMALIZE: (items) => {
    const [text, form] = splitAt(items, ',');
    return text ? call('"normalize"', text, ...(form ? [formName(form)] : [])) : undefined;
  },
  FOR: (items) => call('pg_collation_for', [...items]),
  XMLEXISTS: (items) => call('xmlexists', ...splitAt(items, 'PASSING').map(withoutParentheses)),
};

function calls(items: readonly SqlNode[]): SqlNode[] {
  const result: SqlNode[] = [];
  items.forEach((item) => {
    const word = result.at(-1);
    const rewritten = isGroup(item) && typeof word === 'string' ? rewrites[word]?.(item.items) : undefined;
    if (!rewritten) {
      result.push(implicitCasts(String(word), item));
      return;
    }
    result.pop();
    if (word === 'FOR' && isWord(result.at(-1), 'COLLATION')) result.pop();
    result.push(...rewritten);
  });
  return result;
}

/** `(x AT TIME ZONE z)`, `((a, b) OVERLAPS (c, d))`, `(x IS NORMALIZED)`: whole groups that are one call. */
function infixes(items: SqlNode[]): SqlNode[] {
  return items.flatMap((item) => (isGroup(item) ? (infix(item.items) ?? [item]) : [item]));
}

function infix(items: Arguments): SqlNode[] | undefined {
  const words = items.map((item) => (typeof item === 'string' ? item : ''));
  const zone = words.indexOf('AT');
  if (zone > 0 && words[zone + 1] === 'TIME' && words[zone + 2] === 'ZONE') {
    return call('timezone', items.slice(zone + 3), withoutCast(items.slice(0, zone)));
  }
  const [first, operator, second] = items;
  if (isWord(operator as SqlNode, 'OVERLAPS') && isGroup(first) && isGroup(second)) {
    const ends = [...splitAt(first.items, ','), ...splitAt(second.items, ',')];
    return call('"overlaps"', ...ends.map((end) => withoutParentheses(withoutCast(end))));
  }
  const is = words.indexOf('IS');
  if (is > 0 && words.at(-1) === 'NORMALIZED' && !words.includes('NOT')) {
    const form = items.slice(is + 1, -1);
    return call('is_normalized', items.slice(0, is), ...(form.length > 0 ? [formName(form)] : []));
  }
  return undefined;
}

/** Older versions print the casts that these functions' arguments get; the syntax leaves them out. */
function implicitCasts(word: string, item: SqlNode): SqlNode {
  if (!isGroup(item) || (word !== 'timezone' && word !== '"overlaps"')) return item;
  const parts = splitAt(item.items, ',').map((part, place) =>
    word === 'timezone' && place === 0 ? part : withoutParentheses(withoutCast(part)),
  );
  return { open: '(', items: joinWith(parts, ',') };
}

/** The result of EXTRACT is numeric where that of date_part is double precision, and so is what it is compared with. */
function doublesForNumerics(items: SqlNode[]): SqlNode[] {
  return items.flatMap((item, place) =>
    isWord(item, 'numeric') && isWord(items[place - 1], '::') ? ['double', 'precision'] : [item],
  );
}

function call(name: string, ...parts: readonly Arguments[]): SqlNode[] {
  return [name, { open: '(', items: joinWith(parts, ',') }];
}

function splitAtWords(items: Arguments, words: readonly string[]): SqlNode[][] {
  const marked = items.map((item): SqlNode => (typeof item === 'string' && words.includes(item) ? ',' : item));
  return splitAt(marked, ',');
}

function withoutParentheses(items: Arguments): SqlNode[] {
  const [only] = items;
  return items.length === 1 && isGroup(only) ? only.items : [...items];
}

/** `(f)::timestamp with time zone` without its cast. */
function withoutCast(items: Arguments): SqlNode[] {
  const [value, cast, type] = items;
  const implicit = isGroup(value) && isWord(cast as SqlNode, '::') && isWord(type as SqlNode, 'timestamp');
  return implicit ? value.items : [...items];
}

function formName(form: Arguments): SqlNode[] {
  return [`'${String(form[0]).toLowerCase()}'`, '::', 'text'];
}
