export default {
  name: 'control-core',
  timeZone: 'Mars/Olympus',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        'backup:a': { bucket: 'backups', key: 'a', cron: '0 6 * * ? *', timeZone: 'Europe/Berlinn' },
        'backup:b': { bucket: 'backups', key: 'b', cron: '0 6 * * ? *', timeZone: 'europe/berlin' },
        'backup:c': { bucket: 'backups', key: 'c', cron: '0 6 * * ? *', timeZone: '+02:00' },
      },
    },
  },
};
