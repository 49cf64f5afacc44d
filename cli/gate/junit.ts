// The verdict of the gate as JUnit XML, which CI systems show: a rule is a test case. What could not be verified is an
// error, what is switched off is skipped. Pure.
import { proseText } from '../../lambda/gate/prose.ts';
import type { Detail } from '../../lambda/gate/rule.ts';
import type { GateReport, RuleResult } from '../../lambda/gate/run.ts';
import { ruleTitles } from './titles.ts';

type Attributes = Readonly<Record<string, string | number>>;

export function gateJunit({ startedAt, rules, ...about }: GateReport): string {
  const [target, environment] = [about.target, about.environment].map((name) => proseText([{ data: name }]));
  const count = (status: RuleResult['status']) => rules.filter((rule) => rule.status === status).length;
  const counts = {
    tests: rules.length,
    failures: count('fail'),
    errors: count('unknown'),
    skipped: count('off'),
    time: seconds(Math.max(0, ...rules.map(({ durationMs }) => durationMs))),
  };
  const suite = {
    name: `${target} (${environment})`,
    timestamp: startedAt.slice(0, 19),
    hostname: 'driftwatch',
    ...counts,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'driftwatch gate', ...counts }),
    `  ${open('testsuite', suite)}`,
    ...rules.flatMap((rule) => caseLines(rule, `driftwatch.gate.${target}`).map((line) => `    ${line}`)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function caseLines(result: RuleResult, classname: string): string[] {
  const { rule, durationMs } = result;
  const attributes = { name: ruleTitles[rule], classname, time: seconds(durationMs) };
  return [open('testcase', attributes), ...outcomeLines(result).map((line) => `  ${line}`), '</testcase>'];
}

function outcomeLines(result: RuleResult): string[] {
  const message = proseText(result.summary);
  const details = result.details.map(detailText);
  switch (result.status) {
    case 'pass':
      return element('system-out', {}, [message, ...details]);
    case 'off':
      return [`${open('skipped', { message }).slice(0, -1)}/>`];
    case 'fail':
      return element('failure', { message, type: 'fail' }, [...details, `Next: ${proseText(result.remedy)}`]);
    case 'unknown':
      return element('error', { message, type: 'not verified' }, [...details, `Next: ${proseText(result.remedy)}`]);
  }
}

function detailText({ tag, id, text }: Detail): string {
  return `${tag === undefined ? '' : `${tag}: `}${proseText(text)}${id === undefined ? '' : ` [${id}]`}`;
}

/** The text's lines begin at the margin: its white space is shown. */
function element(name: string, attributes: Attributes, lines: readonly string[]): string[] {
  return [`${open(name, attributes)}${lines.map(xmlText).join('\n')}</${name}>`];
}

function open(name: string, attributes: Attributes): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return `<${name}${written.join('')}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * For text and attributes. Characters that XML 1.0 forbids, even as references, become U+FFFD:
 * https://www.w3.org/TR/xml/#charsets
 */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (sign) => entities[sign] ?? `&#${sign.charCodeAt(0)};`);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
