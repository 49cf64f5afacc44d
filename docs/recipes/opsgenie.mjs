// AWS Lambda, Node.js 22 or newer, subscribed to the events topic: every incident is one alert of Opsgenie's Alert API
// (https://docs.opsgenie.com/docs/alert-api). A failed call throws, and SNS delivers again: the alias makes that harmless.
const priorities = { critical: 'P1', warning: 'P3', info: 'P5' };

export async function handler({ Records }) {
  const api = process.env.OPSGENIE_URL ?? 'https://api.opsgenie.com';
  for (const { Sns } of Records) {
    const { data } = JSON.parse(Sns.Message);
    for (const entry of data.entries) {
      const alias = encodeURIComponent(entry.incident);
      const isOver = entry.change === 'resolved';
      const response = await fetch(`${api}/v2/alerts${isOver ? `/${alias}/close?identifierType=alias` : ''}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `GenieKey ${process.env.OPSGENIE_API_KEY}` },
        body: JSON.stringify(
          isOver
            ? { source: data.target, note: entry.summary }
            : {
                message: `${data.target} ${data.environment}: ${entry.check} is failing`.slice(0, 130),
                alias: entry.incident,
                description: entry.findings
                  .map(({ message }) => message)
                  .join('\n')
                  .slice(0, 15_000),
                entity: data.target,
                priority: priorities[data.severity],
                details: { check: entry.check, evidence: entry.evidence ?? '', runbook: data.runbook ?? '' },
              },
        ),
      });
      if (!response.ok) throw new Error(`Opsgenie answered ${response.status}`);
    }
  }
}
