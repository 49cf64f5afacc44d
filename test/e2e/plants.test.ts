import { expect, test } from 'vitest';
import { createGarden } from './plants.ts';

const garden = createGarden();
const secret = garden.plant('a password');
garden.plant('another');

test.each<[string, string]>([
  ['as it is', `password=${secret}`],
  ['within a URL', `postgres://me:${encodeURIComponent(secret)}@host/db`],
  ['within JSON', JSON.stringify({ password: secret })],
  ['cut off in the middle', secret.slice(0, 14)],
  ['without its beginning', secret.slice(9)],
  ['in capitals', secret.toUpperCase()],
  ['in hex', Buffer.from(secret).toString('hex')],
  ['in base64', Buffer.from(`me:${secret}`).toString('base64')],
  ['in base64, one further', Buffer.from(`you:${secret}`).toString('base64')],
  ['in base64, two further', Buffer.from(`users:${secret}`).toString('base64url')],
])('a planted secret is found %s', (_how, text) => {
  const [found, ...others] = garden.search([{ place: 'a log', text: `before ${text} after` }]);
  expect(found).toMatch(/^a password in a log: \.\.\./);
  expect(others).toEqual([]);
});

test('nothing is found where nothing is', () => {
  const text = JSON.stringify({ hash: 'a3f5'.repeat(40), words: 'a password, another' });
  expect(garden.search([{ place: 'a log', text }])).toEqual([]);
});
