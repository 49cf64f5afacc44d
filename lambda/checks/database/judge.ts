// The verdict on the database's reachability. Pure. Wrong is what stops the application too: no connection, no answer,
// a server that turns everybody away, a database that is not there. When only we are turned away (our password, our
// permission, our view of its certificate, our secret), the application may be well: that is not verified, not wrong.
import type { EdgeReason } from '../../errors.ts';
import type { JudgeContext, Judgement } from '../../monitor/check.ts';
import type { DatabaseEvidence } from './collect.ts';
import type { DatabaseCheckSettings } from './settings.ts';

export function judge(evidence: DatabaseEvidence, { target }: JudgeContext<DatabaseCheckSettings>): Judgement {
  if (evidence.answered) {
    const { connectMs, roundTripMs } = evidence;
    return {
      status: 'pass',
      summary: `connected in ${connectMs} ms, round trip ${roundTripMs} ms`,
      measures: [
        { name: 'connect', value: connectMs, unit: 'ms' },
        { name: 'round-trip', value: roundTripMs, unit: 'ms' },
      ],
    };
  }
  const { stage, reason, message, remedy } = evidence;
  const code = stage === 'database' ? codes[reason] : undefined;
  if (code === undefined) {
    return { status: 'unknown', summary: `not verified: ${message}`, measures: [], reason: message, remedy };
  }
  const sentence = `The database cannot be used: ${message}. Every request of ${target} that needs it fails.`;
  return {
    status: 'fail',
    summary: sentence,
    measures: [],
    findings: [{ code, severity: 'critical', impact: 'availability', subject: target, message: sentence, remedy }],
  };
}

/** The failures of a connection that the application shares; the others concern only ourselves. */
const codes: { [Reason in EdgeReason]: string | undefined } = {
  unreachable: 'database.unreachable',
  timeout: 'database.unreachable',
  unavailable: 'database.unavailable',
  missing: 'database.missing',
  authentication: undefined,
  denied: undefined,
  untrusted: undefined,
  refused: undefined,
  invalid: undefined,
  conflict: undefined,
  'forbidden-address': undefined,
};
