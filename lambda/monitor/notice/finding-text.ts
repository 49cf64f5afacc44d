// Findings as lines of a notice: what is wrong, and what to do about it. Pure. SQL is shown as it is to be run, with
// how dangerous it is; everything else from outside is made printable.
import * as z from 'zod';
import { printable, printableLines } from '../printable.ts';
import { groupByImpact, severityCounts } from './impact-groups.ts';
import { together } from './likewise.ts';
import type { Notice, NoticeEntry, StoredFinding } from './notice.ts';

/**
 * Each with a blank line before it, under what it breaks when they break different things; then by name what is over.
 * Numbers are the order in which they came, which is that in which their repairs run.
 */
export function findingLines(entry: NoticeEntry, { severity }: Notice, shown: number): string[] {
  const { findings, added, grown = [], gone, goneCount, change } = entry;
  const isNew = ({ id }: Pick<StoredFinding, 'id'>) => change === 'updated' && added.includes(id);
  const likeness = ({ details, severity, impact, id }: StoredFinding): string | undefined =>
    typeof details?.likewise === 'string'
      ? JSON.stringify([details.likewise, severity, impact, isNew({ id })])
      : undefined;
  const told = new Map(together(findings.slice(0, shown), likeness).map(({ first, others }) => [first, others]));
  const blocks = findings.slice(0, shown).map((finding, index): Block => {
    const others = told.get(finding);
    // It is named with the first that is so.
    if (!others) return { severity: finding.severity, impact: finding.impact, index, lines: [] };
    const number = findings.length > 1 ? `${index + 1}. ` : '';
    const marks = [
      ...(isNew(finding) ? ['NEW'] : []),
      ...(grown.includes(finding.id) ? ['IN MORE PLACES'] : []),
      ...(finding.severity === severity ? [] : [finding.severity]),
    ];
    const lines = [
      '',
      ...findingText(finding, `${number}${marks.length > 0 ? `(${marks.join(', ')}) ` : ''}`),
      ...likewiseLines(others),
    ];
    return { severity: finding.severity, impact: finding.impact, index, lines };
  });
  const names = gone.slice(0, shown).map(({ message }) => `- ${printable(message)}`);
  const more = goneCount > names.length ? [`- and ${goneCount - names.length} more`] : [];
  return [...groupedLines(blocks), ...(goneCount > 0 ? ['', 'No longer wrong:', ...names, ...more] : [])];
}

interface Block extends Pick<StoredFinding, 'severity' | 'impact'> {
  index: number;
  lines: string[];
}

function groupedLines(blocks: readonly Block[]): string[] {
  const groups = groupByImpact(blocks);
  if (groups.length < 2) return blocks.flatMap(({ lines }) => lines);
  const order = groups.flatMap(({ findings }) => findings.map(({ index }) => index));
  const isSorted = order.every((index, place) => index === place);
  return [
    ...(isSorted ? [] : ['', 'Grouped by what they break; repairs run in the order of the numbers.']),
    ...groups.flatMap(({ heading, counts, findings }) => [
      '',
      `${heading} (${severityCounts(counts)}):`,
      ...findings.flatMap(({ lines }) => lines),
    ]),
  ];
}

function findingText(finding: StoredFinding, prefix: string): string[] {
  const difference = finding.details?.difference;
  const name = typeof difference === 'string' ? ` (difference ${printable(difference)})` : '';
  return [`${prefix}${printable(finding.message)}${name}`, ...remedyLines(finding).map((line) => `   ${line}`)];
}

/** The others by name, and their statements. */
function likewiseLines(others: readonly StoredFinding[]): string[] {
  if (others.length === 0) return [];
  const names = others.map(({ subject, details }) => {
    const difference = details?.difference;
    return `${printable(subject)}${typeof difference === 'string' ? ` (difference ${printable(difference)})` : ''}`;
  });
  const steps = others.flatMap(({ details }) => repairSteps.safeParse(details?.repair).data ?? []);
  const sql = steps.flatMap((step) => (typeof step === 'string' ? [] : printableLines(step.sql)));
  return [`   Likewise, ${others.length} more: ${names.join(', ')}`, ...sql.map((line) => `     ${line}`)];
}

const statement = z.looseObject({ sql: z.string(), class: z.string(), reason: z.string() });
const withoutSql = z.union([
  z.looseObject({ none: z.string() }).transform(({ none }) => none),
  z.looseObject({ with: z.string() }).transform((step) => `Repaired together with ${step.with}.`),
]);
const repairSteps = z.array(z.union([statement, withoutSql]));

/** The repair SQL with how dangerous each statement is, where the finding has it; else the remedy as it is. */
function remedyLines({ remedy, details }: StoredFinding): string[] {
  const steps = repairSteps.safeParse(details?.repair).data ?? [];
  if (steps.some((step) => typeof step !== 'string')) {
    const otherwise = details?.otherwise;
    return [...steps.flatMap(stepLines), ...(typeof otherwise === 'string' ? [printable(otherwise)] : [])];
  }
  const [first, ...rest] = printableLines(remedy);
  return first === undefined || remedy === '' ? [] : [`Next: ${first}`, ...rest.map((line) => `  ${line}`)];
}

function stepLines(step: z.output<typeof statement> | string): string[] {
  if (typeof step === 'string') return [printable(step)];
  return [
    `Repair, ${printable(step.class)}: ${printable(step.reason)}`,
    ...printableLines(step.sql).map((line) => `  ${line}`),
  ];
}
