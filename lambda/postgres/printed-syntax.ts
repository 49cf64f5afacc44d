// Since version 14 PostgreSQL prints the SQL standard's own call syntax (`TRIM(BOTH FROM x)`) where older versions print
// the function behind it (`btrim((x)::text)`), and so do newer ones of what was dumped from an older one. This brings
// both to the function. EXTRACT alone became another function in 14; it only counts as the old one between the two.
import { isGroup, isWord, joinWith, rewriteGroups, type SqlNode, splitAt, tokensOf } from './sql-tree.ts';

/** @param extract whether EXTRACT is `date_part` too, whose result is of another type */
export function functionsForSyntax(tree: readonly SqlNode[], extract: boolean): SqlNode[] {
  const called = rewriteGroups(tree, (items) => infixes(calls(items, extract)));
  const rewritten = rewriteGroups(called, argumentsWithoutCasts);
  if (!extract || !tokensOf(rewritten).includes('date_part')) return rewritten;
  const parts = splitAt(rewritten, ',').map((part) =>
    tokensOf(part).includes('date_part')
      ? rewriteGroups(part, (items) => datePartWithoutCast(doublesForNumerics(items)))
      : part,
  );
  return joinWith(parts, ',');
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
  XMLEXISTS: (items) => call('"xmlexists"', ...splitAt(items, 'PASSING').map(withoutParentheses)),
};

function calls(items: readonly SqlNode[], extract: boolean): SqlNode[] {
  const result: SqlNode[] = [];
  items.forEach((item) => {
    const word = result.at(-1);
    const isCall = isGroup(item) && typeof word === 'string' && (extract || word !== 'EXTRACT');
    const rewritten = isCall && Object.hasOwn(rewrites, word) ? rewrites[word]?.(item.items) : undefined;
    if (!rewritten) {
      result.push(item);
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
    return call('timezone', items.slice(zone + 3), items.slice(0, zone));
  }
  const [first, operator, second] = items;
  if (isWord(operator, 'OVERLAPS') && isGroup(first) && isGroup(second)) {
    const ends = [...splitAt(first.items, ','), ...splitAt(second.items, ',')];
    return call('"overlaps"', ...ends);
  }
  const is = words.indexOf('IS');
  if (is > 0 && words.at(-1) === 'NORMALIZED' && !words.includes('NOT')) {
    const form = items.slice(is + 1, -1);
    return call('is_normalized', items.slice(0, is), ...(form.length > 0 ? [formName(form)] : []));
  }
  return undefined;
}

/** Functions of text that have a syntax of their own, which leaves out the casts that their arguments get. */
const withSyntax = new Set([
  'btrim',
  'ltrim',
  'rtrim',
  '"substring"',
  '"position"',
  '"overlay"',
  '"normalize"',
  '"xmlexists"',
  'is_normalized',
  'timezone',
]);

function argumentsWithoutCasts(items: SqlNode[]): SqlNode[] {
  return items.map((item, place) => {
    if (!isGroup(item) || !withSyntax.has(String(items[place - 1]))) return item;
    const parts = splitAt(item.items, ',').map((part) => withoutParentheses(withoutCast(part)));
    return { open: '(', items: joinWith(parts, ',') };
  });
}

/** The result of EXTRACT is numeric where that of date_part is double precision, and so is what it is compared with. */
function doublesForNumerics(items: SqlNode[]): SqlNode[] {
  return items.flatMap((item, place) =>
    isWord(item, 'numeric') && isWord(items[place - 1], '::') ? ['double', 'precision'] : [item],
  );
}

/** `(date_part('year', x))::numeric` is `EXTRACT(year FROM x)`, and that as double precision is `date_part('year', x)`. */
function datePartWithoutCast(items: SqlNode[]): SqlNode[] {
  const at = items.findIndex(
    (item, place) =>
      isGroup(item) &&
      item.items.length === 2 &&
      isWord(item.items[0], 'date_part') &&
      isWord(items[place + 1], '::') &&
      isWord(items[place + 2], 'double'),
  );
  const cast = items[at];
  if (!isGroup(cast)) return items;
  return datePartWithoutCast([...items.slice(0, at), ...cast.items, ...items.slice(at + 4)]);
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

/**
 * `(v)::text` without its cast: brought to these types, an argument keeps its value, whether it was asked for or not. A
 * date that becomes a timestamp does not.
 */
function withoutCast(items: Arguments): SqlNode[] {
  const [value, cast, ...type] = items;
  const isImplicit = isGroup(value) && isWord(cast, '::') && ['text', 'integer'].includes(type.map(String).join(' '));
  return isImplicit ? value.items : [...items];
}

function formName(form: Arguments): SqlNode[] {
  return [`'${String(form[0]).toLowerCase()}'`, '::', 'text'];
}
