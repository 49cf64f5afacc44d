import { expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import { select } from '../../lambda/monitor/selection.ts';
import { targetWith } from './builders.ts';

const settings = {
  targets: [
    targetWith(['schema', 'database', 'probe:login', 'probe:health'], { name: 'pap-api' }),
    targetWith(['database', 'backup:nightly'], { name: 'pro-tenant' }),
  ],
};

test.each([
  [
    'nothing named: everything',
    {},
    { 'pap-api': ['schema', 'database', 'probe:login', 'probe:health'], 'pro-tenant': ['database', 'backup:nightly'] },
  ],
  ['a target', { targets: ['pro-tenant'] }, { 'pro-tenant': ['database', 'backup:nightly'] }],
  ['a check by its id', { checks: ['probe:login'] }, { 'pap-api': ['probe:login'] }],
  [
    'checks by their kind',
    { checks: ['probe', 'database'] },
    { 'pap-api': ['database', 'probe:login', 'probe:health'], 'pro-tenant': ['database'] },
  ],
  ['both', { targets: ['pap-api'], checks: ['probe:health', 'schema'] }, { 'pap-api': ['schema', 'probe:health'] }],
])('%s', (_, named, expected) => {
  expect(Object.fromEntries(select(settings, named).map(({ target, checks }) => [target.name, checks]))).toEqual(
    expected,
  );
});

test.each([
  [
    { targets: ['pap-apo'] },
    'the settings have no target "pap-apo"; did you mean "pap-api"?',
    'There are: pap-api, pro-tenant.',
  ],
  [{ targets: ['pap-api', 'warehouse'] }, 'the settings have no target "warehouse"', 'There are: pap-api, pro-tenant.'],
  [
    { checks: ['shema'] },
    'the settings have no check "shema"; did you mean "schema"?',
    'There are: backup, backup:nightly, database, probe, probe:health, probe:login, schema.',
  ],
  [
    { targets: ['pap-api'], checks: ['backup:nightly'] },
    'the settings have no check "backup:nightly"',
    'There are: database, probe, probe:health, probe:login, schema.',
  ],
  [{ targets: ['x\u202e\n"'] }, 'the settings have no target "x\\\\u202e\\\\n\\""', 'There are: pap-api, pro-tenant.'],
])('%j is refused', (named, message, remedy) => {
  const refused = () => select(settings, named);
  expect(refused).toThrow(EdgeError);
  expect(refused).toThrow(expect.objectContaining({ reason: 'missing', message, remedy }));
});
