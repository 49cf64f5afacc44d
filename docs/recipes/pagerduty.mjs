// AWS Lambda, Node.js 22 or newer, subscribed to the events topic: every incident is one alert of PagerDuty's Events API v2
// (https://developer.pagerduty.com/docs/events-api-v2-overview). A failed call throws, and SNS delivers again: the
// dedup_key makes that harmless.
export async function handler({ Records }) {
  for (const { Sns } of Records) {
    const { data } = JSON.parse(Sns.Message);
    for (const entry of data.entries) {
      const response = await fetch(process.env.PAGERDUTY_URL ?? 'https://events.pagerduty.com/v2/enqueue', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          routing_key: process.env.PAGERDUTY_ROUTING_KEY,
          event_action: entry.change === 'resolved' ? 'resolve' : 'trigger',
          dedup_key: entry.incident,
          payload: {
            summary: `${data.target} ${data.environment}: ${entry.check}: ${entry.summary}`.slice(0, 1_024),
            source: data.target,
            severity: data.severity,
            timestamp: data.at,
            component: entry.check,
            custom_details: { findings: entry.findings.map(({ message }) => message), evidence: entry.evidence },
          },
          links: data.runbook ? [{ href: data.runbook, text: 'Runbook' }] : [],
        }),
      });
      if (!response.ok) throw new Error(`PagerDuty answered ${response.status}`);
    }
  }
}
