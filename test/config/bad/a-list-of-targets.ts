export default { name: 'control-core', targets: [{ name: 'pap-api', environment: 'production' }] };
