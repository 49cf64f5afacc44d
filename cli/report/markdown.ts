// A report as Markdown for pull requests: counts, then what breaks, worst first, with everything long folded. Everything
// that comes from a database stands in code, which is never markup. Stays within what a comment may hold and says what it
// leaves out.

import { severities } from '../../lambda/monitor/finding.ts';
import { groupByImpact, type ImpactGroup, severityCounts } from '../../lambda/monitor/notice/impact-groups.ts';
import { assess } from '../../lambda/postgres/assessment/assess.ts';
import { cut } from '../../lambda/postgres/assessment/prose.ts';
import { codeBlock, codeHtml, codeSpan } from './code-text.ts';
import { type Detail, detailOf } from './detail.ts';
import type { DiffLine } from './line-diff.ts';
import { type Destructive, type RepairScript, repairScript } from './repair-script.ts';
import type { Difference, DriftReport } from './report.ts';
import {
  alongText,
  counted,
  headline,
  likewiseText,
  scopeText,
  sideText,
  subjectText,
  tenantsText,
  toldTogether,
} from './words.ts';

export interface MarkdownOptions {
  /** The repair SQL as well. @default none */
  repair?: Destructive | undefined;
  /** Longest text, in UTF-16 units. @default what a GitHub comment holds */
  limit?: number;
}

/** GitHub refuses a comment that is longer. */
export const longestComment = 65_536;
/** For what says how much is left out. */
const reserve = 600;
/** What the findings may take of it when the SQL has to fit as well. */
const shareOfFindings = 0.6;
/** Lines of one difference's definition, objects that could not be verified, longest name: the rest is counted. */
const longestDetail = 60;
const longestUnverified = 20;
const longestName = 400;

export function reportMarkdown(report: DriftReport, { repair, limit = longestComment }: MarkdownOptions = {}): string {
  const groups = groupByImpact(report.differences);
  const script = repair === undefined || report.repair.length === 0 ? undefined : repairScript(report, repair);
  const frame = [...headLines(report, groups), ...unverifiedLines(report)].join('\n').length;
  const room = Math.max(0, limit - frame - reserve);
  const size = (lines: readonly string[]) => lines.join('\n').length;
  const short = findingLines(groups, script ? room * shareOfFindings : room);
  const sql = script ? scriptBlock(script, room - size(short)) : [];
  // What the SQL leaves free is theirs.
  const findings = script ? findingLines(groups, room - size(sql)) : short;
  return [...headLines(report, groups), ...findings, ...sql, ...unverifiedLines(report)].join('\n');
}

function headLines(report: DriftReport, groups: readonly ImpactGroup<Difference>[]): string[] {
  const scope = scopeText(report);
  const rows = groups.map(
    ({ heading, counts }) => `| ${heading} | ${severities.map((one) => counts[one] || '').join(' | ')} |`,
  );
  return [
    `## Schema drift: ${headline(report)}`,
    '',
    `- model: ${sideText(report.model, codeSpan)}`,
    `- production: ${sideText(report.production, codeSpan)}`,
    ...(scope === undefined ? [] : ['', scope]),
    ...(rows.length === 0 ? [] : ['', `| what breaks | ${severities.join(' | ')} |`, '|---|--:|--:|--:|', ...rows]),
  ];
}

/** As many differences as there is room for, the worst first: whole, or without what is folded, or counted. */
function findingLines(groups: readonly ImpactGroup<Difference>[], room: number): string[] {
  const lines: string[] = [];
  let used = 0;
  const fits = (more: readonly string[]) => used + more.join('\n').length + 1 <= room;
  const add = (more: readonly string[]) => {
    lines.push(...more);
    used += more.join('\n').length + 1;
  };
  const left: Difference[] = [];
  for (const { heading, counts, findings } of groups) {
    const title = ['', `### ${heading} (${severityCounts(counts)})`];
    for (const [index, { first, others }] of toldTogether(findings).entries()) {
      const above = index === 0 ? title : [];
      const whole = [...above, ...differenceLines(first, others, true)];
      const short = [...above, ...differenceLines(first, others, false)];
      if (left.length === 0 && fits(whole)) add(whole);
      else if (left.length === 0 && fits(short)) add(short);
      else left.push(first, ...others);
    }
  }
  return [...lines, ...leftOut(left)];
}

function leftOut(left: readonly Difference[]): string[] {
  const [group] = groupByImpact(left.map(({ severity }) => ({ severity, impact: 'cosmetic' as const })));
  if (!group) return [];
  const counts = severityCounts(group.counts);
  return [
    '',
    `**${counted(left.length, 'more difference')} left out (${counts}): \`--format text\` and \`--format json\` have them all.**`,
  ];
}

/** @param whole with what is folded */
function differenceLines({ id, severity, entry }: Difference, others: readonly Difference[], whole: boolean): string[] {
  const likewise = likewiseText(others, codeSpan, codeSpan);
  const along = [alongText(entry, codeSpan), tenantsText(entry, codeSpan), likewise].filter(
    (text) => text !== undefined,
  );
  return [
    '',
    `**${severity}** ${codeSpan(cut(subjectText(entry), longestName))} ${codeSpan(id)}<br>`,
    [assess(entry, { mark: codeSpan }).message, ...along].join('<br>\n'),
    ...detailLines(detailOf(entry), whole),
  ];
}

function detailLines(detail: Detail, whole: boolean): string[] {
  switch (detail.form) {
    case 'pair':
      return ['', `- model: ${codeSpan(detail.model)}`, `- production: ${codeSpan(detail.production)}`];
    case 'lines':
      return whole
        ? folded('what differs (- model, + production)', codeBlock('diff', cutLines(detail.lines.map(diffLine))))
        : notShown;
    case 'object': {
      const { side, values, texts } = detail;
      const told = values.length === 0 ? [] : ['', `- ${side}: ${values.map(codeSpan).join('; ')}`];
      const blocks = texts.flatMap(({ label, lines }) =>
        folded(`${side}: ${codeHtml(label)}`, codeBlock('', cutLines(lines))),
      );
      return [...told, ...(whole || blocks.length === 0 ? blocks : notShown)];
    }
  }
}

const notShown = ['', '(its definition is too long to be shown here)'];

/** @param title HTML: Markdown means nothing in it */
function folded(title: string, block: readonly string[]): string[] {
  return ['', `<details><summary>${title}</summary>`, '', ...block, '', '</details>'];
}

function diffLine(line: DiffLine): string {
  return 'skipped' in line ? `  ... ${line.skipped} equal` : `${line.sign} ${line.text}`;
}

function cutLines(lines: readonly string[]): string[] {
  if (lines.length <= longestDetail) return [...lines];
  const left = lines.length - longestDetail + 1;
  return [...lines.slice(0, longestDetail - 1), `  ... and ${left} more lines`];
}

/** As many statements as there is room for, from the first: each may need those before it. */
function scriptBlock({ head, statements, rest }: RepairScript, room: number): string[] {
  const blockOf = (count: number, withRest: boolean) => {
    const shown = statements.slice(0, count).flatMap((lines) => ['', ...lines]);
    return codeBlock('sql', [...head, ...shown, ...(withRest && rest.length > 0 ? ['', ...rest] : [])]);
  };
  const title = `Repair SQL (${counted(statements.length, 'statement')}), never run by Driftwatch`;
  const size = (block: readonly string[]) => block.join('\n').length + title.length;
  const all = blockOf(statements.length, true);
  if (size(all) <= room) return folded(title, all);
  let count = statements.length;
  while (count > 0 && size(blockOf(count, false)) > room) count -= Math.max(1, Math.floor(count / 8));
  const left = [
    ...(count < statements.length ? [counted(statements.length - count, 'statement')] : []),
    ...(rest.length > 0 ? [`${counted(rest.length, 'line')} of remarks`] : []),
  ].join(' and ');
  return [
    ...(count > 0 ? folded(title, blockOf(count, false)) : []),
    '',
    `**${left} of the repair left out: \`--format sql\` has them all.**`,
  ];
}

function unverifiedLines({ notVerified }: DriftReport): string[] {
  if (notVerified.length === 0) return [];
  const shown = notVerified.slice(0, longestUnverified);
  const left = notVerified.length - shown.length;
  return [
    '',
    `### Not verified (${notVerified.length})`,
    '',
    ...shown.map(
      ({ kind, subject, reason }) => `- ${codeSpan(cut(`${kind} ${subject}`, longestName))}: ${codeSpan(reason)}`,
    ),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ];
}
