const checks = { 'probe:health': { url: 'https://api.example.com/health' } };
const environment = 'production';
export default {
  name: 'control-core',
  targets: {
    a: { environment, checks, database: {} },
    b: { environment, checks, database: 'prod/pap-api/database' },
    c: { environment, checks, database: { iam: true, user: 'driftwatch' } },
    d: { environment, checks, database: { iam: false, secret: 'prod/pap-api/database' } },
    e: {
      environment,
      checks,
      database: { secret: 'prod/pap-api/database', port: 70_000, host: 'db.example.com:5432' },
    },
    f: { environment, checks, database: { iam: true, host: 'h', database: 'd', user: 'u', region: 'Frankfurt' } },
    g: { environment, checks, database: { iam: true, host: 'h', database: 'd', user: 'u', secret: 'prod/pap-api' } },
  },
};
