export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api', every: '15m', cron: '0 6 * * ? *' },
        'backup:nightly': { bucket: 'backups', key: 'a', timeZone: 'Europe/Berlin' },
      },
    },
  },
};
