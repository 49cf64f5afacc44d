export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api', maxModelAge: '30 days', every: '90s', timeout: '11m' },
        'backup:a': { bucket: 'backups', key: 'a', every: '0m' },
        'backup:b': { bucket: 'backups', key: 'b', every: '500ms', timeout: '500ms' },
        'backup:c': { bucket: 'backups', key: 'c', every: '5m', timeout: '5m' },
        'probe:a': { url: 'https://api.example.com/health', timeout: '6m' },
        'backup:d': { bucket: 'backups', key: 'd', every: 5, maxAge: '-1h' },
      },
    },
  },
};
