// What is wrong with one request of a probe and its answer, each trouble a finding that says what failed, in which
// phase, what that breaks and what to do. Pure.
import { formatDuration } from '../../config/duration.ts';
import { formatSize } from '../../config/size.ts';
import { httpPhaseInWords } from '../../errors.ts';
import type { Finding } from '../../monitor/finding.ts';
import { holds } from './assertion.ts';
import type { Answered, Failed, Step, StepName } from './evidence.ts';
import type { Expectation } from './settings.ts';

export interface StepContext {
  expect: Expectation;
  maxBody: number;
  now: Date;
}

const dayMs = 86_400_000;

/** What the trouble is called, and whom it hits. */
const stakes: Record<StepName, { subject: string; breaks: string }> = {
  request: { subject: 'The endpoint is broken', breaks: 'whoever depends on it is affected' },
  login: { subject: 'Login is broken', breaks: 'nobody can log in' },
  call: { subject: 'The application is broken after login', breaks: 'whoever logs in gets no further' },
};

/** The findings of an answered request; the wrong status hides what follows from it. */
export function answerFindings(step: Step & Answered, context: StepContext): Finding[] {
  const wrongStatus = statusFinding(step, context);
  const found = wrongStatus ? [wrongStatus] : bodyFindings(step, context);
  const further = [latencyFinding(step, context), expiryFinding(step, context)];
  return [...found, ...further.filter((finding) => finding !== undefined)];
}

function statusFinding(step: Step & Answered, { expect }: StepContext): Finding | undefined {
  if (expect.status.includes(step.status)) return undefined;
  const { subject, breaks } = stakes[step.name];
  const request = requestOf(step);
  if (step.refusedRedirect !== null) {
    return critical(step, 'probe.redirect-refused', {
      message: `${subject}: ${request} answered ${step.status} with a redirect to ${step.refusedRedirect}, which was not followed, since it leads to another host or to one that is never visited.`,
      remedy:
        'If the redirect is right, give its target as the url; if not, mend it: credentials would have gone there.',
    });
  }
  if (step.name === 'call' && (step.status === 401 || step.status === 403)) {
    return critical(step, 'probe.token-refused', {
      message: `${subject}: the token that the login has just issued was refused by ${request} with ${step.status}; ${breaks}.`,
      remedy: "Check that the services agree on the token's key, issuer, audience and clock.",
      ...said(step),
    });
  }
  const expected = expect.status.join(' or ');
  const handled =
    step.status >= 500
      ? `connection and request worked, the application failed while it handled them (after ${Math.round(step.timings.firstByteMs)} ms)`
      : 'connection and request worked, the application answered otherwise than expected';
  const quote = step.excerpt === null ? '' : ` It said: ${step.excerpt}`;
  return critical(step, 'probe.status', {
    message: `${subject}: ${request} answered ${step.status} instead of ${expected}: ${handled}; ${breaks}.${quote}`,
    remedy:
      step.status >= 500
        ? "Read the application's log of this moment. If it names a column or table that does not exist, a migration is missing: see the schema check of this target, then migrate or roll back the deployment."
        : 'Check whether the last deployment changed this endpoint, its address or who may use it.',
    ...said(step),
  });
}

function bodyFindings(step: Step & Answered, { expect, maxBody }: StepContext): Finding[] {
  const { subject } = stakes[step.name];
  const request = requestOf(step);
  const asked = expect.json !== undefined || expect.contains !== undefined || expect.excludes !== undefined;
  if (asked && step.bodyTruncated) {
    const message = `${request} answered with more than ${formatSize(maxBody)}: what is expected of the body could not be seen.`;
    const remedy = 'Probe an endpoint with a shorter answer, or raise "maxBody".';
    return [finding(step, 'probe.body-too-large', { severity: 'warning', impact: 'monitoring', message, remedy })];
  }
  if (step.isJson === false) {
    const message = `${subject}: ${request} answered ${step.status} with a body that is not JSON, so nothing that is expected of it holds.`;
    return [
      critical(step, 'probe.not-json', { message, remedy: 'See what answers there: often a proxy or an error page.' }),
    ];
  }
  const assertions = step.assertions.flatMap((evaluation) => {
    if (holds(evaluation)) return [];
    const { expression, found, missing, error, result } = evaluation;
    const saw = found.map(({ path, value }) => `${path || 'the answer'} is ${JSON.stringify(value)}`);
    const why = [
      ...missing.map((path) => `${path}${/ is no | is "/.test(path) ? '' : ' is missing'}`),
      ...saw,
      ...(error === null ? [] : [error]),
      ...(saw.length === 0 && missing.length === 0 && error === null ? [`it gave ${JSON.stringify(result)}`] : []),
    ].join(', ');
    return critical(step, 'probe.assertion', {
      about: expression,
      message: `${subject}: the answer to ${request} should satisfy ${expression}, but ${why}.`,
      remedy:
        'Find out from the application why it says so; if the answer has a new form, bring the expression up to date.',
      details: { expression, found, missing },
    });
  });
  const texts = step.texts.flatMap(({ text, present }) => {
    const wanted = expect.contains?.includes(text) ?? false;
    if (present === wanted) return [];
    return critical(step, 'probe.text', {
      about: text,
      message: `${subject}: the answer to ${request} should ${wanted ? '' : 'not '}contain ${JSON.stringify(text)}, and does${wanted ? ' not' : ''}.`,
      remedy: 'Look at the page in a browser, and at the log of the application of this moment.',
    });
  });
  return [...assertions, ...texts];
}

function latencyFinding(step: Step & Answered, { expect }: StepContext): Finding | undefined {
  const { dnsMs, connectMs, tlsMs, firstByteMs, downloadMs, totalMs } = step.timings;
  if (expect.maxLatency === undefined || totalMs <= expect.maxLatency) return undefined;
  const phases = {
    'name resolution': dnsMs,
    connection: connectMs,
    TLS: tlsMs,
    'first byte': firstByteMs,
    download: downloadMs,
  };
  const [slowest = ['', 0]] = Object.entries(phases).sort(([, one], [, other]) => other - one);
  return finding(step, 'probe.slow', {
    severity: 'warning',
    impact: 'performance',
    message: `${requestOf(step)} took ${Math.round(totalMs)} ms; at most ${expect.maxLatency} ms are allowed. Most of it was ${slowest[0]}: ${Math.round(slowest[1])} ms.`,
    remedy: 'Look at the load of the application and its database, and at what was deployed last.',
    details: { ...step.timings },
  });
}

function expiryFinding(step: Step & Answered, { expect, now }: StepContext): Finding | undefined {
  if (step.certificateValidTo === null) return undefined;
  const leftMs = Date.parse(step.certificateValidTo) - now.getTime();
  if (leftMs >= expect.certificateDays * dayMs && leftMs > 0) return undefined;
  const host = new URL(step.answeredBy ?? step.url).host;
  const until = step.certificateValidTo.slice(0, 10);
  const left = leftMs > 0 ? `expires in ${formatDuration(leftMs)}, on ${until}` : `expired on ${until}`;
  return finding(step, leftMs > 0 ? 'probe.certificate-expiring' : 'probe.certificate-expired', {
    severity: leftMs > 3 * dayMs ? 'warning' : 'critical',
    impact: 'availability',
    message: `A certificate that ${host} presents ${left}. From then on nobody connects there.`,
    remedy:
      'Renew the certificate, intermediates included, have the server load it, and find out why that was not automatic.',
    details: { validTo: step.certificateValidTo },
  });
}

/** The finding of a request that got no answer. */
export function failureFinding(step: Step & Failed): Finding {
  const { subject, breaks } = stakes[step.name];
  const tried = step.attempts === 1 ? '' : ` (${step.attempts} attempts)`;
  const problem = step.certificate?.kind;
  if (problem !== undefined) {
    return critical(step, `probe.certificate-${problem}`, {
      message: `${subject}: ${step.message}. Browsers and clients refuse to connect, and so ${breaks}.`,
      remedy: step.remedy,
      details: { validTo: step.certificate?.validTo ?? null },
    });
  }
  const phase = httpPhaseInWords[step.phase];
  const during = step.message.includes(phase) ? '' : `; that was during ${phase}`;
  return critical(step, step.reason === 'invalid' ? 'probe.invalid-answer' : 'probe.unreachable', {
    message: `${subject}: ${step.message}${tried}${during}. As long as that lasts, ${breaks}.`,
    remedy: step.remedy,
    details: { phase: step.phase, attempts: step.attempts },
  });
}

type Told = Pick<Finding, 'severity' | 'impact' | 'message' | 'remedy' | 'details'> & { about?: string };

export function finding(step: Step, code: string, { about, ...told }: Told): Finding {
  return { code, subject: about === undefined ? requestOf(step) : `${requestOf(step)} ${about}`, ...told };
}

export function critical(step: Step, code: string, told: Omit<Told, 'severity' | 'impact'>): Finding {
  return finding(step, code, { severity: 'critical', impact: 'availability', ...told });
}

export function requestOf({ method, url }: Pick<Step, 'method' | 'url'>): string {
  return `${method} ${url}`;
}

function said({ status, excerpt }: Answered): Pick<Finding, 'details'> {
  return { details: { status, excerpt } };
}
