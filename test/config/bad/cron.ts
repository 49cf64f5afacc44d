export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      runbook: 'https://wiki.example.com/pap-api',
      database: { secret: 'prod/pap-api/database' },
      checks: {
        schema: { model: 'pap-api', cron: '0 6 * * *' },
        'backup:a': { bucket: 'backups', key: 'a', cron: 'cron(0 6 * * ? *)' },
        'backup:b': { bucket: 'backups', key: 'b', cron: '0 24 * * ? *' },
        'backup:c': { bucket: 'backups', key: 'c', cron: '0 6 * * * *' },
        'backup:d': { bucket: 'backups', key: 'd', cron: '0 6 ? * ? *' },
        'backup:e': { bucket: 'backups', key: 'e', cron: '0 6 ? JANUARY MON *' },
        'backup:f': { bucket: 'backups', key: 'f', cron: '0 6 ? * MON#6 *' },
        'backup:g': { bucket: 'backups', key: 'g', cron: '0 6 32 * ? *' },
        'backup:h': { bucket: 'backups', key: 'h', cron: '30-10 6 * * ? *' },
        'backup:i': { bucket: 'backups', key: 'i', cron: '0/0 6 * * ? 1969' },
        'backup:j': { bucket: 'backups', key: 'j', cron: 'daily' },
      },
    },
  },
};
