// The verdict of the gate for people at a terminal: what it comes to first, then every rule with what it rests on and what
// to do. Nothing is left out without a count.

import { type Prose, proseText } from '../../lambda/gate/prose.ts';
import type { Detail } from '../../lambda/gate/rule.ts';
import type { GateReport, RuleResult } from '../../lambda/gate/run.ts';
import { minuteOf } from '../../lambda/point-in-time.ts';
import { type Paint, painter, wrap } from '../report/style.ts';
import { countsText, ruleTitles, statusWords, verdictWords } from './titles.ts';

export interface GateTextOptions {
  colour: boolean;
  /** Of a terminal, in characters. @default lines are as long as they are */
  width?: number | undefined;
}

const longestDetails = 60;
const colours = { pass: 'green', fail: 'red', unknown: 'yellow', off: 'dim' } as const;
const indent = ' '.repeat(6);

export function gateText(report: GateReport, { colour, width }: GateTextOptions): string {
  const paint = painter(colour);
  const { target, environment, status, rules, startedAt } = report;
  const verdict = paint(['bold', colours[status]], `${verdictWords[status].toUpperCase()}`);
  return [
    `${verdict}: ${proseText([{ data: target }, ' (', { data: environment }, ')'])}`,
    `${countsText(rules)}; looked at ${minuteOf(startedAt)}`,
    ...rules.flatMap((rule) => ['', ...ruleLines(rule, paint, width)]),
  ].join('\n');
}

function ruleLines(result: RuleResult, paint: Paint, width: number | undefined): string[] {
  const { rule, status, summary, details } = result;
  const word = paint(colours[status], statusWords[status].padEnd(statusWords.unknown.length));
  if (status === 'off') return [`${word}  ${paint('dim', `${ruleTitles[rule]}: ${proseText(summary)}`)}`];
  const lines = told(details).flatMap((detail) => detailLines(detail, paint, width));
  const left = details.length - longestDetails;
  return [
    `${word}  ${paint('bold', ruleTitles[rule])}`,
    ...wrap(proseText(summary), indent, width),
    ...lines,
    ...(left > 0 ? [`${indent}  ... and ${left} more (--format json has them all)`] : []),
    ...(status === 'fail' || status === 'unknown' ? nextLines(result.remedy, width) : []),
  ];
}

function told(details: readonly Detail[]): Detail[] {
  return details.slice(0, longestDetails);
}

function detailLines({ tag, id, text }: Detail, paint: Paint, width: number | undefined): string[] {
  const said = `${tag === undefined ? '' : `${tag}: `}${proseText(text)}${id === undefined ? '' : ` [${id}]`}`;
  const [first = '', ...rest] = wrap(said, `${indent}  `, width);
  return [`${indent}${paint('dim', '-')} ${first.trimStart()}`, ...rest];
}

function nextLines(remedy: Prose, width: number | undefined): string[] {
  return wrap(`Next: ${proseText(remedy)}`, indent, width);
}
