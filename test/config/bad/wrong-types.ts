export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 5, maxModelAge: 30 },
        'backup:nightly': { bucket: 'b', key: '' },
        'probe:health': { url: 'api.example.com/health', method: 'get', expect: { status: [] } },
        'probe:login': { url: 'https://api.example.com/login', expect: { status: 'ok', json: ['a', 2] } },
      },
    },
  },
};
