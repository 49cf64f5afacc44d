// The verdict of the gate as Markdown, for a pull request. What comes from outside stands in code, which is never markup.
// Stays within what a comment may hold and says what it leaves out.

import { type Prose, proseText } from '../../lambda/gate/prose.ts';
import type { Detail } from '../../lambda/gate/rule.ts';
import type { GateReport, RuleResult } from '../../lambda/gate/run.ts';
import { minuteOf } from '../../lambda/point-in-time.ts';
import { codeSpan } from '../report/code-text.ts';
import { longestComment } from '../report/markdown.ts';
import { countsText, ruleTitles, statusWords, verdictWords } from './titles.ts';

const signs: Readonly<Record<RuleResult['status'], string>> = { pass: '✅', fail: '❌', unknown: '❓', off: '➖' };

/** For what says how much is left out. */
const reserve = 400;

export function gateMarkdown(report: GateReport, limit = longestComment): string {
  const { target, environment, status, rules, startedAt } = report;
  const head = [
    `## ${signs[status]} ${codeSpan(target)} (${codeSpan(environment)}) ${verdictWords[status]}`,
    '',
    `${countsText(rules)}; looked at ${minuteOf(startedAt)} by \`driftwatch gate\``,
    '',
    '| | rule | what was found |',
    '|---|---|---|',
    ...rules.map(
      ({ rule, status: one, summary }) =>
        `| ${signs[one]} ${statusWords[one]} | ${ruleTitles[rule]} | ${cell(summary)} |`,
    ),
  ];
  const sections = rules.filter(
    ({ details, status: one }) => details.length > 0 || one === 'fail' || one === 'unknown',
  );
  return [...head, ...sectionLines(sections, limit - size(head) - reserve)].join('\n');
}

/** As many details as there is room for, rule by rule; the rest is counted. */
function sectionLines(rules: readonly RuleResult[], room: number): string[] {
  const frames = rules.map((rule) => ({ rule, lines: frameLines(rule) }));
  let left = room - frames.reduce((sum, { lines }) => sum + size(lines.above) + size(lines.below), 0);
  return frames.flatMap(({ rule: { details }, lines: { above, below } }) => {
    const shown: string[] = [];
    for (const detail of details) {
      const line = detailLine(detail);
      left -= line.length + 1;
      if (left < 0) break;
      shown.push(line);
    }
    const missing = details.length - shown.length;
    const more = missing > 0 ? [`- and ${missing} more: \`--format json\` has them all`] : [];
    return [...above, ...shown, ...more, ...below];
  });
}

function frameLines(result: RuleResult): { above: string[]; below: string[] } {
  const { rule, status } = result;
  const next = status === 'fail' || status === 'unknown' ? [`**Next:** ${inCode(result.remedy)}`] : [];
  const hasDetails = result.details.length > 0;
  return {
    above: ['', `### ${ruleTitles[rule]}`, ''],
    below: hasDetails && next.length > 0 ? ['', ...next] : next,
  };
}

function detailLine({ tag, id, text }: Detail): string {
  return `- ${tag === undefined ? '' : `**${tag}** `}${inCode(text)}${id === undefined ? '' : ` ${codeSpan(id)}`}`;
}

function inCode(prose: Prose): string {
  return proseText(prose, codeSpan);
}

/** A bar ends a cell, also within code: https://github.github.com/gfm/#example-200 */
function cell(prose: Prose): string {
  return inCode(prose).replaceAll('|', '\\|');
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
