export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        'probe:': { url: 'https://api.example.com/health' },
        'probe:a b': { url: 'https://api.example.com/health' },
        'probe:a:b': { url: 'https://api.example.com/health' },
        'probe:ok': 'https://api.example.com/health',
      },
    },
  },
};
