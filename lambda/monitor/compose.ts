// A notice as the message that SNS carries: a subject that says it all, a body that somebody woken at night can act on
// from a phone, attributes to filter by. Pure. Keeps SNS's limits whatever the notice holds: whole findings are left out,
// the last ones first, and the message says how many and where all of them are.
import type { TopicMessage } from '../platform/ports.ts';
import { aroundText, entryText, footer, headline, helpText, level, type Place } from './body.ts';
import type { Notice } from './notice.ts';
import { printable, subjectLine, utf8Bytes } from './printable.ts';
import { ended, troubled } from './wording.ts';

/** SNS's limit for a message and its attributes together: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const largestMessageBytes = 262_144;

/** @returns a message that SNS accepts */
export function compose(notice: Notice, place: Place): TopicMessage {
  const attributes = attributesOf(notice);
  const budget = largestMessageBytes - utf8Bytes(JSON.stringify(attributes)) - 1_024;
  return { subject: subjectOf(notice), body: bodyOf(notice, place, budget), attributes };
}

function subjectOf(notice: Notice): string {
  const { target, environment, entries, status } = notice;
  const what = status === 'resolved' ? ended(entries) : troubled(entries, status === 'reminder' ? 'still ' : '');
  const changes = status === 'updated' ? ` (${changesOf(notice)})` : '';
  return subjectLine(`[${level(notice)}] ${target} ${environment}: ${what.join('; ')}${changes}`);
}

function changesOf({ entries, severity }: Notice): string {
  const added = entries.reduce((sum, { addedCount }) => sum + addedCount, 0);
  const gone = entries.reduce((sum, { goneCount }) => sum + goneCount, 0);
  const parts = [...(added > 0 ? [`${added} new`] : []), ...(gone > 0 ? [`${gone} gone`] : [])];
  return parts.length > 0 ? parts.join(', ') : `now ${severity}`;
}

/** Everything but findings always fits; then as many findings as do, in the order of the notice. */
function bodyOf(notice: Notice, place: Place, budget: number): string {
  const render = (shown: readonly number[]) =>
    [
      headline(notice),
      ...notice.entries.map((entry, index) => entryText(entry, notice, place, shown[index] ?? 0)),
      ...aroundText(notice),
      ...helpText(notice),
      footer(notice, place),
    ].join('\n\n');
  const shown = notice.entries.map(({ findings, gone }) => Math.max(findings.length, gone.length));
  let body = render(shown);
  for (let index = shown.length - 1; index >= 0 && utf8Bytes(body) > budget; index -= 1) {
    // Halving first keeps this quick for long lists of long findings.
    for (let count = shown[index] ?? 0; count > 0 && utf8Bytes(body) > budget; ) {
      count = count > 4 ? Math.floor(count / 2) : count - 1;
      shown[index] = count;
      body = render(shown);
    }
  }
  return body;
}

function attributesOf(notice: Notice): TopicMessage['attributes'] {
  const { id, sequence, status, severity, escalated, target, environment, entries } = notice;
  const distinctValues = (values: readonly string[]) => [...new Set(values)].map(printable);
  return {
    target: printable(target),
    environment: printable(environment),
    severity,
    status,
    check: distinctValues(entries.map(({ check }) => check)),
    impact: distinctValues(entries.flatMap(({ impacts }) => impacts)),
    escalated: String(escalated),
    notice: id,
    sequence: String(sequence),
  };
}
