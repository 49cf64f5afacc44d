// The verdict on a probe, from what its requests showed. Pure. What could not be asked (a secret that cannot be read,
// an address that is never visited, a run that ended first) is not verified, and not the application's fault.

import type { JudgeContext, Judgement, Measure } from '../../monitor/check.ts';
import type { Finding } from '../../monitor/finding.ts';
import { type Refusal, triedAgainFrom } from '../../monitor/refused-credentials.ts';
import { minuteOf } from '../../point-in-time.ts';
import type { ProbeEvidence, Step } from './evidence.ts';
import { answerFindings, critical, failureFinding, finding, requestOf } from './findings.ts';
import type { Expectation, ProbeSettings } from './settings.ts';

const dayMs = 86_400_000;

export function judge(evidence: ProbeEvidence, context: JudgeContext<ProbeSettings>): Judgement {
  const { settings, now } = context;
  const measures = evidence.steps.flatMap((step) => measuresOf(step, now));
  const obstacle = evidence.obstacle ?? obstacleIn(evidence.steps);
  const [first, ...rest] = [
    ...(evidence.refusal && !evidence.obstacle ? [refusalFinding(evidence, evidence.refusal)] : []),
    ...evidence.steps.flatMap((step) => stepFindings(step, evidence, context)),
    ...afterwards(evidence, settings),
  ];
  if (first) return { status: 'fail', summary: first.message, measures, findings: [first, ...rest] };
  const last = evidence.steps.at(-1);
  if (obstacle || last === undefined) {
    const reason = obstacle?.message ?? 'no request was made';
    const remedy = obstacle?.remedy ?? 'Report this as a bug of Driftwatch, with the evidence.';
    return { status: 'unknown', summary: `not verified: ${reason}`, measures, reason, remedy };
  }
  const took = evidence.steps.map((step) => (step.outcome === 'answered' ? Math.round(step.timings.totalMs) : 0));
  const steps = evidence.steps.map((step) => `${requestOf(step)} answered as expected`).join(', ');
  return { status: 'pass', summary: `${steps} (${took.join(' ms, ')} ms)`, measures };
}

/** What stood in the way of asking, other than the application. */
function obstacleIn(steps: readonly Step[]): { message: string; remedy: string } | undefined {
  for (const step of steps) {
    if (step.outcome === 'cut') {
      return {
        message: `the time of the check was up: ${step.message}`,
        remedy: 'Give the check a longer "timeout": it has to hold every request with its retries.',
      };
    }
    if (step.outcome === 'failed' && isOurs(step)) return step;
  }
  return undefined;
}

/** A request that we refused to make, or could not form. */
function isOurs(step: Extract<Step, { outcome: 'failed' }>): boolean {
  return step.reason === 'forbidden-address' || (step.reason === 'invalid' && step.phase === 'request');
}

function stepFindings(step: Step, evidence: ProbeEvidence, { settings, now }: JudgeContext<ProbeSettings>): Finding[] {
  switch (step.outcome) {
    case 'cut':
      return [];
    case 'failed':
      return isOurs(step) ? [] : [failureFinding(step)];
    case 'answered': {
      const findings = answerFindings(step, { expect: expectationOf(step, settings), maxBody: settings.maxBody, now });
      // That the credentials were refused has been said.
      const told = evidence.refusal !== null && step.name === 'login';
      return told ? findings.filter(({ code }) => code !== 'probe.status') : findings;
    }
  }
}

function expectationOf(step: Step, { expect, login }: ProbeSettings): Expectation {
  return step.name === 'call' ? (login?.call?.expect ?? expect) : expect;
}

/** What an answer with the right status should have held besides. */
function afterwards(evidence: ProbeEvidence, settings: ProbeSettings): Finding[] {
  const [step] = evidence.steps;
  if (step?.outcome !== 'answered' || !settings.expect.status.includes(step.status) || evidence.refusal) return [];
  const findings: Finding[] = [];
  if (evidence.tokenFound === false) {
    findings.push(
      critical(step, 'probe.no-token', {
        message: `Login is broken: ${requestOf(step)} answered ${step.status}, but without a token at ${settings.login?.tokenPath}; nobody can use what they log in to.`,
        remedy: 'Check the answer of the login; if the token has moved, bring "tokenPath" up to date.',
      }),
    );
  }
  if (settings.version !== undefined && evidence.version === null) {
    findings.push(
      finding(step, 'probe.version-missing', {
        severity: 'warning',
        impact: 'monitoring',
        message: `${requestOf(step)} does not tell the application's version at ${settings.version}, so the schema cannot be held to the model of the version that runs.`,
        remedy: 'Have the answer tell the version as text, or bring "version" up to date.',
      }),
    );
  }
  return findings;
}

function refusalFinding({ steps }: ProbeEvidence, refusal: Refusal): Finding {
  const { refusedAt, said, place, credentials } = refusal;
  const now = steps.length === 0 ? 'They were not tried now' : 'They are not tried again';
  return {
    code: 'probe.login-refused',
    severity: 'critical',
    impact: 'availability',
    subject: place,
    message: `Login fails: ${place} refused the credentials of the secret ${credentials} with ${said} on ${minuteOf(refusedAt)}. ${now}, since repeated refusals lock accounts; the next attempt is made from ${triedAgainFrom(refusal)}.`,
    remedy: `Sign in with them by hand. If they are wrong, store the right ones in ${credentials}; if they are right, the application refuses valid credentials and nobody can log in.`,
    details: { refusedAt, said },
  };
}

function measuresOf(step: Step, now: Date): Measure[] {
  if (step.outcome !== 'answered') return [];
  const { dnsMs, connectMs, tlsMs, firstByteMs, downloadMs, totalMs } = step.timings;
  const named = {
    dns: dnsMs,
    connect: connectMs,
    tls: tlsMs,
    'first-byte': firstByteMs,
    download: downloadMs,
    total: totalMs,
  };
  const prefix = step.name === 'call' ? 'call-' : '';
  const timings = Object.entries(named).map(([name, value]): Measure => ({ name: prefix + name, value, unit: 'ms' }));
  if (step.certificateValidTo === null) return timings;
  const days = Math.floor((Date.parse(step.certificateValidTo) - now.getTime()) / dayMs);
  return [...timings, { name: `${prefix}certificate-days`, value: days, unit: 'days' }];
}
