// What a message has beside its body, on every topic the same: the subject, the attributes to filter by, the room that
// is left. Pure.
import type { TopicMessage } from '../../platform/ports.ts';
import { printable, subjectLine, utf8Bytes } from '../printable.ts';
import { level } from './body.ts';
import type { Notice } from './notice.ts';
import { ended, troubled } from './wording.ts';

/** SNS's limit for a message and its attributes together: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const largestMessageBytes = 262_144;

/** Bytes for the body of a message with these attributes. */
export function roomFor(attributes: TopicMessage['attributes']): number {
  return largestMessageBytes - utf8Bytes(JSON.stringify(attributes)) - 1_024;
}

export function subjectOf(notice: Notice): string {
  const { target, environment, entries, status, report } = notice;
  const beginning = `[${level(notice)}] ${target} ${environment}`;
  if (report) return subjectLine(`${beginning}: ${report.title}`);
  const what = status === 'resolved' ? ended(entries) : troubled(entries, status === 'reminder' ? 'still ' : '');
  const changes = status === 'updated' ? ` (${changesOf(notice)})` : '';
  return subjectLine(`${beginning}: ${what.join('; ')}${changes}`);
}

function changesOf({ entries, severity }: Notice): string {
  const added = entries.reduce((sum, { addedCount }) => sum + addedCount, 0);
  const grown = entries.reduce((sum, { grown: more = [] }) => sum + more.length, 0);
  const gone = entries.reduce((sum, { goneCount }) => sum + goneCount, 0);
  const parts = [
    ...(added > 0 ? [`${added} new`] : []),
    ...(grown > 0 ? [`${grown} in more places`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : `now ${severity}`;
}

export function attributesOf(notice: Notice): TopicMessage['attributes'] {
  const { id, sequence, status, severity, escalated, target, environment, entries } = notice;
  // SNS knows no list without a value.
  const listOf = (name: string, values: readonly string[]) =>
    values.length > 0 ? { [name]: [...new Set(values)].map(printable) } : {};
  return {
    target: printable(target),
    environment: printable(environment),
    severity,
    status,
    ...listOf(
      'check',
      entries.map(({ check }) => check),
    ),
    ...listOf(
      'impact',
      entries.flatMap(({ impacts }) => impacts),
    ),
    escalated: String(escalated),
    notice: id,
    sequence: String(sequence),
  };
}
