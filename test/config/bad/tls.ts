const checks = { 'probe:health': { url: 'https://api.example.com/health' } };
const environment = 'production';
const secret = 'prod/pap-api/database';
const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
export default {
  name: 'control-core',
  targets: {
    a: { environment, checks, database: { secret, tls: { mode: 'verify_full' } } },
    b: { environment, checks, database: { secret, tls: { mode: 'verify-ca' } } },
    c: { environment, checks, database: { secret, tls: { mode: 'prefer', ca } } },
    d: { environment, checks, database: { secret, tls: { ca: '/etc/ssl/ca.pem' } } },
    e: { environment, checks, database: { iam: true, host: 'h', database: 'd', user: 'u', tls: { mode: 'prefer' } } },
    f: { environment, checks, database: { secret, tls: false } },
  },
};
