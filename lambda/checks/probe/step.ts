// One request of a probe, with its retries, and what its answer shows. Retries are for requests that got no answer: a
// wrong answer is an answer. Does not know what the request is for.
import { HttpError } from '../../errors.ts';
import type { JsonValue } from '../../json.ts';
import type { Redactor } from '../../monitor/redact.ts';
import type { Clock, HttpClient, HttpRequest, HttpResponse } from '../../platform/ports.ts';
import { evaluate } from './assertion.ts';
import type { Answered, Cut, Failed, Step, StepName } from './evidence.ts';
import { excerptOf, presentable } from './excerpt.ts';
import type { Expectation, ProbeSettings } from './settings.ts';

const pauseMs = 500;

export interface StepContext {
  http: HttpClient;
  clock: Clock;
  signal: AbortSignal;
  redactor: Redactor;
  settings: Pick<ProbeSettings, 'retries' | 'requestTimeout' | 'maxBody' | 'ca'>;
}

/** A request that was made: what of it is kept, and its answer, which is not. */
export type Made<Outcome> = { outcome: Outcome; attempts: number; response: HttpResponse | undefined };

/** Makes the request until it is answered, the retries are used up, or the run's time is. */
export async function make(
  request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'carriesCredentials'>,
  { http, clock, signal, settings }: StepContext,
): Promise<Made<Failed | Cut | undefined>> {
  for (let attempts = 1; ; attempts++) {
    try {
      const whole = { ...request, maxBodyBytes: settings.maxBody, timeoutMs: settings.requestTimeout };
      const response = await http.request(
        { ...whole, ...(settings.ca === undefined ? {} : { ca: settings.ca }) },
        signal,
      );
      return { outcome: undefined, attempts, response };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const passing = error.reason === 'unreachable' || error.reason === 'timeout';
      if (passing && !signal.aborted && attempts <= settings.retries) {
        await clock.sleep(pauseMs, signal).catch(() => undefined);
        if (!signal.aborted) continue;
      }
      const outcome: Failed | Cut = signal.aborted ? { outcome: 'cut', message: error.message } : failed(error);
      return { outcome, attempts, response: undefined };
    }
  }
}

function failed({ reason, phase, message, remedy, certificate }: HttpError): Failed {
  const presented = certificate
    ? { kind: certificate.kind, validTo: certificate.validTo?.toISOString() ?? null }
    : null;
  return { outcome: 'failed', reason, phase, message, remedy, certificate: presented };
}

/** What the answer shows of what is expected, and no more of it. */
export function observe(
  response: HttpResponse,
  expect: Expectation,
  context: { requested: string; redactor: Redactor; holdsSecrets: boolean },
): Answered {
  const expected = expect.status.includes(response.status);
  const asksBody = expected && !response.bodyTruncated;
  const document = asksBody && expect.json ? jsonOf(response) : undefined;
  const texts = [...(expect.contains ?? []), ...(expect.excludes ?? [])];
  const from = withoutQuery(response.url);
  // A login that succeeded in an unexpected way still holds its token.
  const showable = !expected && !(context.holdsSecrets && response.status < 300);
  return {
    outcome: 'answered',
    status: response.status,
    timings: response.timings,
    certificateValidTo: response.certificateValidTo?.toISOString() ?? null,
    answeredBy: from === withoutQuery(context.requested) ? null : from,
    refusedRedirect: response.refusedRedirect ?? null,
    bodyTruncated: response.bodyTruncated,
    excerpt: showable ? excerptOf(response.body, response.headers['content-type'], context.redactor) : null,
    isJson: asksBody && expect.json ? document !== undefined : null,
    assertions:
      document === undefined
        ? []
        : (expect.json ?? []).map((expression) => presentable(evaluate(expression, document), context.redactor)),
    texts: asksBody ? texts.map((text) => ({ text, present: response.body.includes(text) })) : [],
  };
}

/** `undefined` for a body that is not JSON, or was not read to its end. */
export function jsonOf(response: HttpResponse): JsonValue | undefined {
  if (response.bodyTruncated) return undefined;
  try {
    return JSON.parse(response.body) as JsonValue;
  } catch {
    return undefined;
  }
}

export function stepOf(
  name: StepName,
  { method, url }: Pick<HttpRequest, 'method' | 'url'>,
  { attempts, outcome }: { attempts: number; outcome: Answered | Failed | Cut },
): Step {
  return { name, method, url: withoutQuery(url), attempts, ...outcome };
}

/** A URL as it may be shown: queries can hold what is not for everybody. */
export function withoutQuery(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}
