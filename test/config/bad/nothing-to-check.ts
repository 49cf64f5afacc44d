export default { name: 'control-core', targets: { 'pap-api': { environment: 'production' } } };
