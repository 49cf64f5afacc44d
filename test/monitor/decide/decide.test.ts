// Decisions as stories: run after run, what is said and why. Minutes count from noon.
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../lambda/config/duration.ts';
import { decide } from '../../../lambda/monitor/decide/decide.ts';
import { freshState } from '../../../lambda/monitor/memory/state.ts';
import { alerts, at, checkEntry, fail, finding, noon, pass, story, targetWith, unknown } from '../builders.ts';
import { column, info, one, production, type Stories, sandbox, tellStories, warning } from '../stories.ts';

const patient = targetWith([checkEntry('schema', { failAfter: 3, passAfter: 2 })]);
const withDatabase = targetWith(['database', 'schema', 'probe:login', 'probe:health']);
const down = finding({ code: 'database.unreachable', impact: 'availability', subject: 'pap-api' });
const needsIt = { dependsOn: ['database'] };
const unreachable = { reach: 'unreachable' } as const;
const reached = { reach: 'reached' } as const;

const stories: Stories = {
  'nothing is said of what is all right': {
    runs: [{ at: 0, outcomes: [pass('schema', 0)], because: ['schema: healthy'] }],
  },
  'opened at once, said once, resolved at once': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 5, outcomes: [fail('schema', 5, [sandbox])], because: ['schema: unchanged'] },
      { at: 10, outcomes: [pass('schema', 10)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
      { at: 15, outcomes: [pass('schema', 15)], because: ['schema: healthy'] },
    ],
  },
  'opened after three failing runs in a row, resolved after two passing ones': {
    target: patient,
    runs: [
      { at: 0, outcomes: [fail('schema', 0, [sandbox])], because: ['schema: below-threshold'] },
      { at: 5, outcomes: [fail('schema', 5, [sandbox])], because: ['schema: below-threshold'] },
      {
        at: 10,
        outcomes: [fail('schema', 10, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 15, outcomes: [pass('schema', 15)], because: ['schema: recovering'] },
      { at: 20, outcomes: [fail('schema', 20, [sandbox])], because: ['schema: unchanged'] },
      { at: 25, outcomes: [pass('schema', 25)], because: ['schema: recovering'] },
      { at: 30, outcomes: [pass('schema', 30)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
    ],
  },
  'a pass between two failures begins the count anew': {
    target: patient,
    runs: [
      { at: 0, outcomes: [fail('schema', 0, [sandbox])], because: ['schema: below-threshold'] },
      { at: 5, outcomes: [fail('schema', 5, [sandbox])], because: ['schema: below-threshold'] },
      { at: 10, outcomes: [pass('schema', 10)], because: ['schema: ended-unannounced'] },
      { at: 15, outcomes: [fail('schema', 15, [sandbox])], because: ['schema: below-threshold'] },
      { at: 20, outcomes: [fail('schema', 20, [sandbox])], because: ['schema: below-threshold'] },
      {
        at: 25,
        outcomes: [fail('schema', 25, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
  'an unknown between two failures neither counts nor begins the count anew': {
    target: patient,
    runs: [
      { at: 0, outcomes: [fail('schema', 0, [sandbox])], because: ['schema: below-threshold'] },
      { at: 5, outcomes: [fail('schema', 5, [sandbox])], because: ['schema: below-threshold'] },
      { at: 10, outcomes: [unknown('schema', 10)], because: ['schema: not-verified', 'schema?: below-threshold'] },
      {
        at: 15,
        outcomes: [fail('schema', 15, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice', 'schema?: ended-unannounced'],
      },
    ],
  },
  'an unknown does not resolve': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 5, outcomes: [unknown('schema', 5)], because: ['schema: not-verified', 'schema?: below-threshold'] },
      {
        at: 10,
        outcomes: [fail('schema', 10, [sandbox])],
        because: ['schema: unchanged', 'schema?: ended-unannounced'],
      },
    ],
  },
  'three unknown runs are announced, and that it can be verified again is too': {
    runs: [
      { at: 0, outcomes: [unknown('schema', 0)], because: ['schema?: below-threshold'] },
      { at: 5, outcomes: [unknown('schema', 5)], because: ['schema?: below-threshold'] },
      {
        at: 10,
        outcomes: [unknown('schema', 10)],
        says: ['warning opened: schema?'],
        because: ['schema?: first-notice'],
      },
      { at: 15, outcomes: [unknown('schema', 15, { reason: 'another one' })], because: ['schema?: unchanged'] },
      {
        at: 20,
        outcomes: [fail('schema', 20, [sandbox])],
        says: ['critical opened: schema', 'warning resolved: schema?'],
        because: ['schema: first-notice', 'schema?: verified-again'],
      },
    ],
  },
  'an hour of unknown is announced however few the runs': {
    runs: [
      { at: 0, outcomes: [unknown('schema', 0)], because: ['schema?: below-threshold'] },
      {
        at: 61,
        outcomes: [unknown('schema', 61)],
        says: ['warning opened: schema?'],
        because: ['schema?: first-notice'],
      },
    ],
  },
  'an hour of unknown is announced by the run of another check': {
    target: targetWith(['backup', 'probe:health']),
    runs: [
      { at: 0, outcomes: [unknown('backup', 0)], because: ['backup?: below-threshold'] },
      { at: 55, outcomes: [pass('probe:health', 55)], because: ['probe:health: healthy'] },
      { at: 59, outcomes: [pass('probe:health', 59)], because: ['probe:health: healthy'] },
      {
        at: 60,
        outcomes: [pass('probe:health', 60)],
        says: ['warning opened: backup?'],
        because: ['backup?: first-notice', 'probe:health: healthy'],
      },
      { at: 66, outcomes: [pass('probe:health', 66)], because: ['probe:health: healthy'] },
      {
        at: 70,
        outcomes: [pass('backup', 70)],
        says: ['warning resolved: backup?'],
        because: ['backup: healthy', 'backup?: verified-again'],
      },
    ],
  },
  'new findings and gone ones are told': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('schema', 5, [sandbox, production])],
        says: ['critical updated: schema +1'],
        because: ['schema: new-findings'],
      },
      {
        at: 10,
        outcomes: [fail('schema', 10, [production])],
        says: ['critical updated: schema -1'],
        because: ['schema: findings-gone'],
      },
      {
        at: 15,
        outcomes: [fail('schema', 15, [sandbox])],
        says: ['critical updated: schema +1 -1'],
        because: ['schema: new-findings'],
      },
    ],
  },
  'the same finding grown worse is told': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('schema', 5, [{ ...warning, severity: 'critical' }])],
        says: ['critical updated: schema'],
        because: ['schema: worse'],
      },
    ],
  },
  'the worst severity announced stays with the incident to its end': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox, warning])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('schema', 5, [warning])],
        says: ['critical updated: schema -1'],
        because: ['schema: findings-gone'],
      },
      { at: 10, outcomes: [pass('schema', 10)], says: ['critical resolved: schema'], because: ['schema: all-gone'] },
    ],
  },
  'what is below the least severity is remembered and not said': {
    runs: [
      { at: 0, outcomes: [fail('schema', 0, [info])], because: ['schema: below-minimum-severity'] },
      { at: 5, outcomes: [pass('schema', 5)], because: ['schema: ended-unannounced'] },
    ],
  },
  'when only what is too small remains, the end of what was announced is told': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox, info])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('schema', 5, [info])],
        says: ['critical resolved: schema'],
        because: ['schema: all-gone'],
      },
      { at: 10, outcomes: [fail('schema', 10, [info])], because: ['schema: below-minimum-severity'] },
      {
        at: 15,
        outcomes: [fail('schema', 15, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
  'reminders come after 4, 8, 16 and then every 24 hours, with what still fails': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 239, outcomes: [fail('schema', 239, [warning])], because: ['schema: unchanged'] },
      {
        at: 240,
        outcomes: [fail('schema', 240, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
      { at: 719, outcomes: [fail('schema', 719, [warning])], because: ['schema: unchanged'] },
      {
        at: 720,
        outcomes: [fail('schema', 720, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
      {
        at: 1_680,
        outcomes: [fail('schema', 1_680, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
      { at: 3_119, outcomes: [fail('schema', 3_119, [warning])], because: ['schema: unchanged'] },
      {
        at: 3_120,
        outcomes: [fail('schema', 3_120, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
      {
        at: 4_560,
        outcomes: [fail('schema', 4_560, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
    ],
  },
  'critical for an hour is said to have escalated, once, and so is its end': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 59, outcomes: [fail('schema', 59, [sandbox])], because: ['schema: unchanged'] },
      {
        at: 60,
        outcomes: [fail('schema', 60, [sandbox])],
        says: ['critical! reminder: schema'],
        because: ['schema: escalated'],
      },
      { at: 65, outcomes: [fail('schema', 65, [sandbox])], because: ['schema: unchanged'] },
      { at: 70, outcomes: [pass('schema', 70)], says: ['critical! resolved: schema'], because: ['schema: all-gone'] },
    ],
  },
  'what has escalated stays so in everything that is said of it': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 60,
        outcomes: [fail('schema', 60, [sandbox])],
        says: ['critical! reminder: schema'],
        because: ['schema: escalated'],
      },
      {
        at: 65,
        outcomes: [fail('schema', 65, [sandbox, production])],
        says: ['critical! updated: schema +1'],
        because: ['schema: new-findings'],
      },
    ],
  },
  'what is critical no more does not escalate': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox, warning])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('schema', 5, [warning])],
        says: ['critical updated: schema -1'],
        because: ['schema: findings-gone'],
      },
      { at: 65, outcomes: [fail('schema', 65, [warning])], because: ['schema: unchanged'] },
    ],
  },
  'a warning does not escalate, and the hour begins when it becomes critical': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 90, outcomes: [fail('schema', 90, [warning])], because: ['schema: unchanged'] },
      {
        at: 100,
        outcomes: [fail('schema', 100, [sandbox, warning])],
        says: ['critical updated: schema +1'],
        because: ['schema: new-findings'],
      },
      { at: 159, outcomes: [fail('schema', 159, [sandbox, warning])], because: ['schema: unchanged'] },
      {
        at: 160,
        outcomes: [fail('schema', 160, [sandbox, warning])],
        says: ['critical! reminder: schema'],
        because: ['schema: escalated'],
      },
    ],
  },
  'one message a severity, with every check in it, and ends apart from trouble': {
    target: targetWith(['schema', 'backup', 'probe:login', 'probe:health']),
    runs: [
      {
        at: 0,
        outcomes: [
          fail('schema', 0, [sandbox]),
          fail('probe:login', 0, [down]),
          fail('backup', 0, [warning]),
          pass('probe:health', 0),
        ],
        says: ['critical opened: probe:login, schema', 'warning opened: backup'],
        because: ['backup: first-notice', 'probe:health: healthy', 'probe:login: first-notice', 'schema: first-notice'],
      },
      {
        at: 5,
        outcomes: [
          pass('schema', 5),
          fail('probe:login', 5, [down]),
          pass('backup', 5),
          fail('probe:health', 5, [down]),
        ],
        says: ['critical opened: probe:health', 'critical resolved: schema', 'warning resolved: backup'],
        because: ['backup: all-gone', 'probe:health: first-notice', 'probe:login: unchanged', 'schema: all-gone'],
      },
    ],
  },
  'the database is down: one message, and what needed it is announced afterwards if it still fails': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [
          fail('database', 0, [down]),
          unknown('schema', 0, needsIt),
          fail('probe:login', 0, [sandbox], needsIt),
        ],
        says: ['critical opened: database'],
        because: ['database: first-notice', 'probe:login: held-back', 'schema?: below-threshold'],
      },
      ...[5, 10, 15].map((minutes) => ({
        at: minutes,
        outcomes: [
          fail('database', minutes, [down]),
          unknown('schema', minutes, needsIt),
          fail('probe:login', minutes, [sandbox], needsIt),
        ],
        because: [
          'database: unchanged',
          'probe:login: held-back',
          minutes === 5 ? 'schema?: below-threshold' : 'schema?: held-back',
        ],
      })),
      {
        at: 20,
        outcomes: [pass('database', 20), pass('schema', 20, needsIt), fail('probe:login', 20, [sandbox], needsIt)],
        says: ['critical opened: probe:login', 'critical resolved: database'],
        because: ['database: all-gone', 'probe:login: first-notice', 'schema: healthy', 'schema?: ended-unannounced'],
      },
    ],
  },
  'an end is told though the database is down': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('probe:login', 0, [sandbox], needsIt)],
        says: ['critical opened: probe:login'],
        because: ['probe:login: first-notice'],
      },
      {
        at: 5,
        outcomes: [fail('database', 5, [down]), pass('probe:login', 5, needsIt)],
        says: ['critical opened: database', 'critical resolved: probe:login'],
        because: ['database: first-notice', 'probe:login: all-gone'],
      },
    ],
  },
  'what changes while the database is down is told afterwards': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('probe:login', 0, [warning], needsIt)],
        says: ['warning opened: probe:login'],
        because: ['probe:login: first-notice'],
      },
      {
        at: 240,
        outcomes: [fail('database', 240, [down]), fail('probe:login', 240, [warning], needsIt)],
        says: ['critical opened: database'],
        because: ['database: first-notice', 'probe:login: held-back'],
      },
      {
        at: 245,
        outcomes: [fail('database', 245, [down]), fail('probe:login', 245, [warning, sandbox], needsIt)],
        because: ['database: unchanged', 'probe:login: held-back'],
      },
      {
        at: 250,
        outcomes: [pass('database', 250), fail('probe:login', 250, [warning, sandbox], needsIt)],
        says: ['critical updated: probe:login +1', 'critical resolved: database'],
        because: ['database: all-gone', 'probe:login: new-findings'],
      },
    ],
  },
  'below its own threshold the database holds back already': {
    target: targetWith([checkEntry('database', { failAfter: 2 }), 'schema']),
    runs: [
      {
        at: 0,
        outcomes: [fail('database', 0, [down]), fail('schema', 0, [sandbox], needsIt)],
        because: ['database: below-threshold', 'schema: held-back'],
      },
      {
        at: 5,
        outcomes: [pass('database', 5), fail('schema', 5, [sandbox], needsIt)],
        says: ['critical opened: schema'],
        because: ['database: ended-unannounced', 'schema: first-notice'],
      },
    ],
  },
  'a database failure too small to be announced holds nothing back': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('database', 0, [{ ...down, severity: 'info' }]), fail('schema', 0, [sandbox], needsIt)],
        says: ['critical opened: schema'],
        because: ['database: below-minimum-severity', 'schema: first-notice'],
      },
    ],
  },
  'what could not be verified while the database was down is announced an hour after it came back, not at once': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('database', 0, [down]), unknown('schema', 0, needsIt)],
        says: ['critical opened: database'],
        because: ['database: first-notice', 'schema?: below-threshold'],
      },
      { at: 58, outcomes: [fail('database', 58, [down])], because: ['database: unchanged'] },
      {
        at: 90,
        outcomes: [pass('database', 90)],
        says: ['critical resolved: database'],
        because: ['database: all-gone'],
      },
      {
        at: 119,
        outcomes: [pass('database', 119)],
        says: ['warning opened: schema?'],
        because: ['database: healthy', 'schema?: first-notice'],
      },
    ],
  },
  'a database that cannot be verified explains what cannot be verified, and no failure': {
    target: withDatabase,
    runs: [0, 5, 10].map((minutes) => ({
      at: minutes,
      outcomes: [
        unknown('database', minutes),
        unknown('schema', minutes, needsIt),
        ...(minutes === 10 ? [fail('probe:login', minutes, [sandbox], needsIt)] : []),
      ],
      ...(minutes === 10 ? { says: ['critical opened: probe:login', 'warning opened: database?'] } : {}),
      because:
        minutes === 10
          ? ['database?: first-notice', 'probe:login: first-notice', 'schema?: held-back']
          : ['database?: below-threshold', 'schema?: below-threshold'],
    })),
  },
  'nothing can be reached: the monitor doubts itself first, in one message': {
    target: targetWith([
      checkEntry('database', { failAfter: 2 }),
      checkEntry('probe:health', { failAfter: 2 }),
      checkEntry('probe:login', { failAfter: 2 }),
      'schema',
      'backup',
    ]),
    runs: [
      {
        at: 0,
        outcomes: [
          fail('database', 0, [down], unreachable),
          fail('probe:health', 0, [down], unreachable),
          unknown('probe:login', 0, unreachable),
          unknown('schema', 0, needsIt),
        ],
        because: [
          'database: below-threshold',
          'probe:health: below-threshold',
          'probe:login?: below-threshold',
          'schema?: below-threshold',
        ],
      },
      {
        at: 5,
        outcomes: [
          fail('database', 5, [down], unreachable),
          fail('probe:health', 5, [down], unreachable),
          unknown('probe:login', 5, unreachable),
          unknown('backup', 5),
        ],
        says: ['critical opened: monitor(cut-off)'],
        because: [
          'backup?: below-threshold',
          'database: held-back',
          'monitor(cut-off): first-notice',
          'probe:health: held-back',
          'probe:login?: below-threshold',
        ],
      },
      ...[6, 7].map((minutes) => ({
        at: minutes,
        outcomes: [unknown('backup', minutes)],
        because: [minutes === 7 ? 'backup?: held-back' : 'backup?: below-threshold'],
      })),
      {
        at: 10,
        outcomes: [
          fail('database', 10, [down], reached),
          pass('probe:health', 10, reached),
          pass('probe:login', 10, reached),
        ],
        says: ['critical opened: database', 'critical resolved: monitor(cut-off)'],
        because: [
          'database: first-notice',
          'monitor(cut-off): reached-again',
          'probe:health: ended-unannounced',
          'probe:login: healthy',
          'probe:login?: ended-unannounced',
        ],
      },
    ],
  },
  'endpoints alone that cannot be reached blame the application, not the monitor': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('probe:health', 0, [down], unreachable), fail('probe:login', 0, [sandbox], unreachable)],
        says: ['critical opened: probe:health, probe:login'],
        because: ['probe:health: first-notice', 'probe:login: first-notice'],
      },
    ],
  },
  'checks of different schedules doubt the monitor together': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('database', 0, [down], unreachable)],
        says: ['critical opened: database'],
        because: ['database: first-notice'],
      },
      {
        at: 1,
        outcomes: [fail('probe:health', 1, [down], unreachable)],
        says: ['critical opened: monitor(cut-off)'],
        because: ['monitor(cut-off): first-notice', 'probe:health: held-back'],
      },
      {
        at: 30,
        outcomes: [fail('probe:health', 30, [down], unreachable)],
        because: ['probe:health: held-back'],
      },
    ],
  },
  'when too little is left to tell, being cut off ends and what it held back is announced': {
    target: withDatabase,
    runs: [
      {
        at: 0,
        outcomes: [fail('database', 0, [down], unreachable), fail('probe:health', 0, [down], unreachable)],
        says: ['critical opened: monitor(cut-off)'],
        because: ['database: held-back', 'monitor(cut-off): first-notice', 'probe:health: held-back'],
      },
      {
        at: 5,
        target: targetWith(['probe:health', 'probe:login', 'schema']),
        outcomes: [fail('probe:health', 5, [down], unreachable)],
        says: ['critical opened: probe:health', 'critical resolved: monitor(cut-off)'],
        because: ['database: check-removed', 'monitor(cut-off): cannot-tell', 'probe:health: first-notice'],
      },
    ],
  },
  'a check removed from the settings closes its incidents, and says why': {
    target: targetWith(['schema', 'backup', 'probe:health']),
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [sandbox]), fail('backup', 0, [info])],
        says: ['critical opened: schema'],
        because: ['backup: below-minimum-severity', 'schema: first-notice'],
      },
      {
        at: 5,
        target: targetWith(['probe:health']),
        outcomes: [pass('probe:health', 5), pass('schema', 5)],
        says: ['critical resolved: schema'],
        because: ['backup: check-removed', 'probe:health: healthy', 'schema: check-removed', 'schema: not-configured'],
      },
      { at: 10, outcomes: [pass('probe:health', 10)], because: ['probe:health: healthy'] },
    ],
  },
  'an outcome that is older than what is known is dropped': {
    runs: [
      { at: 10, outcomes: [pass('schema', 10)], because: ['schema: healthy'] },
      { at: 11, outcomes: [fail('schema', 9, [sandbox])], because: ['schema: outdated'] },
    ],
  },
  'a time far ahead is not believed: a clock that was wrong does not blind the monitor': {
    runs: [
      { at: 0, outcomes: [pass('schema', 600)], because: ['schema: healthy'] },
      {
        at: 5,
        outcomes: [fail('schema', 5, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
    ],
  },
  'a threshold that is lowered opens with the next run, one that is raised closes nothing': {
    target: patient,
    runs: [
      { at: 0, outcomes: [fail('schema', 0, [sandbox])], because: ['schema: below-threshold'] },
      {
        at: 5,
        target: one,
        outcomes: [fail('schema', 5, [sandbox])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 10, target: patient, outcomes: [fail('schema', 10, [sandbox])], because: ['schema: unchanged'] },
    ],
  },
  'a least severity that is raised keeps reminders back, not the end': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: first-notice'],
      },
      {
        at: 5,
        alerts: { minimumSeverity: 'critical' },
        outcomes: [fail('schema', 5, [warning])],
        says: ['warning resolved: schema'],
        because: ['schema: all-gone'],
      },
    ],
  },
  'that a check sees nothing is told whatever the least severity': {
    runs: [
      {
        at: 0,
        alerts: { minimumSeverity: 'critical' },
        outcomes: [unknown('schema', 0)],
        because: ['schema?: below-threshold'],
      },
      { at: 5, outcomes: [unknown('schema', 5)], because: ['schema?: below-threshold'] },
      {
        at: 10,
        outcomes: [unknown('schema', 10)],
        says: ['warning opened: schema?'],
        because: ['schema?: first-notice'],
      },
      {
        at: 15,
        outcomes: [pass('schema', 15)],
        says: ['warning resolved: schema?'],
        because: ['schema: healthy', 'schema?: verified-again'],
      },
    ],
  },
  'what is true of more than before is told, of fewer is not': {
    runs: [
      {
        at: 0,
        outcomes: [fail('schema', 0, [{ ...sandbox, extent: 2 }])],
        says: ['critical opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 5, outcomes: [fail('schema', 5, [{ ...sandbox, extent: 2 }])], because: ['schema: unchanged'] },
      {
        at: 10,
        outcomes: [fail('schema', 10, [{ ...sandbox, extent: 5 }])],
        says: ['critical updated: schema'],
        because: ['schema: grown'],
      },
      { at: 15, outcomes: [fail('schema', 15, [{ ...sandbox, extent: 3 }])], because: ['schema: unchanged'] },
      { at: 20, outcomes: [fail('schema', 20, [{ ...sandbox, extent: 5 }])], because: ['schema: unchanged'] },
    ],
  },
  'a reminder interval above a day stays as it is': {
    runs: [
      {
        at: 0,
        alerts: { remindEvery: parseDuration('3d') },
        outcomes: [fail('schema', 0, [warning])],
        says: ['warning opened: schema'],
        because: ['schema: first-notice'],
      },
      { at: 1_500, outcomes: [fail('schema', 1_500, [warning])], because: ['schema: unchanged'] },
      {
        at: 4_320,
        outcomes: [fail('schema', 4_320, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
      {
        at: 8_640,
        outcomes: [fail('schema', 8_640, [warning])],
        says: ['warning reminder: schema'],
        because: ['schema: reminder-due'],
      },
    ],
  },
};

tellStories(stories);

describe('what a notice holds', () => {
  test('deciding again over what was decided, with the same outcomes, changes nothing', () => {
    const input = { monitor: 'control-core', target: one, alerts, run: 'run-0', now: new Date(noon) };
    const outcomes = [fail('schema', 0, [sandbox])];
    const first = decide({ ...input, outcomes, state: freshState(one.name, new Date(noon)) });
    const again = decide({ ...input, outcomes, state: first.state });
    expect(first.state.outbox).toHaveLength(1);
    expect(again.state).toBe(first.state);
    expect(again.notices).toEqual([]);
  });

  test('deciding twice over the same state gives the same ids', () => {
    const decideOnce = () =>
      story(one)
        .run(0, [fail('schema', 0, [sandbox])])
        .notices.map(({ id }) => id);
    expect(decideOnce()).toEqual(decideOnce());
    expect(decideOnce()[0]).toMatch(/^pap-api-1-[0-9a-f]{10}$/);
  });

  test('sequence numbers and ids go on over runs', () => {
    const told = story(one);
    const notices = [
      told.run(0, [fail('schema', 0, [sandbox])]),
      told.run(5, [pass('schema', 5)]),
      told.run(10, [fail('schema', 10, [sandbox])]),
    ].flatMap((decided) => decided.notices);
    expect(notices.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(new Set(notices.map(({ id }) => id)).size).toBe(3);
    const incidents = notices.flatMap(({ entries }) => entries.map(({ incident }) => incident));
    expect(incidents[0]).toBe(incidents[1]);
    expect(incidents[2]).not.toBe(incidents[0]);
  });

  test('500 findings are counted, the worst are carried, and all are compared in the next run', () => {
    const told = story(one);
    const many = Array.from({ length: 500 }, (_, index) =>
      column(`c${index}`, index === 499 ? {} : { severity: 'warning' }),
    );
    const [notice] = told.run(0, [fail('schema', 0, [many[0] ?? sandbox, ...many.slice(1)])]).notices;
    const [entry] = notice?.entries ?? [];
    expect(entry).toMatchObject({ findingCount: 500, addedCount: 500 });
    expect(entry?.findings).toHaveLength(25);
    // The worst of all is among them, in its place.
    expect(entry?.findings.map(({ subject }) => subject).slice(-2)).toEqual(['public.users.c23', 'public.users.c499']);
    const fewer = many.filter((_, index) => index !== 300);
    const [update] = told.run(5, [fail('schema', 5, [fewer[0] ?? sandbox, ...fewer.slice(1)])]).notices;
    expect(update?.entries[0]).toMatchObject({ change: 'updated', goneCount: 1, addedCount: 0, findingCount: 499 });
    const more = [...fewer, column('last', { severity: 'warning' })];
    const [grown] = told.run(10, [fail('schema', 10, [more[0] ?? sandbox, ...more.slice(1)])]).notices;
    expect(grown?.entries[0]?.findings.at(-1)?.subject).toBe('public.users.last');
  });

  test('the worst effect comes first, and what is equally bad by name', () => {
    const ids = ['backup', 'probe:a', 'probe:b', 'probe:c', 'probe:d', 'probe:e', 'schema'];
    const later = ids.toReversed().map((id) => fail(id, 0, [id === 'schema' ? sandbox : down]));
    const [notice] = story(targetWith(ids)).run(0, later).notices;
    expect(notice?.entries.map(({ check }) => check)).toEqual(ids);
  });

  test('the newest verified backup comes along when data is at stake', () => {
    const told = story(targetWith(['schema', 'backup:nightly', 'backup:weekly', 'probe:health']));
    told.run(0, [
      pass('backup:weekly', 0, { summary: 'weekly.sql' }),
      pass('backup:nightly', -5, { summary: 'nightly.sql' }),
    ]);
    const [schema] = told.run(5, [fail('schema', 5, [sandbox])]).notices;
    expect(schema?.backup).toEqual({ check: 'backup:weekly', summary: 'weekly.sql', verifiedAt: at(0) });
    const [health] = told.run(10, [fail('probe:health', 10, [down])]).notices;
    expect(health?.backup).toBeUndefined();
  });

  test('what else is open and what is held back are in it', () => {
    const told = story(withDatabase);
    told.run(0, [fail('probe:health', 0, [sandbox])]);
    const [notice] = told.run(5, [fail('database', 5, [down]), fail('schema', 5, [sandbox], needsIt)]).notices;
    expect(notice?.stillOpen).toEqual([{ check: 'probe:health', about: 'failing', since: at(0) }]);
    expect(notice?.heldBack).toEqual([{ check: 'schema', about: 'failing' }]);
  });

  test('what is too small to be told of is not held back in it', () => {
    const told = story(withDatabase);
    told.run(0, [fail('schema', 0, [info], needsIt)]);
    const [notice] = told.run(5, [fail('database', 5, [down]), unknown('schema', 5, needsIt)]).notices;
    expect(notice?.heldBack).toEqual([{ check: 'schema', about: 'unverified' }]);
  });

  test('an end says of what remains that it is too small to be told of', () => {
    const told = story(withDatabase);
    told.run(0, [fail('schema', 0, [sandbox, info])]);
    const [end] = told.run(5, [fail('schema', 5, [info])]).notices;
    expect(end?.entries[0]?.summary).toBe('1 finding, too small to be announced');
  });

  test('what another run saw and nobody was told of is held back in it, too', () => {
    const told = story(targetWith([checkEntry('database', { failAfter: 2 }), 'schema', 'schema:copy']));
    told.run(0, [fail('database', 0, [down])]);
    told.run(1, [unknown('schema', 1, needsIt), fail('schema:copy', 1, [sandbox], needsIt)]);
    const [notice] = told.run(5, [fail('database', 5, [down])]).notices;
    expect(notice?.heldBack).toEqual([
      { check: 'schema', about: 'unverified' },
      { check: 'schema:copy', about: 'failing' },
    ]);
    const [reminder] = told.run(300, [fail('database', 300, [down])]).notices;
    expect(reminder?.heldBack).toHaveLength(2);
    expect(told.run(301, [pass('database', 301)]).notices[0]?.heldBack).toEqual([]);
  });

  test('versions that probes capture are remembered by probe, and forgotten with it', () => {
    const told = story(targetWith(['probe:health', 'schema']));
    told.run(0, [pass('probe:health', 0, { version: '1.4.2' })]);
    told.run(5, [pass('probe:health', 5)]);
    expect(told.state.versions).toEqual({ 'probe:health': { version: '1.4.2', seenAt: at(0) } });
    told.target = one;
    told.run(10, [pass('schema', 10)]);
    expect(told.state.versions).toEqual({});
  });

  test('what a check asks to be remembered stays until it says otherwise', () => {
    const told = story(one);
    told.run(0, [pass('schema', 0, { memory: { value: { token: 'abc' } } })]);
    told.run(5, [unknown('schema', 5)]);
    expect(told.state.checks.schema?.memory).toEqual({ token: 'abc' });
    told.run(10, [pass('schema', 10, { memory: {} })]);
    expect(told.state.checks.schema).not.toHaveProperty('memory');
  });
});

describe('a check that came along with others', () => {
  const target = targetWith([checkEntry('database', { failAfter: 2 })]);
  const seconds = (count: number) => count / 60;
  const phases = (outcomes: [minutes: number, cameAlong: boolean][]) => {
    const told = story(target);
    return outcomes.map(([minutes, cameAlong]) => {
      const { decisions } = told.run(minutes, [fail('database', minutes, [down], { cameAlong })]);
      return decisions[0]?.reason.code;
    });
  };
  test.each([
    [
      'runs of one moment count once',
      [
        [0, true],
        [seconds(1), true],
        [seconds(2), false],
      ],
      ['below-threshold', 'below-threshold', 'below-threshold'],
    ],
    [
      'its own runs count however close they are',
      [
        [0, false],
        [seconds(1), false],
      ],
      ['below-threshold', 'first-notice'],
    ],
    [
      'a later one counts',
      [
        [0, false],
        [seconds(40), true],
      ],
      ['below-threshold', 'first-notice'],
    ],
  ] as [string, [number, boolean][], string[]][])('%s', (_, outcomes, expected) => {
    expect(phases(outcomes)).toEqual(expected);
  });

  test('a change of status counts at once', () => {
    const told = story(target);
    told.run(0, [pass('database', 0)]);
    told.run(seconds(1), [fail('database', seconds(1), [down], { cameAlong: true })]);
    expect(told.state.checks.database?.failing.bad).toBe(1);
    told.run(seconds(2), [pass('database', seconds(2), { cameAlong: true })]);
    expect(told.state.checks.database?.failing.bad).toBe(0);
  });
});
