import { describe, expect, test } from 'vitest';
import { backupSettings } from '../../../lambda/checks/backup/settings.ts';

const given = { bucket: 'acme-backups', key: 'db/backup_prod_{YYYY}{MM}{DD}.sql' };

describe('backup settings', () => {
  test('have defaults for all but bucket and key', () => {
    expect(backupSettings.parse(given)).toEqual({
      ...given,
      keyTimeZone: 'UTC',
      maxAge: 26 * 3_600_000,
      completeWithin: 2 * 3_600_000,
    });
  });

  test('take everything that is allowed', () => {
    const written = {
      ...given,
      files: ['schema.sql', 'data_*.sql'],
      keyTimeZone: 'Europe/Berlin',
      maxAge: '2d',
      minSize: '10MB',
    };
    expect(backupSettings.parse(written)).toMatchObject({ minSize: 10_000_000, maxAge: 172_800_000 });
  });

  test.each([
    [{ bucket: 's3://acme' }, 'bucket', 'without "s3://"'],
    [{ key: 'db/{Y}.sql' }, 'key', '"{Y}" is no placeholder'],
    [{ keyTimeZone: 'Berlin' }, 'keyTimeZone', 'expected the name of a time zone'],
    [{ files: ['a_{YYYY}.sql'] }, 'files.0', 'expected no date here'],
    [{ files: [] }, 'files', 'Too small'],
    [{ maxAge: '26 hours' }, 'maxAge', 'expected a duration'],
    [{ maxAge: '900d' }, 'maxAge', 'expected at most "400d"'],
    [{ minSize: '10 MB' }, 'minSize', 'expected a size'],
    [{ prefix: 'db/' }, '', 'Unrecognized key'],
  ])('refuse %j', (wrong, path, message) => {
    const issues = backupSettings.safeParse({ ...given, ...wrong }).error?.issues ?? [];
    expect(issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')).toContain(`${path}: `);
    expect(issues.map((issue) => issue.message).join('\n')).toContain(message);
  });
});
