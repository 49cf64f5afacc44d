// The gate in a settings file: what deploys the settings and what is deployed understand it, and nobody is given anything
// because of it.
import { expect, test } from 'vitest';
import { accessOf, refuseEnvironmentSecrets } from '../../infra/access.ts';
import { type MonitorInput, parseSettings, settingsFromJson, settingsToJson } from '../../lambda/config/index.ts';

const written: MonitorInput = {
  name: 'control-core',
  timeZone: 'Europe/Berlin',
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api' },
        'backup:nightly': { bucket: 'backups', key: 'a-{YYYY}.sql' },
        'probe:login': { url: 'https://api.example.com/login', login: { credentials: 'prod/pap-api/monitor' } },
      },
      gate: {
        schema: { allow: 'destructive' },
        environment: {
          required: ['DATABASE_URL'],
          forbidden: { CC_DROP_TABLES: 'true' },
          placeholders: { MODE: ['x'] },
        },
        database: false,
        defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' },
        backup: { maxAge: '1h' },
        changeWindow: {
          open: [{ days: ['mon'], from: '09:00' }],
          frozen: [{ from: '2026-12-24', reason: 'holidays' }],
        },
      },
    },
    plain: { environment: 'test', database: { secret: 'prod/plain/database' } },
  },
};

test('every default is filled in, and a rule that nobody mentions is absent', () => {
  const [target, plain] = parseSettings(written).targets;
  expect(target?.gate).toEqual({
    schema: { allow: 'destructive', needsBackup: 'risky', drift: 'warning' },
    environment: {
      required: ['DATABASE_URL'],
      forbidden: { CC_DROP_TABLES: ['true'] },
      placeholders: { MODE: ['x'] },
      except: [],
    },
    database: false,
    defaultCredentials: { credentials: 'env:DEFAULT_ADMIN' },
    backup: { maxAge: 3_600_000 },
    changeWindow: {
      timeZone: 'Europe/Berlin',
      open: [{ days: ['mon'], from: '09:00', to: '24:00' }],
      frozen: [{ from: '2026-12-24', reason: 'holidays' }],
    },
  });
  expect(plain && 'gate' in plain).toBe(false);
});

test('the JSON that is deployed says the same', () => {
  expect(settingsFromJson(settingsToJson(written))).toEqual(parseSettings(written));
});

test('the deployed functions are given nothing that only the gate uses', () => {
  const access = accessOf(parseSettings(written));
  expect(access.secrets).toEqual(['prod/pap-api/database', 'prod/pap-api/monitor', 'prod/plain/database']);
  expect(() => refuseEnvironmentSecrets(access)).not.toThrow();
});

test('what cannot be right is no settings', () => {
  const open = (days: string[]) =>
    ({
      ...written.targets['pap-api'],
      gate: { changeWindow: { open: [{ days }] } },
    }) as MonitorInput['targets'][string];
  expect(() => parseSettings({ ...written, targets: { a: open([]) } })).toThrow(/gate\.changeWindow\.open\[0\]\.days/);
});
