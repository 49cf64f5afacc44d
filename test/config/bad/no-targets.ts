export default { name: 'control-core', targets: {} };
