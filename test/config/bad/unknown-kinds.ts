export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        shema: { model: 'pap-api' },
        'prob:health': { url: 'https://api.example.com/health' },
        constructor: {},
        ping: {},
      },
    },
  },
};
