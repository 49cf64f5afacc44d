// The words that only a network or a cloud could bring about; the rest is met for real in the tests beside this one.
import { expect, test } from 'vitest';
import { addressOf, databaseError, databaseTimeout } from '../../lambda/platform/database-errors.ts';

const to = { host: 'app.c1a2.eu-central-1.rds.amazonaws.com', port: 5432, database: 'app', user: 'monitor' };

test.each([
  ['looking up the name', 'its name was not resolved in time', 'DNS'],
  ['connecting', 'no TCP connection in time', 'security groups'],
  ['waiting for PostgreSQL', 'accepted the connection and did not answer in time', 'pooler'],
  ['running a query', 'did not finish the query in time', 'pg_stat_activity'],
] as const)('a deadline while %s', (stage, message, remedy) => {
  const error = databaseTimeout(to, stage);
  expect(error).toMatchObject({ reason: 'timeout', message: expect.stringContaining(message) });
  expect(error.message).toContain('app.c1a2.eu-central-1.rds.amazonaws.com:5432/app');
  expect(error.remedy).toContain(remedy);
});

test('an authority of RDS that is not in the bundle: where its certificates are', () => {
  const error = databaseError({ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: '' }, to, 'waiting for PostgreSQL');
  expect(error.remedy).toContain('https://truststore.pki.rds.amazonaws.com/eu-central-1/eu-central-1-bundle.pem');
});

test.each([
  ['EHOSTUNREACH', 'there is no route to it'],
  ['ETIMEDOUT', 'it did not answer'],
  ['EAI_AGAIN', 'its host name does not resolve'],
  ['ECONNRESET', 'the connection was cut'],
])('%s', (code, message) => {
  const error = databaseError({ code, message: `connect ${code}` }, to, 'waiting for PostgreSQL');
  expect(error).toMatchObject({ reason: 'unreachable', message: expect.stringContaining(message) });
});

test('a handshake that fails', () => {
  const error = databaseError({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: '' }, to, 'waiting for PostgreSQL');
  expect(error).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('could not agree on TLS') });
});

test('addresses read like addresses', () => {
  expect(addressOf({ host: '::1', port: 5432, database: 'app' })).toBe('[::1]:5432/app');
});
