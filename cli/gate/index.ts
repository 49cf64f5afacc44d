// The formats of the gate's verdict. To add one: a file and a line here.
import { extname } from 'node:path';
import type { GateReport } from '../../lambda/gate/run.ts';
import { gateJson } from './json-document.ts';
import { gateJunit } from './junit.ts';
import { gateMarkdown } from './markdown.ts';
import { type GateTextOptions, gateText } from './text.ts';

export const gateFormats = ['text', 'json', 'markdown', 'junit'] as const;
export type GateFormat = (typeof gateFormats)[number];

const byEnding: Readonly<Record<string, GateFormat>> = {
  '.txt': 'text',
  '.json': 'json',
  '.md': 'markdown',
  '.xml': 'junit',
};

export const fileEndings: readonly string[] = Object.keys(byEnding);

/** The format of a file, by the ending of its name. */
export function formatOfFile(path: string): GateFormat | undefined {
  return byEnding[extname(path).toLowerCase()];
}

export function renderGate(report: GateReport, format: GateFormat, options: GateTextOptions): string {
  switch (format) {
    case 'text':
      return gateText(report, options);
    case 'json':
      return gateJson(report);
    case 'markdown':
      return gateMarkdown(report);
    case 'junit':
      return gateJunit(report);
  }
}
