// What went wrong with a PostgreSQL connection, in words that say what to do: every failure of driver, socket, TLS and
// server becomes an EdgeError of its own. Pure. SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html
import { EdgeError, type EdgeReason } from '../errors.ts';
import type { Endpoint } from './database-secret.ts';

/** How far a connection got: what a deadline that passes then means. */
export type Stage = 'looking up the name' | 'connecting' | 'waiting for PostgreSQL' | 'running a query';

interface Described {
  reason: EdgeReason;
  message: string;
  remedy: string;
}

interface Fault {
  code: string;
  message: string;
  certificateNames: string;
}

type Table = Record<string, (fault: Fault, to: Endpoint) => Described>;

/** `db.example.com:5432/app`: where, without who or how. */
export function addressOf(to: Pick<Endpoint, 'host' | 'port' | 'database'>): string {
  const host = to.host.includes(':') ? `[${to.host}]` : to.host;
  return `${host}:${to.port}/${to.database}`;
}

/** @returns the error itself if it already is an EdgeError */
export function databaseError(error: unknown, to: Endpoint, stage: Stage): EdgeError {
  if (error instanceof EdgeError) return error;
  const fault = faultOf(error, to);
  const entry =
    certificateProblems[fault.code] ??
    networkProblems[fault.code] ??
    serverAnswers[fault.code] ??
    serverAnswers[fault.code.slice(0, 2)] ??
    (stage === 'running a query' ? refusedQuery : brokenProtocol);
  const { reason, message, remedy } = entry(fault, to);
  return new EdgeError(reason, message, { remedy, cause: new Error(`${fault.code} ${fault.message}`.trim()) });
}

/** No answer before the deadline. */
export function databaseTimeout(to: Endpoint, stage: Stage): EdgeError {
  const [message, remedy] = timeouts[stage];
  return new EdgeError('timeout', `${addressOf(to)} ${message}`, { remedy });
}

/** Whether the same connection, encrypted when it was not or the other way round, could be accepted. */
export function encryptionMayBeWhy(error: unknown): boolean {
  const { code, message } = faultOf(error);
  return code === '28000' || code in certificateProblems || /^E(PROTO|RR_SSL)/.test(code) || refusesTls.test(message);
}

const refusesTls = /does not support SSL|error establishing an SSL connection/;

function faultOf(error: unknown, to?: Endpoint): Fault {
  const { code, message, cert } = (error ?? {}) as {
    code?: unknown;
    message?: unknown;
    cert?: { subjectaltname?: string };
  };
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? withoutPassword(message.trim(), to) : '',
    certificateNames: cert?.subjectaltname ?? '',
  };
}

/**
 * Servers do not repeat passwords; should one that is broken or hostile do so, it goes no further. One that is also a
 * name would give itself away by being hidden there.
 */
function withoutPassword(text: string, to: Endpoint | undefined): string {
  const { password, user, database, host } = to ?? {};
  if (!password || password.length < 4 || [user, database, host].includes(password)) return text;
  return text.replaceAll(password, '***');
}

const timeouts: Record<Stage, readonly [string, string]> = {
  'looking up the name': [
    'was not reached: its name was not resolved in time',
    'Look at the DNS of the network this runs in.',
  ],
  connecting: [
    'was not reached: no TCP connection in time',
    'Check host and port, then security groups, routes and network ACLs between this and the database: dropped packets look like this.',
  ],
  'waiting for PostgreSQL': [
    'accepted the connection and did not answer in time',
    'Check that PostgreSQL listens there, and that it, or the pooler or proxy in front of it, is not stuck or out of connections.',
  ],
  'running a query': [
    'did not finish the query in time; it was told to cancel it',
    'Look for locks and load in pg_stat_activity, or give the check a longer timeout.',
  ],
};

const rdsHost = /\.([a-z0-9-]+)\.rds\.amazonaws\.com(\.cn)?$/;

function untrusted(_: Fault, to: Endpoint): Described {
  const region = rdsHost.exec(to.host)?.[1];
  return {
    reason: 'untrusted',
    message: `${addressOf(to)} has a certificate of an authority that is not trusted`,
    remedy: region
      ? `Give the certificates of https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem as database.tls.ca: the bundle shipped here has none for that region.`
      : 'Give the certificate of its authority, as PEM text, as database.tls.ca.',
  };
}

const certificateProblems: Table = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ certificateNames }, to) => ({
    reason: 'untrusted',
    message: `${addressOf(to)} has a certificate for another name (${certificateNames || 'none at all'})`,
    remedy:
      'Connect by a name that is in the certificate; or trust its authority alone: tls { mode: "verify-ca", ca }.',
  }),
  CERT_HAS_EXPIRED: (_, to) => ({
    reason: 'untrusted',
    message: `${addressOf(to)} has a certificate that has expired`,
    remedy: 'Renew the certificate of the server (RDS: rotate its certificate authority).',
  }),
  CERT_NOT_YET_VALID: (_, to) => ({
    reason: 'untrusted',
    message: `${addressOf(to)} has a certificate that is not valid yet`,
    remedy: 'Compare the clock of the server that issued it with this one.',
  }),
};

const network =
  (what: string, remedy: string) =>
  (fault: Fault, to: Endpoint): Described => ({
    reason: 'unreachable',
    message: `${addressOf(to)} was not reached: ${what} (${fault.code})`,
    remedy,
  });

const noName = network(
  'its host name does not resolve',
  'Correct the host, or look at the DNS of the network this runs in.',
);
const noRoute = network(
  'there is no route to it',
  'Check subnets, routes and network ACLs between this and the database.',
);
const cutOff = network(
  'the connection was cut',
  'Check that PostgreSQL listens there, and what its log says of this moment.',
);

const networkProblems: Table = {
  ENOTFOUND: noName,
  EAI_AGAIN: noName,
  ECONNREFUSED: network(
    'nothing listens on that port',
    'Check that the server runs and listens on this address, and that the port is right.',
  ),
  ENOENT: network('there is no such socket', 'Check that the server runs and where its unix_socket_directories are.'),
  EACCES: network('its socket may not be opened', 'Run this as a user who may open that socket.'),
  ECONNRESET: cutOff,
  EPIPE: cutOff,
  ECONNABORTED: cutOff,
  ETIMEDOUT: network('it did not answer', timeouts.connecting[1]),
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
};

const unavailable =
  (remedy: string) =>
  (fault: Fault, to: Endpoint): Described => ({
    reason: 'unavailable',
    message: `${addressOf(to)} cannot serve now: ${fault.message}`,
    remedy,
  });

/** By SQLSTATE, then by its class. */
const serverAnswers: Table = {
  '28P01': (_, to) => ({
    reason: 'authentication',
    message: `${addressOf(to)} refused the password of ${to.user}`,
    remedy:
      'Bring the secret and the password of that role together again; it is not tried more often, since that locks accounts.',
  }),
  28000: refusedRole,
  '3D000': (_, to) => ({
    reason: 'missing',
    message: `${addressOf(to)}: the server has no database "${to.database}"`,
    remedy: 'Correct the name of the database in the settings or the secret.',
  }),
  42501: (fault, to) => ({
    reason: 'denied',
    message: `${addressOf(to)} denied it to ${to.user}: ${fault.message}`,
    remedy: `As an administrator: GRANT CONNECT ON DATABASE "${to.database.replaceAll('"', '""')}" TO the monitoring role; nothing more is needed.`,
  }),
  '0A000': poolerInTheWay,
  '08P01': poolerInTheWay,
  53300: unavailable('Raise max_connections or the connection limit of the role, or find who holds the connections.'),
  53200: unavailable(
    'If it is the shared memory: its table of locks is full, raise max_locks_per_transaction. Otherwise look at its memory.',
  ),
  53: unavailable('Look at the disk, memory and load of the server.'),
  55000: unavailable('Look at whether the database accepts connections (pg_database.datallowconn).'),
  '55P03': unavailable('Somebody holds a lock on an object that had to be read; the next run tries again.'),
  57014: (fault, to) => ({
    reason: 'timeout',
    message: `${addressOf(to)} stopped the query: ${fault.message}`,
    remedy: timeouts['running a query'][1],
  }),
  '57P03': unavailable('It is starting, stopping or recovering: the next run tries again.'),
  57: unavailable('It was stopped by its administrator or by a crash: look at its log.'),
  58: unavailable('Look at the log and the disks of the server.'),
};

/** 28000 is said of a role, an address, a kind of connection or a failed exchange: only the text tells which. */
function refusedRole(fault: Fault, to: Endpoint): Described {
  if (/pg_hba\.conf/.test(fault.message)) {
    const plain = /no encryption|SSL off/.test(fault.message);
    return {
      reason: 'denied',
      message: `${addressOf(to)} does not let ${to.user} in from here: ${fault.message}`,
      remedy: plain
        ? 'The server wants encryption: use tls mode "verify-full". If it already is, add this address to pg_hba.conf.'
        : 'Add a line for this role, database and address to pg_hba.conf.',
    };
  }
  return {
    reason: 'authentication',
    message: `${addressOf(to)} refused the role ${to.user}: ${fault.message}`,
    remedy:
      'Check that the role exists and may log in; for IAM, that it has rds_iam and that our AWS role has rds-db:connect on it.',
  };
}

/** Poolers take no startup options, and ours make the session read-only. */
function poolerInTheWay(fault: Fault, to: Endpoint): Described {
  if (!/startup|options?\b/i.test(fault.message)) return brokenProtocol(fault, to);
  return {
    reason: 'invalid',
    message: `${addressOf(to)} is a pooler or proxy that does not take the options of our session: ${fault.message}`,
    remedy: 'Connect to PostgreSQL itself instead of its pooler; the options make the session read-only.',
  };
}

function brokenProtocol(fault: Fault, to: Endpoint): Described {
  if (refusesTls.test(fault.message)) {
    return fault.message.includes('does not support')
      ? {
          reason: 'untrusted',
          message: `${addressOf(to)} does not offer TLS, and without it nothing is sent`,
          remedy: 'Turn ssl on at the server; or, on a network you trust, set database.tls.mode to "disable".',
        }
      : {
          reason: 'invalid',
          message: `${addressOf(to)} does not answer as PostgreSQL does when asked for TLS`,
          remedy: 'Check host and port: another kind of server may listen there.',
        };
  }
  if (/^E(PROTO|RR_SSL)/.test(fault.code)) {
    return {
      reason: 'unreachable',
      message: `${addressOf(to)} and this could not agree on TLS (${fault.code})`,
      remedy: 'Check that the server offers TLS 1.2 or newer (ssl_min_protocol_version).',
    };
  }
  if (/terminated/.test(fault.message)) return cutOff({ ...fault, code: 'closed' }, to);
  return {
    reason: 'invalid',
    message: `${addressOf(to)} did not answer as PostgreSQL does: ${fault.message || 'no reason given'}`,
    remedy: 'Check host and port; if it is PostgreSQL, look at its log of this moment.',
  };
}

function refusedQuery(fault: Fault, to: Endpoint): Described {
  if (fault.code === '' && /terminated/.test(fault.message)) return cutOff({ ...fault, code: 'closed' }, to);
  return {
    reason: 'invalid',
    message: `${addressOf(to)} refused a query: ${fault.message} (SQLSTATE ${fault.code || 'none'})`,
    remedy: 'If it lasts, report it with the version of the server: the queries are written for PostgreSQL 13 to 18.',
  };
}
