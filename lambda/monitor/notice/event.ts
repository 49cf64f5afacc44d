// A notice as the message that the events topic carries: a CloudEvent 1.0 in structured JSON, whose data is the notice
// as it is kept, under a versioned schema (docs/schemas/notice-1.schema.json). Pure. The same notice is always the same
// event, whichever attempt sends it: `source` and `id` together are unique. https://github.com/cloudevents/spec
import * as z from 'zod';
import type { TopicMessage } from '../../platform/ports.ts';
import { printableJson, utf8Bytes } from '../printable.ts';
import type { Place } from './body.ts';
import { attributesOf, roomFor, subjectOf } from './envelope.ts';
import { fitted } from './fitted.ts';
import { type Notice, notice, noticeEntry } from './notice.ts';

/** Grows when a reader of the data would misunderstand it; further members come without. */
export const eventDataVersion = 1;

/** Lists are bounded: `findingCount`, `addedCount` and `goneCount` say how much there is, `evidence` where all of it is. */
export const eventData = notice.extend({
  entries: z.array(noticeEntry.extend({ /** An S3 address. */ evidence: z.string().optional() })),
});

export function composeEvent(notice: Notice, { bucket }: Place): TopicMessage {
  const attributes = attributesOf(notice);
  const { id, status, monitor, target, at, entries } = notice;
  const event = (shown: readonly number[]) => ({
    specversion: '1.0',
    id,
    source: `urn:driftwatch:monitor:${monitor}`,
    type: `driftwatch.notice.${status}`,
    subject: target,
    time: at,
    datacontenttype: 'application/json',
    dataschema: `urn:driftwatch:schema:notice-${eventDataVersion}`,
    data: {
      ...notice,
      entries: entries.map((entry, index) => {
        const findings = entry.findings.slice(0, shown[index] ?? 0);
        const told = new Set(findings.map((finding) => finding.id));
        return {
          ...entry,
          findings,
          added: entry.added.filter((one) => told.has(one)),
          gone: entry.gone.slice(0, shown[index] ?? 0),
          ...(entry.evidence !== undefined && { evidence: `s3://${bucket}/${entry.evidence}` }),
        };
      }),
    } satisfies z.input<typeof eventData>,
  });
  const budget = roomFor(attributes);
  const body = fitted<string>(
    entries.map(({ findings, gone }) => Math.max(findings.length, gone.length)),
    (text) => utf8Bytes(text) <= budget,
    (shown) => printableJson(event(shown)),
  );
  return { subject: subjectOf(notice), body, attributes };
}
