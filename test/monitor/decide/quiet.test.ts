// What people ask not to be told for a while: silences, maintenance windows, acknowledgements.
import { parseDuration } from '../../../lambda/config/duration.ts';
import { fail, pass, targetWith, unknown } from '../builders.ts';
import { production, type Stories, sandbox, tellStories, warning } from '../stories.ts';

const two = targetWith(['backup', 'schema']);
const withDatabase = targetWith(['database', 'schema']);
const outage = (minutes: number) => [
  fail('database', minutes, [sandbox]),
  unknown('schema', minutes, { dependsOn: ['database'] }),
];

const stories: Stories = {
  'a silence keeps back what begins in it, and what is still so is told when it ends': {
    runs: [
      { at: 0, silence: { forMs: 3_600_000 }, outcomes: [pass('schema', 0)], because: ['schema: healthy'] },
      { at: 5, outcomes: [fail('schema', 5, [sandbox])], because: ['schema: silenced'] },
      { at: 59, outcomes: [fail('schema', 59, [sandbox])], because: ['schema: silenced'] },
      {
        at: 60,
        outcomes: [fail('schema', 60, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: quiet-ended'],
      },
      { at: 65, outcomes: [fail('schema', 65, [sandbox])], because: ['schema: unchanged'] },
    ],
  },
  'a silence never keeps back an end': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        silence: { forMs: 3_600_000 },
        outcomes: [pass('schema', 5)],
        says: ['critical resolved: schema'],
        because: ['schema: all-gone'],
      },
      { at: 10, outcomes: [fail('schema', 10, [sandbox])], because: ['schema: silenced'] },
      { at: 15, outcomes: [pass('schema', 15)], because: ['schema: ended-unannounced'] },
      { at: 70, outcomes: [pass('schema', 70)], because: ['schema: healthy'] },
    ],
  },
  'what a dependency explained is not told the moment that is over, until it was looked at again': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        silence: { forMs: 600_000 },
        outcomes: outage(0),
        because: ['database: silenced', 'schema?: below-threshold'],
      },
      { at: 4, outcomes: outage(4), because: ['database: silenced', 'schema?: below-threshold'] },
      { at: 8, outcomes: outage(8), because: ['database: silenced', 'schema?: silenced'] },
      {
        at: 12,
        outcomes: outage(12),
        says: ['critical opened: database'],
        because: ['database: quiet-ended', 'schema?: held-back'],
      },
      {
        at: 17,
        outcomes: [pass('database', 17)],
        says: ['critical resolved: database'],
        because: ['database: all-gone'],
      },
      {
        at: 18,
        outcomes: [unknown('schema', 18, { dependsOn: ['database'] })],
        says: ['warning opened: schema?'],
        because: ['schema?: quiet-ended'],
      },
    ],
  },
  'what was told before a silence is told again when it ends, by whichever run comes first': {
    target: two,
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 1,
        silence: { check: 'schema', forMs: 600_000 },
        outcomes: [fail('schema', 1, [sandbox])],
        because: ['schema: unchanged'],
      },
      { at: 5, outcomes: [fail('schema', 5, [sandbox, production])], because: ['schema: silenced'] },
      {
        at: 12,
        outcomes: [pass('backup', 12)],
        says: ['critical updated: schema +1'],
        because: ['backup: healthy', 'schema: new-findings'],
      },
    ],
  },
  'what did not change in a silence is told once when it ends': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 10,
        silence: { forMs: 1_800_000 },
        outcomes: [fail('schema', 10, [sandbox])],
        because: ['schema: unchanged'],
      },
      {
        at: 40,
        outcomes: [fail('schema', 40, [sandbox])],
        says: ['critical reminder: schema'],
        because: ['schema: quiet-ended'],
      },
      { at: 45, outcomes: [fail('schema', 45, [sandbox])], because: ['schema: unchanged'] },
    ],
  },
  'what could not be verified in a silence is told once when it is over': {
    target: two,
    runs: [
      {
        at: 0,
        silence: { check: 'schema', forMs: 5_400_000 },
        outcomes: [unknown('schema', 0)],
        because: ['schema?: below-threshold'],
      },
      { at: 5, outcomes: [unknown('schema', 5)], because: ['schema?: below-threshold'] },
      { at: 10, outcomes: [unknown('schema', 10)], because: ['schema?: silenced'] },
      {
        at: 95,
        outcomes: [pass('backup', 95)],
        says: ['warning opened: schema?'],
        because: ['backup: healthy', 'schema?: quiet-ended'],
      },
    ],
  },
  'a silence of a kind is about that kind alone': {
    target: two,
    runs: [
      {
        at: 0,
        silence: { check: 'backup', forMs: 3_600_000 },
        outcomes: [fail('schema', 0, [sandbox]), fail('backup', 0, [warning])],
        says: ['critical opened: schema'],
        because: ['backup: silenced', 'schema: first-notice'],
      },
    ],
  },
  'a maintenance window, every night in its own zone, is a silence that the settings hold': {
    target: targetWith(['schema'], {
      maintenance: [{ cron: '0 14 * * ? *', lasts: parseDuration('1h'), timeZone: 'Europe/Berlin', reason: 'reindex' }],
    }),
    // 14:00 in Berlin is 13:00 UTC in winter.
    runs: [
      { at: 59, outcomes: [pass('schema', 59)], because: ['schema: healthy'] },
      { at: 61, outcomes: [fail('schema', 61, [sandbox])], because: ['schema: maintenance'] },
      { at: 119, outcomes: [fail('schema', 119, [sandbox])], because: ['schema: maintenance'] },
      {
        at: 120,
        outcomes: [fail('schema', 120, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: quiet-ended'],
      },
    ],
  },
  'who acknowledges is not reminded for a while; what is new and the end are told': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 70,
        acknowledge: { forMs: 86_400_000 },
        outcomes: [fail('schema', 70, [sandbox])],
        because: ['schema: acknowledged'],
      },
      { at: 300, outcomes: [fail('schema', 300, [sandbox])], because: ['schema: acknowledged'] },
      {
        at: 305,
        outcomes: [fail('schema', 305, [sandbox, production])],
        says: ['critical updated: schema +1'],
        because: ['schema: new-findings'],
      },
      {
        at: 1_515,
        outcomes: [fail('schema', 1_515, [sandbox, production])],
        says: ['critical! reminder: schema'],
        because: ['schema: escalated'],
      },
      {
        at: 1_520,
        outcomes: [pass('schema', 1_520)],
        says: ['critical! resolved: schema'],
        because: ['schema: all-gone'],
      },
    ],
  },
};

tellStories(stories);
