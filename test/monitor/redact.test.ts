import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../lambda/monitor/redact.ts';

describe('a secret that was read', () => {
  test.each([
    ['as it is', 'tr0ub4dor', 'login with tr0ub4dor failed', 'login with *** failed'],
    ['with its line end', 'tr0ub4dor\n', 'login with tr0ub4dor failed', 'login with *** failed'],
    ['as a member of JSON', '{"username":"app","password":"p@ss/word"}', 'app: p@ss/word', 'app: ***'],
    ['as a member of JSON, encoded', '{"password":"p@ss/word"}', 'tried p%40ss%2Fword', 'tried ***'],
    [
      'as the password of a URL',
      'postgres://app:p%40ss%2Fword@db/x',
      'tried p%40ss%2Fword and p@ss/word',
      'tried *** and ***',
    ],
    ['in JSON', 'a"b\\c', 'sent {"p":"a\\"b\\\\c"}', 'sent {"p":"***"}'],
    [
      'in JSON within JSON',
      'a"bc',
      JSON.stringify({ sent: JSON.stringify({ p: 'a"bc' }) }),
      '{"sent":"{\\"p\\":\\"***\\"}"}',
    ],
    ['in a form', 'p@ss word', 'tried p%40ss+word', 'tried ***'],
    ['in a page', '<p&ss>', '<b>&lt;p&amp;ss&gt;</b>', '<b>***</b>'],
    ['whose password holds an at sign', 'postgres://app:p@ss@db/x', 'tried p@ss here', 'tried *** here'],
    ['one within another', '{"a":"abcd","b":"abcdef"}', 'abcdef abcd', '*** ***'],
  ])('%s', (_, secret, text, expected) => {
    const redactor = createRedactor();
    redactor.learn(secret);
    expect(redactor.text(text)).toBe(expected);
    expect(redactor.json({ deep: [text] })).toEqual({ deep: [expected] });
  });

  test('hosts, users and databases stay readable', () => {
    const redactor = createRedactor();
    redactor.learn('{"host":"db.internal","username":"monitor","dbname":"app","port":"5432","password":"hidden"}');
    expect(redactor.text('monitor at db.internal:5432/app')).toBe('monitor at db.internal:5432/app');
  });
});

describe('what looks like a secret', () => {
  test.each([
    ['postgres://app:s3cret@db.internal/app', 'postgres://app:***@db.internal/app'],
    ['postgres://app:s3/cr@t@db.internal/app', 'postgres://app:***@db.internal/app'],
    ['authorization: Basic YXBwOnMzY3JldA==', 'authorization: Basic ***'],
    ['authorization: Bearer abcdefgh12345678', 'authorization: Bearer ***'],
    ['{"password":"s3cret","user":"x"}', '{"password":"***","user":"x"}'],
    ['{"access_token":"s3cret","refreshToken":"s3cret"}', '{"access_token":"***","refreshToken":"***"}'],
    ['{"sent":"{\\"password\\":\\"s3cret\\"}"}', '{"sent":"{\\"password\\":\\"***"}"}'],
    ['?session_token=s3cret&page=2', '?session_token=***&page=2'],
    ['password=s3cret host=db', 'password=*** host=db'],
    ['api_key: s3cret', 'api_key: ***'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here', 'token *** here'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key ***'],
    ['column users.api_key_sandbox does not exist', 'column users.api_key_sandbox does not exist'],
    ['arn:aws:secretsmanager:eu-central-1:1:secret:prod/db', 'arn:aws:secretsmanager:eu-central-1:1:secret:prod/db'],
    ['write `database: { secret: ... }`', 'write `database: { secret: ... }`'],
    ['GET http://127.0.0.1:8080/users/@me', 'GET http://127.0.0.1:8080/users/@me'],
    ['https://api.example.com/auth/login answered 500', 'https://api.example.com/auth/login answered 500'],
  ])('%s', (text, expected) => {
    expect(createRedactor().text(text)).toBe(expected);
  });

  test('facts are left as they were read', () => {
    const fact = { default: "'token: abc'::text" };
    expect(createRedactor().json(fact)).toBe(fact);
  });
});

test('no secret of four characters or more survives, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!'***'.includes(secret.trim()) && secret.trim().length >= 4 && !secret.includes('*'));
      const redactor = createRedactor();
      redactor.learn(secret);
      expect(redactor.text(`${before}${secret}${after}`)).not.toContain(secret);
    }),
  );
});
