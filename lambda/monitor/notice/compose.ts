// A notice as the message that the alerts topic carries: a subject that says it all, a body that somebody woken at night
// can act on from a phone, attributes to filter by. Pure. Keeps SNS's limits whatever the notice holds: whole findings are
// left out, the last ones first, and the message says how many and where all of them are.
import type { TopicMessage } from '../../platform/ports.ts';
import { utf8Bytes } from '../printable.ts';
import { aroundText, entryText, footer, headline, helpText, type Place, reportText } from './body.ts';
import { attributesOf, roomFor, subjectOf } from './envelope.ts';
import { fitted } from './fitted.ts';
import type { Notice } from './notice.ts';

/** @returns a message that SNS accepts */
export function compose(notice: Notice, place: Place): TopicMessage {
  const attributes = attributesOf(notice);
  return { subject: subjectOf(notice), body: bodyOf(notice, place, roomFor(attributes)), attributes };
}

/** Everything but findings always fits; then as many findings as do, in the order of the notice. */
function bodyOf(notice: Notice, place: Place, budget: number): string {
  const { report, entries } = notice;
  const sections = report
    ? [{ most: report.lines.length, text: (shown: number) => reportText(report, place, shown) }]
    : entries.map((entry) => ({
        most: Math.max(entry.findings.length, entry.gone.length),
        text: (shown: number) => entryText(entry, notice, place, shown),
      }));
  return fitted(
    sections.map(({ most }) => most),
    (body) => utf8Bytes(body) <= budget,
    (shown) =>
      [
        headline(notice),
        ...sections.map(({ text }, index) => text(shown[index] ?? 0)),
        ...aroundText(notice),
        ...helpText(notice),
        footer(notice, place),
      ].join('\n\n'),
  );
}
