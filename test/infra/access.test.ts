import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, refuseEnvironmentSecrets } from '../../infra/access.ts';
import { parsePattern, patternProblem } from '../../lambda/checks/backup/key-pattern.ts';
import { planListing } from '../../lambda/checks/backup/listing-plan.ts';
import { checkWith, settingsWith, targetWith } from './support.ts';

const now = new Date('2026-11-20T06:00:00Z');
const tls = { mode: 'verify-full' } as const;

describe('accessOf', () => {
  it('finds what is to be read wherever it stands, sorted, each once', () => {
    const a = {
      ...targetWith(
        'a',
        checkWith('probe:login', {
          settings: {
            login: { credentials: 'prod/a/login' },
            headers: { 'x-key': { secret: 'prod/a/key' } },
            url: 'https://a.example',
          },
        }),
        checkWith('backup:nightly', { settings: { bucket: 'backups', key: 'a/{YYYY}.sql' } }),
      ),
      database: { secret: 'prod/a/database', tls },
    };
    const b = {
      ...targetWith(
        'b',
        checkWith('backup:nightly', {
          settings: { copies: [{ bucket: 'backups', key: 'a/*.gz' }, { bucket: 'archive' }] },
        }),
      ),
      database: {
        iam: true,
        host: 'db',
        port: 5432,
        database: 'b',
        user: 'driftwatch',
        region: 'eu-west-1',
        tls,
      } as const,
    };
    expect(accessOf(settingsWith(a, b))).toEqual({
      secrets: ['prod/a/database', 'prod/a/key', 'prod/a/login'],
      environmentSecrets: [],
      objects: [
        { bucket: 'archive', prefix: '' },
        { bucket: 'backups', prefix: 'a/' },
      ],
      databaseUsers: [{ user: 'driftwatch', region: 'eu-west-1' }],
      calls: ['a probe:login https://a.example'],
    });
  });

  it('tells secrets in environment variables by their paths', () => {
    const a = {
      ...targetWith(
        'a',
        checkWith('probe:login', { settings: { login: { credentials: 'env:LOGIN' }, steps: [{ secret: 'env:KEY' }] } }),
      ),
      database: { secret: 'env:DATABASE_URL', tls },
    };
    expect(accessOf(settingsWith(a))).toMatchObject({
      secrets: [],
      environmentSecrets: [
        'targets.a.checks.probe:login.login.credentials',
        'targets.a.checks.probe:login.steps[0].secret',
        'targets.a.database.secret',
      ],
    });
  });

  it('refuses those where a function is deployed', () => {
    const access = accessOf(settingsWith({ ...targetWith('a'), database: { secret: 'env:DATABASE_URL', tls } }));
    expect(() => refuseEnvironmentSecrets(access)).toThrow('- targets.a.database.secret\n');
    expect(() => refuseEnvironmentSecrets({ ...access, environmentSecrets: [] })).not.toThrow();
  });

  it('lets a backup check read what it lists, whatever its keys are like', () => {
    const part = fc.constantFrom('db/', 'prod_', '{YYYY}', '{MM}', '{DD}', '*', '?', '.sql', 'x');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const key = parts.join('');
        fc.pre(patternProblem(key) === undefined);
        const settings = { bucket: 'backups', key };
        const { objects } = accessOf(settingsWith(targetWith('a', checkWith('backup', { settings }))));
        const { stem, recent } = planListing(parsePattern(key), { now, maxAge: 26 * 3_600_000, timeZone: 'UTC' });
        expect(objects).toEqual([{ bucket: 'backups', prefix: stem }]);
        for (const prefix of recent) expect(prefix.startsWith(stem)).toBe(true);
      }),
    );
  });

  it('finds nothing in settings that name nothing', () => {
    expect(accessOf(settingsWith(targetWith('a', checkWith('schema', { settings: undefined }))))).toEqual({
      secrets: [],
      environmentSecrets: [],
      objects: [],
      databaseUsers: [],
      calls: [],
    });
  });
});
