const target = { environment: 'production', database: { secret: 'prod/pap-api/database' } };
export default {
  name: 'control-core',
  targets: {
    'pap-api': target,
    'PAP-API': target,
    '../other': target,
    'with space': target,
    'line\nbreak': target,
    [`a${'b'.repeat(64)}`]: target,
    '': target,
  },
};
