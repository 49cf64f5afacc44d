export default {
  name: 'Control Core!',
  targets: { 'pap-api': { environment: 'production', database: { secret: 'prod/pap-api/database' } } },
};
