const around = {
  environment: 'production',
  database: { secret: 'prod/pap-api/database' },
  checks: {
    schema: { model: 'pap-api' },
    'schema:reports': { model: 'reports' },
    'backup:nightly': { bucket: 'backups', key: 'a-{YYYY}.sql' },
    'probe:health': { url: 'https://api.example.com/health' },
  },
};

export default {
  name: 'control-core',
  targets: {
    'no-object': { ...around, gate: true },
    'wrong-rules': {
      ...around,
      gate: {
        shema: {},
        environment: { required: ['CC-DROP'], forbiden: {}, forbidden: { ADMIN_PASSWORD: 'planted' } },
        database: true,
        backup: { maxAge: 'an hour', checks: ['backup:nightli'] },
        changeWindow: {
          timeZone: 'Berlin',
          open: [
            { days: ['monday'], from: '9', to: '25:00' },
            { from: '09:00', to: '09:00' },
          ],
          frozen: [{ from: '2026-12-24', to: '2026-12-20', reason: 'holidays' }, { from: '24.12.2026' }],
        },
      },
    },
    'what-is-not-there': {
      ...around,
      database: undefined,
      checks: { 'probe:health': { url: 'https://api.example.com/health' } },
      gate: {
        schema: { allow: 'dangerous' },
        database: {},
        defaultCredentials: { credentials: 'prod/pap-api/default', probe: 'probe:login' },
        backup: {},
        changeWindow: {},
      },
    },
    'which-one': { ...around, gate: { schema: {}, defaultCredentials: { credentials: 'env:DEFAULT' } } },
  },
};
