// Our own connections to an embedded server, which is ours: what the caller's PG* variables say of other servers (their
// certificates, their options) is not for it, although `pg` would take it from there.
import pg from 'pg';

/** Connected. @param url as the server gives it: everything is in it */
export async function connectTo(url: string): Promise<pg.Client> {
  const client = localClient(url);
  await client.connect();
  return client;
}

/** Not yet connected. */
export function localClient(url: string): pg.Client {
  // Options that are there and say nothing: `pg` takes empty ones for none, and then those of the environment.
  return new pg.Client({ connectionString: url, ssl: false, options: '-c client_encoding=UTF8' });
}
