// What a command that builds the model is told of its database. Pure. Nothing of another database reaches it by the
// variables that PostgreSQL's own clients read: a migration must not find its way to production by PGSERVICE.

export interface CommandDatabase {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** https://www.postgresql.org/docs/current/libpq-envars.html: all of them begin with PG. */
export function commandEnvironment(
  callers: Readonly<Record<string, string | undefined>>,
  { host, port, user, password, database }: CommandDatabase,
): Record<string, string> {
  const kept = Object.entries(callers).flatMap(([name, value]) =>
    value === undefined || /^PG[A-Z]/.test(name) ? [] : [[name, value]],
  );
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return {
    ...Object.fromEntries(kept),
    // Some take no other scheme than this one; none refuses it.
    DATABASE_URL: `postgresql://${credentials}@${host}:${port}/${encodeURIComponent(database)}`,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
  };
}
