export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        'probe:health': { url: 'https://api.example.com/health', failAfter: 0, passAfter: 1.5 },
      },
    },
  },
};
