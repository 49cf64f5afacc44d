import { describe, expect, test } from 'vitest';
import { probe } from '../../../lambda/checks/probe/index.ts';
import { probeSettings } from '../../../lambda/checks/probe/settings.ts';

const url = 'https://api.example.com/health';

describe('probe settings', () => {
  test('have defaults for all but the url', () => {
    expect(probeSettings.parse({ url })).toEqual({
      url,
      headers: {},
      expect: { status: [200], certificateDays: 14 },
      retries: 1,
      requestTimeout: 10_000,
      maxBody: 1_000_000,
    });
    expect(probeSettings.parse({ url, login: { credentials: 'prod/monitor' } }).login).toEqual({
      credentials: 'prod/monitor',
      encoding: 'json',
      usernameField: 'username',
      passwordField: 'password',
      fields: {},
      tokenPath: 'access_token',
      refusedStatus: [401, 403],
    });
  });

  test('take everything that is allowed', () => {
    const written = {
      url: 'http://10.0.0.5:8080/auth/login?lang=de',
      headers: { 'X-Env': 'prod', Authorization: { secret: 'env:TOKEN' } },
      expect: {
        status: [200, 204],
        json: ["status == 'ok'"],
        contains: ['ok'],
        excludes: ['error'],
        maxLatency: '2s',
        certificateDays: 30,
      },
      login: {
        credentials: 'env:CREDENTIALS',
        encoding: 'form',
        fields: { grant_type: 'password' },
        tokenPath: 'data.token',
        refusedStatus: [400],
        call: { url, expect: { status: 204 } },
      },
      version: 'build.version',
      retries: 0,
      requestTimeout: '5s',
      maxBody: '64KiB',
    } as const;
    expect(probeSettings.parse(written)).toMatchObject({
      expect: { maxLatency: 2_000 },
      login: { call: { expect: { status: [204], certificateDays: 14 } } },
      maxBody: 65_536,
    });
  });

  test.each([
    [{ url: 'api.example.com' }, 'url', 'expected an absolute http or https URL'],
    [{ url: 'ftp://example.com/' }, 'url', 'expected an absolute http or https URL'],
    [{ url: 'https://me:pw@example.com/' }, 'url', 'expected no user or password in the URL'],
    [{ url: 'https://example.com/?api_key=1' }, 'url', 'expected no secret in the URL'],
    [{ headers: { Authorization: 'Bearer x' } }, 'headers.Authorization', 'a secret never stands in settings'],
    [{ headers: { 'x-api-key': 'x' } }, 'headers.x-api-key', 'a secret never stands in settings'],
    [{ headers: { 'x-a': 'a\r\nb: c' } }, 'headers.x-a', 'printable ASCII on one line'],
    [{ headers: { 'a b': 'c' } }, 'headers.a b', 'Invalid key'],
    [{ headers: { Host: 'c' } }, 'headers.Host', 'Invalid key'],
    [{ expect: { status: 99 } }, 'expect.status', 'Invalid input'],
    [{ expect: { status: [] } }, 'expect.status', 'Too small'],
    [{ expect: { json: ['a ==='] } }, 'expect.json.0', 'is not JMESPath'],
    [{ expect: { json: ['`true`'] } }, 'expect.json.0', 'reads nothing of the answer'],
    [{ expect: { maxLatency: '2 s' } }, 'expect.maxLatency', 'expected a duration'],
    [{ expect: { statuz: 200 } }, 'expect', 'Unrecognized key'],
    [{ version: 'a ===' }, 'version', 'is not JMESPath'],
    [{ maxBody: '1GB' }, 'maxBody', 'expected at most 10MB'],
    [{ retries: 6 }, 'retries', 'Too big'],
    [{ ca: 'ca.pem' }, 'ca', 'expected certificates as PEM text'],
    [{ method: 'GET', login: { credentials: 'x' } }, 'method', 'a login posts its credentials'],
    [{ login: { credentials: 'hunter 2' } }, 'login.credentials', 'the secret itself never stands in settings'],
    [{ login: { credentials: 'x', username: 'y' } }, 'login', 'Unrecognized key'],
  ])('refuse %j', (wrong, path, message) => {
    const issues = probeSettings.safeParse({ url, ...wrong }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toContain(path);
    expect(issues.map((issue) => issue.message).join('\n')).toContain(message);
  });

  test('tell where secrets are sent', () => {
    const places = (more: object) => probe.secretsGoTo?.(probeSettings.parse({ url, ...more })).map(({ path }) => path);
    expect(places({ headers: { 'X-Env': 'prod' } })).toEqual([]);
    expect(places({ headers: { 'X-Api-Key': { secret: 'env:KEY' } } })).toEqual([['url']]);
    expect(places({ login: { credentials: 'x', call: { url } } })).toEqual([['url'], ['login', 'call', 'url']]);
  });
});
