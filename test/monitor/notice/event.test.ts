// The CloudEvents of the events topic: what is promised to programs that read them.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { largestMessageBytes } from '../../../lambda/monitor/notice/envelope.ts';
import { composeEvent, eventData, eventDataVersion } from '../../../lambda/monitor/notice/event.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { utf8Bytes } from '../../../lambda/monitor/printable.ts';
import { at, fail, finding, pass, story, targetWith } from '../builders.ts';

const place = { bucket: 'driftwatch-memory' };

function opened(...findings: Parameters<typeof fail>[2]): Notice {
  const evidence = { schema: 'evidence/pap-api/run/schema.json' };
  const [notice] = story(targetWith(['schema'])).run(0, [fail('schema', 0, findings)], evidence).notices;
  if (!notice) throw new Error('nothing was said');
  return notice;
}

const read = (notice: Notice) => JSON.parse(composeEvent(notice, place).body);

test('the published schema is that of the data', async () => {
  const { $schema, ...schema } = z.toJSONSchema(eventData, {
    target: 'draft-2020-12',
    // Open to further members: those come without another version.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const title = `Driftwatch notice, version ${eventDataVersion}: the data of the events`;
  await expect(`${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`).toMatchFileSnapshot(
    `../../../docs/schemas/notice-${eventDataVersion}.schema.json`,
  );
});

test('an event says who, what, about whom and when, and holds the notice', () => {
  const notice = opened(finding());
  const event = read(notice);
  expect({ ...event, data: undefined }).toEqual({
    specversion: '1.0',
    id: notice.id,
    source: 'urn:driftwatch:monitor:control-core',
    type: 'driftwatch.notice.opened',
    subject: 'pap-api',
    time: at(0),
    datacontenttype: 'application/json',
    dataschema: 'urn:driftwatch:schema:notice-1',
    data: undefined,
  });
  expect(eventData.parse(event.data)).toEqual(event.data);
  expect(event.data).toMatchObject({
    status: 'opened',
    severity: 'critical',
    entries: [
      { check: 'schema', findingCount: 1, evidence: 's3://driftwatch-memory/evidence/pap-api/run/schema.json' },
    ],
  });
});

test('the end of an incident has the incident of its beginning', () => {
  const runs = story(targetWith(['schema']));
  const [first] = runs.run(0, [fail('schema', 0, [finding()])]).notices;
  const [last] = runs.run(5, [pass('schema', 5)]).notices;
  if (!first || !last) throw new Error('nothing was said');
  expect(read(last)).toMatchObject({
    type: 'driftwatch.notice.resolved',
    data: { entries: [{ incident: read(first).data.entries[0].incident, goneCount: 1 }] },
  });
});

describe('whatever is found', () => {
  test('names from outside arrive as they are, in signs that harm no reader', () => {
    const hostile = 'a\u202eb\u0000c\ud800"\\\u2028\uffffé🐘';
    const { body } = composeEvent(opened(finding({ subject: hostile, message: hostile })), place);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(body).not.toMatch(/[\u0000-\u001f\u202e\u2028\uffff]/);
    expect(JSON.parse(body).data.entries[0].findings[0].subject).toBe(hostile);
  });

  test('it keeps the limit of SNS: whole findings are left out, and counted', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      finding({ subject: `s${index}`, message: 'm'.repeat(5_000), details: { text: 'é'.repeat(5_900) } }),
    );
    const [first = finding(), ...others] = many;
    const { body, attributes } = composeEvent(opened(first, ...others), place);
    expect(utf8Bytes(body) + utf8Bytes(JSON.stringify(attributes))).toBeLessThanOrEqual(largestMessageBytes);
    const [entry] = eventData.parse(JSON.parse(body).data).entries;
    expect(entry?.findingCount).toBe(500);
    expect(entry?.findings.length).toBeGreaterThan(10);
    expect(entry?.findings.length).toBeLessThan(25);
    expect(entry?.added).toEqual(entry?.findings.map(({ id }) => id));
  });
});
