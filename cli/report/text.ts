// A report for people at a terminal: counts first, then what breaks, worst first; under each sentence what the model
// says and what production says; what could not be verified last. Nothing is left out without a count.

import { type Severity, severities } from '../../lambda/monitor/finding.ts';
import { groupByImpact, type ImpactGroup, severityCounts } from '../../lambda/monitor/notice/impact-groups.ts';
import { printable } from '../../lambda/postgres/assessment/prose.ts';
import { type Detail, detailOf } from './detail.ts';
import type { DiffLine } from './line-diff.ts';
import { type Destructive, repairScript, scriptLines } from './repair-script.ts';
import type { Difference, DriftReport } from './report.ts';
import { type Paint, painter, wrap } from './style.ts';
import {
  alongText,
  headline,
  likewiseText,
  scopeText,
  sideText,
  subjectText,
  tenantsText,
  toldTogether,
} from './words.ts';

export interface TextOptions {
  colour: boolean;
  /** Of a terminal, in characters. @default lines are as long as they are */
  width?: number | undefined;
  /** The repair SQL as well. @default none */
  repair?: Destructive | undefined;
}

type Style = { paint: Paint; width: number | undefined };

/** Lines of one difference's definition; the rest is counted. */
const longestDetail = 40;
const indent = ' '.repeat(12);

const colours = { critical: 'red', warning: 'yellow', info: 'cyan' } as const;

/** Names are set off by nothing: colours do that. */
const plain = (text: string): string => text;

export function reportText(report: DriftReport, { colour, width, repair }: TextOptions): string {
  const style: Style = { paint: painter(colour), width };
  const groups = groupByImpact(report.differences);
  return [
    ...headLines(report, style),
    ...countLines(groups, style),
    ...groups.flatMap((group) => groupLines(group, style)),
    ...(repair === undefined || report.repair.length === 0 ? [] : ['', ...scriptLines(repairScript(report, repair))]),
    ...unverifiedLines(report, style),
  ].join('\n');
}

function headLines(report: DriftReport, { paint, width }: Style): string[] {
  const scope = scopeText(report);
  return [
    paint('bold', headline(report)),
    `  model       ${sideText(report.model, plain)}`,
    `  production  ${sideText(report.production, plain)}`,
    ...(scope === undefined ? [] : wrap(scope, '  ', width)),
  ];
}

/** A small table: what breaks, and how many of each severity do. */
function countLines(groups: readonly ImpactGroup<Difference>[], { paint }: Style): string[] {
  if (groups.length === 0) return [];
  const cell = (count: number, severity: Severity) => {
    const text = (count === 0 ? '-' : String(count)).padStart(severity.length);
    return count === 0 ? paint('dim', text) : paint(colours[severity], text);
  };
  const rows = groups.map(({ heading, counts }) => [...severities.map((one) => cell(counts[one], one)), heading]);
  return ['', [...severities, 'what breaks'], ...rows].map((row) =>
    row === '' ? '' : `  ${(row as string[]).join('  ')}`,
  );
}

function groupLines({ heading, counts, findings }: ImpactGroup<Difference>, style: Style): string[] {
  const title = `${heading.toUpperCase()} (${severityCounts(counts)})`;
  return [
    '',
    style.paint('bold', title),
    ...toldTogether(findings).flatMap(({ first, others }) => ['', ...differenceLines(first, others, style)]),
  ];
}

function differenceLines(
  { id, severity, message, entry }: Difference,
  others: readonly Difference[],
  { paint, width }: Style,
): string[] {
  const likewise = likewiseText(others, plain, (other) => `[${other}]`);
  const along = [alongText(entry, plain), tenantsText(entry, plain), likewise].filter((text) => text !== undefined);
  return [
    `  ${paint(colours[severity], severity.padEnd(8))}  ${paint('bold', subjectText(entry))}  ${paint('dim', `[${id}]`)}`,
    ...wrap(message, indent, width),
    ...along.flatMap((text) => wrap(text, indent, width)),
    ...detailLines(detailOf(entry), { paint, width }),
  ];
}

function detailLines(detail: Detail, { paint, width }: Style): string[] {
  switch (detail.form) {
    case 'pair':
      return [
        `${indent}${paint('dim', 'model       ')}${detail.model}`,
        `${indent}${paint('dim', 'production  ')}${detail.production}`,
      ];
    case 'lines':
      return [
        `${indent}${paint('red', '- model')}  ${paint('green', '+ production')}`,
        ...cutLines(detail.lines.map((line) => diffLine(line, paint))),
      ];
    case 'object': {
      const { side, values, texts } = detail;
      const told = values.length === 0 ? [] : wrap(values.join('; '), indent + ' '.repeat(12), width);
      const [first = '', ...rest] = told;
      return [
        ...(told.length === 0 ? [] : [indent + paint('dim', side.padEnd(12)) + first.trimStart(), ...rest]),
        ...texts.flatMap(({ label, lines }) => [
          `${indent}${paint('dim', `${side}, ${label}:`)}`,
          ...cutLines(lines.map((line) => `${indent}  ${line}`)),
        ]),
      ];
    }
  }
}

function diffLine(line: DiffLine, paint: Paint): string {
  if ('skipped' in line) return paint('dim', `${indent}  ... ${line.skipped} equal`);
  const text = `${line.sign} ${line.text}`;
  return indent + (line.sign === ' ' ? text : paint(line.sign === '-' ? 'red' : 'green', text));
}

function cutLines(lines: readonly string[]): string[] {
  if (lines.length <= longestDetail) return [...lines];
  const left = lines.length - longestDetail + 1;
  return [...lines.slice(0, longestDetail - 1), `${indent}  ... and ${left} more lines (--format json has them all)`];
}

function unverifiedLines({ notVerified }: DriftReport, { paint, width }: Style): string[] {
  if (notVerified.length === 0) return [];
  const byReason = [...Map.groupBy(notVerified, ({ reason }) => reason)];
  return [
    '',
    paint('bold', `NOT VERIFIED (${notVerified.length})`),
    ...byReason.flatMap(([reason, objects]) => [
      '',
      ...wrap(`${printable(reason)}:`, '  ', width),
      ...objects.map(({ kind, subject }) => `    ${printable(kind)} ${printable(subject)}`),
    ]),
  ];
}
