// Variables of a new version: which are missing, forbidden or nobody's choice; and no value anywhere in what is said.
import { describe, expect, test } from 'vitest';
import { EdgeError } from '../../lambda/errors.ts';
import { isPlaceholder } from '../../lambda/gate/placeholder.ts';
import type { Variables } from '../../lambda/gate/rule.ts';
import { environment } from '../../lambda/gate/rules/environment.ts';
import { type GateWritten, ruleSettings } from '../../lambda/gate/settings.ts';
import { inputFor, verdictOf } from './gate-input.ts';

type Written = NonNullable<Exclude<GateWritten['environment'], false>>;
type Values = Readonly<Record<string, string | undefined>>;

function judged(written: Written | undefined, values: Values, source: Variables['source'] = { file: '.env' }) {
  const variables = { source, read: async () => values };
  return verdictOf(
    'environment',
    inputFor({ gate: written === undefined ? {} : { environment: written } }, { variables }),
  );
}

const required = ['DATABASE_URL', 'SECRET_KEY'];
const good = { DATABASE_URL: 'postgres://app:k4Fz-81@db/app', SECRET_KEY: '9f2c77a1' };

test('variables that are set and nobody forbids pass', async () => {
  expect(
    await judged({ required, forbidden: { CC_DROP_TABLES: 'true' } }, { ...good, CC_DROP_TABLES: 'false' }),
  ).toEqual({
    status: 'pass',
    summary: '3 variables in .env are as they have to be',
    details: [],
    remedy: undefined,
  });
});

test('what is missing, empty, forbidden, or as in an example is told by name, all of it', async () => {
  const written = {
    required: [...required, 'S3_REGION', 'S3_BUCKET_NAME'],
    forbidden: { CC_DROP_TABLES: ['true', '1'] },
  };
  const values = { DATABASE_URL: ' ', S3_REGION: undefined, SECRET_KEY: 'changeme', CC_DROP_TABLES: 'TRUE ' };
  const verdict = await judged(written, values);
  expect(verdict).toMatchObject({
    status: 'fail',
    summary:
      '5 of 5 variables in .env are not as they have to be: CC_DROP_TABLES, DATABASE_URL, S3_BUCKET_NAME, S3_REGION and SECRET_KEY',
    details: [
      'missing: S3_BUCKET_NAME is required and not there',
      'missing: S3_REGION is required and not there',
      'missing: DATABASE_URL is required and empty',
      'forbidden: CC_DROP_TABLES has a value that it must not have in production',
      'default: SECRET_KEY still has a value that stands for one nobody has chosen',
    ],
  });
});

test.each<[string, Written, Values, string]>([
  ['the name of a secret that nobody listed', {}, { ...good, JWT_SECRET: 'secret' }, 'JWT_SECRET'],
  [
    'a password inside a URL',
    { required },
    { ...good, DATABASE_URL: 'postgres://app:postgres@db/app' },
    'DATABASE_URL',
  ],
  ['a placeholder of their own', { placeholders: { MODE: 'sample-mode' } }, { MODE: 'Sample-Mode' }, 'MODE'],
])('%s', async (_name, written, values, name) => {
  expect(await judged(written, values)).toMatchObject({
    status: 'fail',
    details: [`default: ${name} still has a value that stands for one nobody has chosen`],
  });
});

test('what the settings except may be what it is', async () => {
  expect(await judged({ except: ['JWT_SECRET'] }, { JWT_SECRET: 'secret' })).toMatchObject({ status: 'pass' });
});

test('a reference to another variable is not verified, and not passed', async () => {
  for (const value of [`\${SECRET_KEY}`, '$SECRET_KEY', `\${SECRET_KEY:-other}`]) {
    expect(await judged({ required }, { ...good, SECRET_KEY: value })).toMatchObject({
      status: 'unknown',
      summary: 'not verified: SECRET_KEY in .env refers to other variables',
    });
  }
  expect(await judged({ required }, { ...good, SECRET_KEY: 'a$b{c}' })).toMatchObject({ status: 'pass' });
});

test('of the pipeline itself only what the settings name is looked at', async () => {
  const values = { ...good, GITHUB_TOKEN: 'secret' };
  expect(await judged({ required }, values, 'process')).toMatchObject({
    status: 'pass',
    summary: '2 variables in the environment of this command are as they have to be',
  });
});

test('names that objects have by nature are not there', async () => {
  expect(await judged({ required: ['constructor', 'toString'] }, {})).toMatchObject({ status: 'fail' });
});

test('it is off when nothing asks for it, and on when a file is given', async () => {
  expect(await judged(undefined, {}, 'process')).toMatchObject({ status: 'off' });
  expect(await judged(undefined, { API_TOKEN: 'changeme' })).toMatchObject({ status: 'fail' });
  const input = inputFor(
    { gate: { environment: false } },
    { variables: { source: { file: '.env' }, read: async () => ({}) } },
  );
  expect(await verdictOf('environment', input)).toMatchObject({
    status: 'off',
    summary: 'switched off in the settings',
  });
});

test('a file that cannot be read is not verified', async () => {
  const read = async () => {
    throw new EdgeError('missing', '.env could not be read: it does not exist.', { remedy: 'Check the path.' });
  };
  const input = inputFor({}, { variables: { source: { file: '.env' }, read } });
  expect(await verdictOf('environment', input)).toEqual({
    status: 'unknown',
    summary: 'not verified: .env could not be read: it does not exist.',
    details: [],
    remedy: 'Check the path.',
  });
});

test('no value is in evidence or verdict', async () => {
  const values = {
    DATABASE_URL: 'postgres://app:planted-1@db/app',
    SECRET_KEY: 'changeme-planted-2',
    CC_DROP_TABLES: 'planted-3',
    JWT_SECRET: `\${planted_4}`,
  };
  const settings = ruleSettings.environment.parse({ required, forbidden: { CC_DROP_TABLES: 'planted-3' } });
  const variables = { source: { file: '.env' }, read: async () => values };
  const signal = AbortSignal.timeout(1_000);
  const evidence = await environment.collect({ settings, input: inputFor({}, { variables }), signal });
  const verdict = environment.judge(evidence, { settings, target: 'pap-api', now: new Date(0) });
  expect(JSON.stringify({ evidence, verdict })).not.toMatch(/planted/);
});

describe('values that nobody has chosen', () => {
  test.each([
    'changeme',
    'CHANGE_ME',
    'change-this',
    'change-in-production',
    'changeit123',
    'replace-me',
    'replace_with_a_real_key',
    'placeholder',
    'TODO',
    '<secret>',
    '[insert key]',
    'xxxx',
    '********',
    'your-secret-key-here',
    'my_secret_key',
    'insert-key-here',
    'django-insecure-5b3n',
    'not-a-secret',
  ])('%s, whatever the variable', (value) => {
    expect(isPlaceholder('ANYTHING', value)).toBe(true);
  });
  test.each([
    'secret',
    'admin',
    'admin123',
    'password1',
    'postgres',
    'minioadmin',
    'test',
    '123456',
    'default',
    'null',
  ])('%s, for a secret and nothing else', (value) => {
    expect(isPlaceholder('DB_PASSWORD', value)).toBe(true);
    expect(isPlaceholder('MODE', value)).toBe(false);
  });
  test.each([
    '9f2c77a1',
    'correct horse battery staple',
    'Secret-of-Mana-1993',
    'https://me@example.com/x',
    'a:b@c',
    '',
  ])('not %s', (value) => expect(isPlaceholder('SECRET_KEY', value)).toBe(false));
  test('a long value is looked at no longer than a short one', () => {
    const started = performance.now();
    for (const value of ['my-'.repeat(50_000), `your${'_key'.repeat(50_000)}`])
      expect(isPlaceholder('A', value)).toBe(false);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
