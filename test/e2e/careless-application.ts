// An application that does with secrets what none should: repeats them in errors, pages, redirects and versions. Each
// way is a path of its own, so that a probe of it is one scenario.
import { type Answer, type LocalServer, type Received, serve } from '../../local/http-server.ts';

export interface CarelessApplication extends LocalServer {
  /** Paths that were asked for, each as often as it was. */
  asked: readonly string[];
}

/** @param token what its logins issue */
export async function startCarelessApplication(token: string): Promise<CarelessApplication> {
  const asked: string[] = [];
  const issued = json(200, { access_token: token });
  const routes: Record<string, (request: Received) => Answer> = {
    '/well/login': () => issued,
    '/well/me': ({ headers }) => json(headers.authorization === `Bearer ${token}` ? 200 : 401, { id: 1 }),
    '/refusing/login': (request) => json(401, { detail: 'Wrong', sent: text(request), headers: request.headers }),
    '/echoing/login': (request) => ({ status: 500, body: `cannot handle ${text(request)}` }),
    '/page/login': (request) => ({
      status: 500,
      headers: { 'content-type': 'text/html' },
      body: `<h1>Error</h1><script>var sent = ${JSON.stringify(text(request))}</script><p>${text(request)}</p>`,
    }),
    '/away/login': (request) => ({
      status: 302,
      headers: { location: `http://localhost/${encodeURIComponent(passwordIn(request))}?${text(request)}#${token}` },
    }),
    '/created/login': () => json(201, { access_token: token }),
    '/elsewhere/login': () => json(200, { data: { jwt: token } }),
    '/leaking/login': () => json(503, { error: 'no database', refresh_token: token }),
    '/afterwards/login': () => issued,
    '/afterwards/me': ({ headers }) => json(500, { error: `no session ${token}`, headers }),
    '/key/broken': ({ headers }) => json(500, { headers, raw: headers['x-api-key'] }),
    '/key/health': ({ headers }) => json(200, { status: headers['x-api-key'], session: token, version: '1.0.0' }),
    '/key/version': ({ headers }) => json(200, { status: 'ok', version: headers['x-api-key'] }),
    '/key/text': ({ headers }) => ({ status: 200, body: `key ${headers['x-api-key']} is not known` }),
  };
  const server = await serve((request) => {
    asked.push(request.path);
    return routes[request.path]?.(request) ?? json(404, { detail: 'Not Found' });
  });
  return { ...server, asked };
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const text = ({ body }: Received): string => body.toString();

function passwordIn(request: Received): string {
  const { password } = JSON.parse(text(request)) as { password: string };
  return password;
}
