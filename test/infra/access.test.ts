import { describe, expect, it } from 'vitest';
import { accessOf } from '../../infra/access.ts';
import { checkWith, settingsWith, targetWith } from './support.ts';

const tls = { mode: 'verify-full' } as const;

describe('accessOf', () => {
  it('finds what is to be read wherever it stands, sorted, each once', () => {
    const a = {
      ...targetWith(
        'a',
        checkWith('probe:login', {
          settings: { login: { body: { secret: 'prod/a/login' } }, url: 'https://a.example' },
        }),
        checkWith('backup:nightly', { settings: { bucket: 'backups', prefix: 'a/' } }),
      ),
      database: { secret: 'prod/a/database', tls },
    };
    const b = {
      ...targetWith(
        'b',
        checkWith('backup:nightly', {
          settings: { copies: [{ bucket: 'backups', prefix: 'a/' }, { bucket: 'archive' }] },
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
      secrets: ['prod/a/database', 'prod/a/login'],
      environmentSecrets: [],
      objects: [
        { bucket: 'archive', prefix: '' },
        { bucket: 'backups', prefix: 'a/' },
      ],
      databaseUsers: [{ user: 'driftwatch', region: 'eu-west-1' }],
    });
  });

  it('tells secrets in environment variables by their paths', () => {
    const a = {
      ...targetWith('a', checkWith('probe:login', { settings: { credentials: [{ secret: 'env:LOGIN' }] } })),
      database: { secret: 'env:DATABASE_URL', tls },
    };
    expect(accessOf(settingsWith(a))).toMatchObject({
      secrets: [],
      environmentSecrets: ['a.checks["probe:login"].credentials.0.secret', 'a.database.secret'],
    });
  });

  it('finds nothing in settings that name nothing', () => {
    expect(accessOf(settingsWith(targetWith('a', checkWith('schema', { settings: undefined }))))).toEqual({
      secrets: [],
      environmentSecrets: [],
      objects: [],
      databaseUsers: [],
    });
  });
});
