// The sample application: a policy administration API with a health endpoint, a login against a real users table, a
// call for signed-in users, and metrics. It logs and fails the way its original does; it knows nothing of monitoring.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { ApplicationVersion } from './application/migrations.ts';
import { verifyPassword } from './application/passwords.ts';
import { findUser } from './application/users.ts';
import { type Answer, type LocalServer, type Received, serve } from './http-server.ts';

export interface Application extends LocalServer {
  version: ApplicationVersion;
}

export interface ApplicationOptions {
  version: ApplicationVersion;
  databaseUrl: string;
  /** @default any free one; a new version takes the port of the one it replaces */
  port?: number;
  /** Gets every log line. */
  log?: (line: string) => void;
}

const credentials = z.object({ username: z.string(), password: z.string() });

export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { version, databaseUrl, log = () => {} } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, connectionTimeoutMillis: 2_000 });
  // A connection that is cut while idle is replaced by the pool on next use.
  pool.on('error', (error) => log(`WARNING database: ${error.message}`));
  const sessions = new Map<string, string>();
  const logins = { succeeded: 0, failed: 0 };

  async function health(): Promise<Answer> {
    const database = await pool.query('select 1').then(
      () => 'up',
      (error: Error) => {
        log(`ERROR health: ${error.message}`);
        return 'down';
      },
    );
    const up = database === 'up';
    return json(up ? 200 : 503, { status: up ? 'healthy' : 'unhealthy', version, checks: { database } });
  }

  async function login(request: Received): Promise<Answer> {
    const sent = credentials.safeParse(parseJson(request.body.toString()));
    if (!sent.success) return json(422, { detail: 'username and password are required' });
    try {
      const user = await findUser(pool, version, sent.data.username);
      if (!user?.is_active || !(await verifyPassword(sent.data.password, user.password_hash))) {
        logins.failed += 1;
        return json(401, { detail: 'Incorrect username or password' });
      }
      const token = randomBytes(24).toString('base64url');
      sessions.set(token, user.username);
      logins.succeeded += 1;
      return json(200, { access_token: token, token_type: 'bearer' });
    } catch (error) {
      logins.failed += 1;
      throw error;
    }
  }

  async function me(request: Received): Promise<Answer> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const user = await findUser(pool, version, sessions.get(token) ?? '');
    if (!user) return json(401, { detail: 'Not authenticated' });
    return json(200, { id: Number(user.id), username: user.username, email: user.email, role: user.role });
  }

  /** Prometheus's text format; there is no rate before the first login. */
  function metrics(): Answer {
    const total = logins.succeeded + logins.failed;
    const lines = [
      '# TYPE login_attempts_total counter',
      `login_attempts_total{outcome="success"} ${logins.succeeded}`,
      `login_attempts_total{outcome="failure"} ${logins.failed}`,
      ...(total === 0 ? [] : ['# TYPE login_success_rate gauge', `login_success_rate ${logins.succeeded / total}`]),
    ];
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: `${lines.join('\n')}\n` };
  }

  const routes: Record<string, (request: Received) => Answer | Promise<Answer>> = {
    'GET /health': health,
    'POST /auth/login': login,
    'GET /users/me': me,
    'GET /metrics': metrics,
  };

  const server = await serve(
    async (request) => {
      const name = `${request.method} ${request.path}`;
      const route = routes[name];
      if (!route) return json(404, { detail: 'Not Found' });
      try {
        return await route(request);
      } catch (error) {
        log(`ERROR ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return json(500, { detail: 'Internal Server Error' });
      }
    },
    options.port === undefined ? {} : { port: options.port },
  );
  log(`INFO version ${version} listens on ${server.url}`);
  return {
    ...server,
    version,
    async close() {
      await server.close();
      await pool.end();
    },
  };
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
