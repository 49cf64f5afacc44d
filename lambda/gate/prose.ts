// Sentences in parts: the words that are ours, and what comes from outside (names of a database, of files, of variables),
// which each format sets off and makes harmless in its own way.
import { printable } from '../postgres/assessment/prose.ts';

export type Prose = readonly (string | { data: string })[];

/** Texts that are filled in are data; numbers and sentences are words. */
export function say(words: TemplateStringsArray, ...filled: readonly (string | number | Prose)[]): Prose {
  return words.flatMap((word, index) => {
    const value = filled[index];
    const rest = value === undefined ? [] : typeof value === 'object' ? value : [partOf(value)];
    return [...(word === '' ? [] : [word]), ...rest];
  });
}

function partOf(value: string | number): Prose[number] {
  return typeof value === 'number' ? String(value) : { data: value };
}

/** Our own words, as a sentence. */
export function words(text: string): Prose {
  return [text];
}

/** The parts with something between them. */
export function joined(parts: readonly Prose[], between: string): Prose {
  return parts.flatMap((part, index) => (index === 0 ? part : [between, ...part]));
}

/** "a, b and c" */
export function listed(names: readonly string[]): Prose {
  return names.flatMap((name, index) => {
    const before = index === 0 ? '' : index === names.length - 1 ? ' and ' : ', ';
    return before === '' ? [{ data: name }] : [before, { data: name }];
  });
}

// Of the private use area: no text that is filled in keeps them.
const [begin, end] = ['\ue000', '\ue001'];

/** The sentence of somebody who sets names off by a function. */
export function marked(write: (mark: (text: string) => string) => string): Prose {
  const text = write((name) => begin + name.replaceAll(begin, '').replaceAll(end, '') + end);
  return text
    .split(begin)
    .flatMap((piece, index) => {
      if (index === 0) return [piece];
      const [data = '', ...after] = piece.split(end);
      return [{ data }, after.join('')];
    })
    .filter((part) => part !== '');
}

/** One line of plain text; @param mark sets data off. @default nothing does */
export function proseText(prose: Prose, mark: (text: string) => string = (text) => text): string {
  return inPieces(prose)
    .map((part) => (typeof part === 'string' ? part : mark(printable(part.data))))
    .join('');
}

/** Data beside data is one piece: as two, a sign at the end of one could end the other. */
function inPieces(prose: Prose): Prose {
  const pieces: Prose[number][] = [];
  for (const part of prose) {
    const last = pieces.at(-1);
    if (typeof part === 'object' && typeof last === 'object')
      pieces[pieces.length - 1] = { data: last.data + part.data };
    else pieces.push(part);
  }
  return pieces;
}
