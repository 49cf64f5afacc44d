// S3 and SNS behind a door at which the process that asks may die: at a request of the test's choice, before it went
// through or after, and without an answer either way.
import { type Answer, type Received, serve } from '../../local/http-server.ts';
import type { World } from '../../local/world.ts';

export interface FatalEndpoints {
  /** Lay it over the environment of the function that goes through this door. */
  environment: Record<string, string>;
  /** Calls `kill` at the nth request from now, and at no other. */
  arm(nth: number, when: 'before' | 'after', kill: () => Promise<void>): void;
  /** Lets everything through. @returns whether the request to die at came */
  disarm(): boolean;
  close(): Promise<void>;
}

export async function startFatalEndpoints({ s3, sns }: Pick<World, 's3' | 'sns'>): Promise<FatalEndpoints> {
  let doom: { left: number; when: 'before' | 'after'; kill: () => Promise<void> } | undefined;

  const door = (upstream: string) => async (request: Received) => {
    const end = doom;
    if (end) end.left -= 1;
    if (end?.left !== 0) return forward(upstream, request);
    if (end.when === 'after') await forward(upstream, request);
    await end.kill();
    return 'reset';
  };
  const [toS3, toSns] = await Promise.all([serve(door(s3.url)), serve(door(sns.url))]);
  return {
    environment: { AWS_ENDPOINT_URL_S3: toS3.url, AWS_ENDPOINT_URL_SNS: toSns.url },
    arm: (nth, when, kill) => {
      doom = { left: nth, when, kill };
    },
    disarm() {
      const came = doom !== undefined && doom.left <= 0;
      doom = undefined;
      return came;
    },
    async close() {
      await Promise.all([toS3.close(), toSns.close()]);
    },
  };
}

/** What belongs to one connection, and not to what is sent over it. */
const ofConnection = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'transfer-encoding'];

async function forward(upstream: string, { method, path, query, headers, body }: Received): Promise<Answer> {
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || ofConnection.includes(name) ? [] : [[name, String(value)]],
  );
  const search = query.size === 0 ? '' : `?${query}`;
  const answer = await fetch(`${upstream}${path}${search}`, {
    method,
    headers: sent,
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const kept = [...answer.headers].filter(([name]) => !ofConnection.includes(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body: new Uint8Array(await answer.arrayBuffer()) };
}
