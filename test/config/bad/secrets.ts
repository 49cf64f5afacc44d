const environment = 'production';
export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment,
      runbook: 'https://wiki:planted-1@wiki.example.com/pap-api',
      database: { secret: 'postgres://app:planted-2@db.example.com/app' },
      checks: {
        'probe:login': {
          url: 'https://api.example.com/login',
          credentials: { username: 'admin', password: 'planted-3' },
        },
        'probe:health': { url: 'https://api.example.com/health?token=planted-4' },
        'probe:headers': { url: 'https://api.example.com', headers: { Authorization: 'Bearer planted-5' } },
        'probe:secret': { url: 'https://api.example.com', credentials: { secret: 'planted 6!' } },
        'probe:unknown': { url: 'https://api.example.com', secretKey: 'planted-7', dbPassword: 'planted-8' },
      },
    },
    'pro-tenant': {
      environment,
      database: { host: 'db.example.com', user: 'app', password: 'planted-9', database: 'app' },
    },
    other: { environment, database: { secret: { password: 'planted-10' } } },
    key: { environment, database: { secret: 'x', tls: { ca: '-----BEGIN PRIVATE KEY-----planted-11' } } },
  },
};
