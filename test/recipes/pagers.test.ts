// The recipes as they are printed, run: what a pager is sent for an incident's beginning and end.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { composeEvent } from '../../lambda/monitor/notice/event.ts';
import { serve } from '../../local/http-server.ts';
import { fail, finding, pass, story, targetWith } from '../monitor/builders.ts';

let pager: Awaited<ReturnType<typeof serve>>;
let status = 202;
let asked: { path: string; authorization: unknown; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  pager = await serve(({ path, headers, body }) => {
    asked.push({ path, authorization: headers.authorization, body: JSON.parse(body.toString()) });
    return { status, headers: {}, body: '' };
  });
  process.env.PAGERDUTY_URL = pager.url;
  process.env.PAGERDUTY_ROUTING_KEY = 'key';
  process.env.OPSGENIE_URL = pager.url;
  process.env.OPSGENIE_API_KEY = 'key';
});
beforeEach(() => {
  asked = [];
  status = 202;
});
afterAll(() => pager.close());

function events() {
  const runs = story(targetWith(['schema']));
  const first = runs.run(0, [fail('schema', 0, [finding()])], { schema: 'evidence/x.json' }).notices;
  const notices = [...first, ...runs.run(5, [pass('schema', 5)]).notices];
  return notices.map((notice) => ({ Records: [{ Sns: { Message: composeEvent(notice, { bucket: 'b' }).body } }] }));
}

async function recipe(name: string): Promise<(event: unknown) => Promise<void>> {
  return (await import(new URL(`../../docs/recipes/${name}.mjs`, import.meta.url).href)).handler;
}

test('PagerDuty: the same dedup_key triggers and resolves', async () => {
  const handler = await recipe('pagerduty');
  for (const event of events()) await handler(event);
  expect(asked.map(({ body }) => body.event_action)).toEqual(['trigger', 'resolve']);
  expect(asked[1]?.body.dedup_key).toBe(asked[0]?.body.dedup_key);
  expect(asked[0]?.body).toMatchObject({
    routing_key: 'key',
    payload: { source: 'pap-api', severity: 'critical', custom_details: { evidence: 's3://b/evidence/x.json' } },
  });
});

test('Opsgenie: the same alias opens and closes', async () => {
  const handler = await recipe('opsgenie');
  for (const event of events()) await handler(event);
  const alias = String(asked[0]?.body.alias);
  expect(asked[0]).toMatchObject({ authorization: 'GenieKey key', body: { priority: 'P1', entity: 'pap-api' } });
  expect(asked.map(({ path }) => path)).toEqual(['/v2/alerts', `/v2/alerts/${alias}/close`]);
});

test.each(['pagerduty', 'opsgenie'])('%s: what is refused throws, so that SNS delivers again', async (name) => {
  const handler = await recipe(name);
  status = 500;
  await expect(handler(events()[0])).rejects.toThrow('answered 500');
});
