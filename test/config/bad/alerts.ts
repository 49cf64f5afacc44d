export default {
  name: 'control-core',
  alerts: {
    emails: ['oncall', 'Oncall@example.com', 'oncall@example.com'],
    operatorEmails: 'oncall@example.com',
    minimumSeverity: 'warn',
    remindEvery: '30s',
    escalateAfter: 60,
  },
  targets: { 'pap-api': { environment: '', runbook: 'see the wiki', database: { secret: 'prod/pap-api/database' } } },
};
