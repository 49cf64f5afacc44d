export default {
  name: 'control-core',
  targets: {
    'pap-api': { environment: 'production', checks: { schema: { model: 'pap-api' }, database: { every: '1m' } } },
    'pro-tenant': { environment: 'production', checks: { 'probe:health': { url: 'https://api.example.com/health' } } },
  },
};
