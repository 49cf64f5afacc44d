// Makes a probe's requests: one, or a login and the call with its token. Gathers facts only; what kept a request from
// being made or answered is a fact too.
import { EdgeError } from '../../errors.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { createRedactor } from '../../monitor/redact.ts';
import { lastRefusal, stillHolds } from '../../monitor/refused-credentials.ts';
import type { HttpRequest, HttpResponse, Secrets } from '../../platform/ports.ts';
import { find } from './assertion.ts';
import type { ProbeEvidence, StepName } from './evidence.ts';
import { callRequest, loginBody, parseCredentials } from './login.ts';
import type { Expectation, LoginSettings, ProbeSettings } from './settings.ts';
import { jsonOf, make, observe, type StepContext, stepOf, withoutQuery } from './step.ts';

type Context = CollectContext<ProbeSettings>;
type Ask = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'carriesCredentials'>;

export async function collect(context: Context): Promise<ProbeEvidence> {
  const evidence: ProbeEvidence = {
    at: context.ports.clock.now().toISOString(),
    obstacle: null,
    steps: [],
    tokenFound: null,
    refusal: null,
    version: null,
  };
  try {
    await probe(context, evidence);
  } catch (error) {
    // Only secrets fail this way: requests that fail are steps.
    if (!(error instanceof EdgeError)) throw error;
    evidence.obstacle = { message: error.message, remedy: error.remedy };
  }
  return evidence;
}

async function probe(context: Context, evidence: ProbeEvidence): Promise<void> {
  const { settings, ports, signal } = context;
  // What was refused stays so until it is known that the credentials are others, whatever fails on the way to that.
  const last = settings.login && lastRefusal(context.memory);
  evidence.refusal = last ?? null;
  const redactor = createRedactor();
  const step: StepContext = { http: ports.http, clock: ports.clock, signal, redactor, settings };
  const secrets: Pick<Secrets, 'read'> = {
    async read(...of) {
      const secret = await ports.secrets.read(...of);
      redactor.learn(secret);
      return secret;
    },
  };
  const { headers, secret: headersAreSecret } = await headersOf(settings, secrets, signal);
  const { login } = settings;
  if (login === undefined) {
    const ask: Ask = {
      method: settings.method ?? 'GET',
      url: settings.url,
      headers,
      carriesCredentials: headersAreSecret,
    };
    const response = await take('request', ask, settings.expect, step, evidence);
    evidence.version = versionIn(response, settings);
    return;
  }

  // The version is asked first, and past the cache: what is read after it is that version, or a newer one that counts
  // as untried.
  const secretVersion = (await ports.secrets.version?.(login.credentials, { fresh: true, signal })) ?? null;
  const about = { place: `POST ${withoutQuery(settings.url)}`, credentials: login.credentials, secretVersion };
  if (last !== undefined && stillHolds(last, ports.clock.now(), about)) return;
  const credentials = parseCredentials(await secrets.read(login.credentials, { signal }), login.credentials);
  evidence.refusal = null;
  const post = loginBody(login, credentials);
  const ask: Ask = {
    method: 'POST',
    url: settings.url,
    headers: { ...headers, ...post.headers },
    body: post.body,
    carriesCredentials: true,
  };
  const response = await take('login', ask, settings.expect, step, evidence, (answer) => {
    const token = tokenIn(answer, login);
    if (token !== undefined) redactor.learn(token);
  });
  if (response === undefined) return;
  if (login.refusedStatus.includes(response.status)) {
    const refusedAt = ports.clock.now().toISOString();
    evidence.refusal = { ...about, refusedAt, said: String(response.status) };
    return;
  }
  if (!settings.expect.status.includes(response.status)) return;
  evidence.version = versionIn(response, settings);
  const token = tokenIn(response, login);
  evidence.tokenFound = token !== undefined;
  if (token !== undefined && login.call !== undefined) {
    await take('call', callRequest(login.call.url, token), login.call.expect, step, evidence);
  }
}

/** Makes one request and adds its step to the evidence; `before` sees the answer before anything of it is kept. */
async function take(
  name: StepName,
  ask: Ask,
  expect: Expectation,
  context: StepContext,
  evidence: ProbeEvidence,
  before?: (response: HttpResponse) => void,
): Promise<HttpResponse | undefined> {
  const { outcome, attempts, response } = await make(ask, context);
  if (response !== undefined) before?.(response);
  const observed =
    response === undefined
      ? outcome
      : observe(response, expect, { requested: ask.url, redactor: context.redactor, holdsSecrets: name === 'login' });
  if (observed !== undefined) evidence.steps.push(stepOf(name, ask, { attempts, outcome: observed }));
  return response;
}

async function headersOf(
  { headers }: ProbeSettings,
  secrets: Pick<Secrets, 'read'>,
  signal: AbortSignal,
): Promise<{ headers: Record<string, string>; secret: boolean }> {
  const texts = await Promise.all(
    Object.entries(headers).map(async ([name, value]): Promise<[string, string]> => {
      if (typeof value === 'string') return [name, value];
      return [name, (await secrets.read(value.secret, { signal })).trim()];
    }),
  );
  return {
    headers: Object.fromEntries(texts),
    secret: Object.values(headers).some((value) => typeof value !== 'string'),
  };
}

function tokenIn(response: HttpResponse, { tokenPath }: LoginSettings): string | undefined {
  const document = jsonOf(response);
  const token = document === undefined ? undefined : find(tokenPath, document);
  // Sent on as a header, which takes visible ASCII only.
  return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

function versionIn(response: HttpResponse | undefined, { version, expect }: ProbeSettings): string | null {
  if (version === undefined || response === undefined || !expect.status.includes(response.status)) return null;
  const document = jsonOf(response);
  const found = document === undefined ? undefined : find(version, document)?.trim();
  return found !== undefined && /^[\x20-\x7e]{1,128}$/.test(found) ? found : null;
}
