const loop: Record<string, unknown> = { environment: 'production' };
loop.checks = { 'probe:health': { url: 'https://api.example.com/health', expect: loop } };
export default {
  name: () => 'control-core',
  targets: {
    loop,
    'pap-api': {
      environment: Promise.resolve('production'),
      database: { secret: 'prod/pap-api/database', port: Number.NaN },
      checks: {
        schema: { model: new Map(), maxModelAge: 10n },
        'probe:a': { url: new URL('https://api.example.com') },
      },
    },
  },
};
