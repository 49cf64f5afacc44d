// Event triggers. They belong to the database, not to a schema, so no filter of schemas applies to them.
import { comment, commentOn, owner } from './access.ts';
import { type Family, firing, functionKey, needsOf, userMade } from './family.ts';

export const eventTriggerFamily: Family = () => `
SELECT 'event trigger' AS kind, quote_ident(e.evtname) AS id, NULL AS parent, ${needsOf(functionKey('e.evtfoid'))} AS needs,
  e.evtevent AS event,
  e.evtfoid::regproc::text AS function,
  (SELECT json_agg(tag ORDER BY tag COLLATE "C") FROM unnest(e.evttags) tag) AS tags,
  ${firing('e.evtenabled')} AS enabled,
  ${owner('e.evtowner')},
  ${comment}
FROM pg_event_trigger e
${commentOn('pg_event_trigger', 'e.oid')}
WHERE ${userMade('pg_event_trigger', 'e.oid')}`;
