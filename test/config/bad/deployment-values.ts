const token = (name: string) => `\${Token[${name}.123]}`;
export default {
  name: 'control-core',
  alerts: { emails: ['#{Token[TOKEN.17]}'] },
  targets: {
    'pap-api': {
      environment: 'production',
      database: { secret: token('TOKEN'), host: `${token('Db.Endpoint')}.example.com`, port: -1.8881545897087626e289 },
      checks: {
        'backup:nightly': { bucket: { resolve: () => 'a bucket' }, key: 'a' },
        [`probe:${token('X')}`]: { url: 'https://api.example.com/health' },
      },
    },
  },
};
