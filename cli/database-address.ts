// Which database a command reads: the one that was named, or the one that the environment names, as for psql and as
// applications have it.
import { type Address, parseAddress } from './address.ts';
import { type Terminal, UsageError } from './terminal.ts';

type DatabaseAddress = Extract<Address, { kind: 'database' }>;

/** libpq's variables and the parameter of a URL that each stands for; PGPASSWORD is read where it is needed. */
const parameters: Readonly<Record<string, string>> = {
  PGHOST: 'host',
  PGPORT: 'port',
  PGUSER: 'user',
  PGDATABASE: 'dbname',
  PGSSLMODE: 'sslmode',
  PGSSLROOTCERT: 'sslrootcert',
};

/** @param named what --from says */
export function databaseAddress(named: string | undefined, environment: Terminal['environment']): DatabaseAddress {
  const url = named ?? environment.DATABASE_URL ?? fromVariables(environment);
  if (!url) {
    throw new UsageError('Name the database: --from postgres://..., or DATABASE_URL or PGHOST and its like.');
  }
  const address = parseAddress(url);
  if (address.kind === 'database') return address;
  const what = named === undefined ? 'DATABASE_URL' : '--from';
  throw new UsageError(`${what} is a postgres URL, such as postgres://user@host/database.`);
}

function fromVariables(environment: Terminal['environment']): string | undefined {
  const said = Object.entries(parameters).flatMap(([variable, parameter]) => {
    const value = environment[variable];
    return value ? [[parameter, value] as [string, string]] : [];
  });
  return said.length > 0 ? `postgres:///?${new URLSearchParams(said)}` : undefined;
}
