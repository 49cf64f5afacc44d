export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api', version: 'probe:helth' },
        'schema:other': { model: 'pap-api', version: 'probe:plain' },
        'schema:backup': { model: 'pap-api', version: 'backup:nightly' },
        'schema:fine': { model: 'pap-api', version: 'probe:health' },
        'probe:health': { url: 'https://api.example.com/health', version: 'version' },
        'probe:plain': { url: 'https://api.example.com/health' },
        'backup:nightly': { bucket: 'backups', key: 'a' },
      },
    },
  },
};
