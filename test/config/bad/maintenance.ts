// Windows that are none, or could be two things.
export default {
  name: 'demo',
  maintenance: [
    { cron: '0 2 * * *', lasts: '1h', reason: 'five fields' },
    { cron: '0 2 * * ? *', reason: 'how long' },
    { cron: '0 2 * * ? *', lasts: '8d', reason: 'too long' },
  ],
  targets: {
    api: {
      environment: 'production',
      maintenance: [
        { cron: '0 2 * * ? *', lasts: '1h', from: '2026-12-01T22:00', until: '2026-12-01T23:00', reason: 'both' },
        { from: 'tomorrow', until: '2026-12-01T23:00', reason: 'words' },
        { from: '2026-12-01T22:00', until: '2026-12-01T23:00', timeZone: 'Berlin', reason: 'zone' },
        { from: '2026-12-01T22:00', until: '2026-12-01T23:00' },
      ],
      checks: { 'probe:health': { url: 'https://api.example.com/health' } },
    },
  },
};
