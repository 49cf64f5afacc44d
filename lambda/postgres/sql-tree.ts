// SQL text as nested groups of tokens: enough structure to compare what PostgreSQL prints, and no more. White space is
// dropped; strings, quoted names and operators are one token each.

export interface SqlGroup {
  open: '(' | '[';
  items: SqlNode[];
}
export type SqlNode = string | SqlGroup;

const token =
  /\s+|[eEbBxX]?'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\d[\w.]*|::|[()[\],.;]|[-+*/<>=~!@#%^&|`?:]+|./gsu;

export function parseSql(text: string): SqlNode[] {
  const root: SqlNode[] = [];
  const open: SqlNode[][] = [root];
  for (const [word] of text.matchAll(token)) {
    if (/^\s/.test(word)) continue;
    const inner = open.at(-1) as SqlNode[];
    if (word === '(' || word === '[') {
      const group: SqlGroup = { open: word, items: [] };
      inner.push(group);
      open.push(group.items);
    } else if ((word === ')' || word === ']') && open.length > 1) {
      open.pop();
    } else {
      inner.push(word);
    }
  }
  return root;
}

export function tokensOf(nodes: readonly SqlNode[]): string[] {
  const tokens: string[] = [];
  const walk = (node: SqlNode): void => {
    if (typeof node === 'string') {
      tokens.push(node);
    } else {
      tokens.push(node.open);
      node.items.forEach(walk);
      tokens.push(node.open === '(' ? ')' : ']');
    }
  };
  nodes.forEach(walk);
  return tokens;
}

/** Rewrites every group from the inside out, the outermost list last. */
export function rewriteGroups(nodes: readonly SqlNode[], rewrite: (items: SqlNode[]) => SqlNode[]): SqlNode[] {
  return rewrite(
    nodes.map((node) => (typeof node === 'string' ? node : { ...node, items: rewriteGroups(node.items, rewrite) })),
  );
}

export function isGroup(node: SqlNode | undefined, open: '(' | '[' = '('): node is SqlGroup {
  return typeof node === 'object' && node.open === open;
}

export function isWord(node: SqlNode | undefined, word: string): boolean {
  return typeof node === 'string' && node === word;
}

/** The parts of a list between its separators, for example its commas. */
export function splitAt(items: readonly SqlNode[], separator: string): SqlNode[][] {
  const parts: SqlNode[][] = [[]];
  for (const item of items) {
    if (isWord(item, separator)) parts.push([]);
    else (parts.at(-1) as SqlNode[]).push(item);
  }
  return parts;
}

export function joinWith(parts: readonly (readonly SqlNode[])[], separator: string): SqlNode[] {
  return parts.flatMap((part, place) => (place === 0 ? part : [separator, ...part]));
}
