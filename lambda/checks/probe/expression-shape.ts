// What an assertion's expression expects to find where, by its form alone: which names it looks into, as objects or as
// lists. Refuses the forms of JMESPath whose reads cannot be told from the form. Knows nothing of answers or values.

/** What the value under a name has to be for the reads that follow it to find something. */
export interface Need {
  /** It is looked into by name. */
  object: boolean;
  /** It is looked into by position, filter or `[*]`. */
  list: boolean;
  /** Its elements, or with `.*` its members, are looked into by name. */
  within: boolean;
}

/** By the name of a member, wherever it stands; the document itself is the empty name. */
export type Needs = ReadonlyMap<string, Need>;

export type Shape = { needs: Needs } | { problem: string };

const token =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[A-Za-z_]\w*|\[\s*\*\s*\]|\[\s*\]|\[\?|&&|\|\||[!=<>]=?|-?\d+|\S/g;

const multiSelect = 'multi-selects ({a: b}, [a, b]) are not possible here';

/** What stands alone: the reason why it is not possible in an assertion. */
const refused: Record<string, string> = {
  '{': multiSelect,
  '|': 'pipes are not possible here; write a.b for a | b',
  '&': 'expressions as arguments (&a) are not possible here; write max(list[*].a) for max_by(list, &a)',
  '[]': 'flattening ([]) is not possible here; write [*]',
};

export function shapeOf(expression: string): Shape {
  const tokens = (expression.match(token) ?? []).map((text) =>
    /^\[[\s*]*\]$/.test(text) ? text.replace(/\s/g, '') : text,
  );
  const needs = new Map<string, Need>();
  const need = (owner: string, kind: keyof Need): void => {
    needs.set(owner, { ...(needs.get(owner) ?? { object: false, list: false, within: false }), [kind]: true });
  };
  /** Brackets and parentheses that are open, each with the list it follows. */
  const open: { text: string; owner: string }[] = [];
  /** A name that follows no dot is read from the elements of the filter around it, else from the document. */
  const startOver = (): string => {
    const filter = open.findLast(({ text }) => text === '[?');
    need(filter?.owner ?? '', filter ? 'within' : 'object');
    return filter?.owner ?? '';
  };
  let reads = false;
  /** The name whose value the token before stands for. */
  let owner = '';

  for (const [at, text] of tokens.entries()) {
    const before = tokens[at - 1] ?? '';
    const next = tokens[at + 1] ?? '';
    const leadsOn = next === '.' || next.startsWith('[');
    const problem = refused[text];
    if (problem !== undefined) return { problem };

    if (isName(text) && next === '(') {
      if (before === '.') return { problem: 'a function after a dot is not possible here; write length(a)' };
    } else if (isName(text)) {
      reads = true;
      if (before !== '.') startOver();
      owner = nameOf(text);
      if (leadsOn) need(owner, next === '.' ? 'object' : 'list');
    } else if (text === '*') {
      reads = true;
      if (before !== '.') owner = startOver();
      if (next === '.') need(owner, 'within');
      if (next.startsWith('[')) return { problem: 'a position after .* is not possible here' };
    } else if (text === '@') {
      reads = true;
      if (leadsOn) return { problem: 'reading into @ is not possible here; write the name alone' };
    } else if (text.startsWith('[')) {
      reads = true;
      if (before === ']' || before === '[*]') return { problem: 'a list in a list is not possible here' };
      // A bracket that follows no name selects several things, unless the document itself is the list.
      const selects = at === 0 || isName(before);
      if (!selects || (text === '[' && !/^(-?\d+|:)$/.test(next))) return { problem: multiSelect };
      if (at === 0) need('', 'list');
      if (text !== '[*]') open.push({ text, owner });
      else if (next === '.') need(owner, 'within');
    } else if (text === ']') {
      owner = open.pop()?.owner ?? '';
      if (next === '.') need(owner, 'within');
    } else if (text === '(') {
      open.push({ text, owner });
    } else if (text === ')') {
      open.pop();
      if (leadsOn) return { problem: 'reading into the result of a function or of parentheses is not possible here' };
    }
  }
  return reads ? { needs } : { problem: 'reads nothing of the answer' };
}

function isName(text: string): boolean {
  return /^[A-Za-z_"]/.test(text);
}

function nameOf(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}
