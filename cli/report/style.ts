// Colour and width of text for people. Knows nothing of what is printed.
import { styleText } from 'node:util';

export const colourChoices = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof colourChoices)[number];

type Format = Parameters<typeof styleText>[0];

export type Paint = (format: Format, text: string) => string;

/** Sets colours, whatever stdout is: whether to was decided before. */
export function painter(colour: boolean): Paint {
  return (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text);
}

/**
 * The flag says it, else NO_COLOR (https://no-color.org), else FORCE_COLOR, else whether a terminal that can reads it.
 */
export function wantsColour(
  choice: ColourChoice,
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: terminal } = environment;
  if (no) return false;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && terminal !== 'dumb';
}

/** @param width of the whole line; `undefined` for no limit. A word that is longer than a line stays whole. */
export function wrap(text: string, indent: string, width: number | undefined): string[] {
  if (width === undefined) return [indent + text];
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
