// What the rules and their verdicts are called where people read them.
import type { RuleResult } from '../../lambda/gate/run.ts';
import type { RuleName } from '../../lambda/gate/settings.ts';
import type { OutcomeStatus } from '../../lambda/monitor/outcome.ts';

export const ruleTitles: Readonly<Record<RuleName, string>> = {
  schema: 'schema',
  environment: 'environment variables',
  database: 'database',
  defaultCredentials: 'default credentials',
  backup: 'backup',
  changeWindow: 'change window',
};

export const statusWords: Readonly<Record<RuleResult['status'], string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  unknown: 'NOT VERIFIED',
  off: 'off',
};

/** What it means for the deployment. */
export const verdictWords: Readonly<Record<OutcomeStatus, string>> = {
  pass: 'may be deployed',
  fail: 'must not be deployed',
  unknown: 'not verified',
};

/** "1 rule fails, 4 pass, 1 is off". */
export function countsText(rules: readonly RuleResult[]): string {
  const count = (status: RuleResult['status']) => rules.filter((rule) => rule.status === status).length;
  const [fail, unknown, pass, off] = [count('fail'), count('unknown'), count('pass'), count('off')];
  const said = [
    ...(fail > 0 ? [`${fail} ${fail === 1 ? 'fails' : 'fail'}`] : []),
    ...(unknown > 0 ? [`${unknown} not verified`] : []),
    ...(pass > 0 ? [`${pass} ${pass === 1 ? 'passes' : 'pass'}`] : []),
    ...(off > 0 ? [`${off} ${off === 1 ? 'is' : 'are'} off`] : []),
  ];
  return `of ${rules.length} rules ${said.join(', ')}`;
}
