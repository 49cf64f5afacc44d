export default { name: 'control-core', targets: { 'pap-api': 'production' } };
