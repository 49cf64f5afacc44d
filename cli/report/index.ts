// The formats of a report. To add one: a file and a line here.

import { reportJson } from './json-document.ts';
import { reportMarkdown } from './markdown.ts';
import type { Destructive } from './repair-script.ts';
import { repairScript, scriptLines } from './repair-script.ts';
import type { DriftReport } from './report.ts';
import { reportSarif } from './sarif.ts';
import { reportText } from './text.ts';

export const reportFormats = ['text', 'json', 'markdown', 'sarif', 'sql'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  colour: boolean;
  width?: number | undefined;
  /** Whether text and Markdown show the SQL; the other formats have it, or are it. */
  repair: boolean;
  destructive: Destructive;
}

export function renderReport(report: DriftReport, format: ReportFormat, options: ReportOptions): string {
  const { colour, width, destructive } = options;
  const repair = options.repair ? destructive : undefined;
  switch (format) {
    case 'text':
      return reportText(report, { colour, width, repair });
    case 'json':
      return reportJson(report);
    case 'markdown':
      return reportMarkdown(report, { repair });
    case 'sarif':
      return reportSarif(report);
    case 'sql':
      return scriptLines(repairScript(report, destructive)).join('\n');
  }
}
