// Secrets planted everywhere, every path of the functions driven that could say them, and everything that was said
// searched for them: answers, errors, logs, messages to topics, every object of every bucket, every call to a service.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQueue } from '../../lambda/platform/queue.ts';
import { migrate } from '../../local/application/migrations.ts';
import { startWorld, type World } from '../../local/world.ts';
import {
  errorResponse,
  type FakeServer,
  fakeServer,
  startTlsPostgres,
  type TlsPostgres,
} from '../platform/tls-postgres.ts';
import { withClient } from '../postgres/databases.ts';
import { createCertificate } from '../support/certificates.ts';
import { type CarelessApplication, startCarelessApplication } from './careless-application.ts';
import { createGarden, type Text } from './plants.ts';
import { databaseScenarios, probeScenarios, type Scenario } from './secret-scenarios.ts';
import { publishModel, type Watched, watch } from './watched-world.ts';

const { plant, search } = createGarden();
/** A planted secret without the signs that have a meaning somewhere. */
const plain = (name: string) => plant(name).replaceAll(/[^a-z0-9]/g, '');

const right = plant('password of the database');
const token = plain('token');
const apiKey = plain('API key');

let world: World;
let watched: Watched;
let application: CarelessApplication;
let tls: TlsPostgres;
let repeating: FakeServer;
let scenarios: Record<string, Scenario>;
/** Answers and errors, as callers were given them. */
const answers: Text[] = [];

beforeAll(async () => {
  [world, application, tls, repeating] = await Promise.all([
    startWorld(),
    startCarelessApplication(token),
    startTlsPostgres(),
    startRepeating(),
  ]);
  await tls.useCertificate(await createCertificate({ name: 'localhost' }));
  await migrate(await world.postgres.createDatabase('production'), '1.5.0');
  await migrate(await world.postgres.createDatabase('old'), '1.4.0');
  await addWatcher(world.postgres.url());
  for (const database of ['production', 'old']) await addSettings(database);
  scenarios = {
    ...databaseScenarios({
      ports: { plain: world.postgres.port, tls: tls.server.port, repeating: repeating.port },
      passwords: { right, wrong: plant('wrong password'), bare: plain('cut-off password') },
    }),
    ...probeScenarios({
      url: application.url,
      password: plant('password of the login'),
      apiKey,
      bare: plain('cut-off password of the login'),
    }),
    'backup-forbidden': {
      target: { environment: 'test', checks: { backup: { bucket: 'forbidden', key: 'b_{YYYY}{MM}{DD}.sql' } } },
      secrets: {},
      says: /access denied/,
    },
  };
  for (const { secrets } of Object.values(scenarios)) {
    for (const [name, text] of Object.entries(secrets)) world.secrets.put(name, text);
  }
  const targets = Object.fromEntries(Object.entries(scenarios).map(([name, { target }]) => [name, target]));
  watched = await watch(world, { name: 'careless', alerts: { events: true, chat: true }, targets }, environment());
  await publishModel(world, 'app', '1.5.0', world.postgres.url('production'));
});
afterAll(async () => {
  await watched.monitor.stop();
  await Promise.all([application.close(), repeating.close(), tls.stop(), world.stop()]);
});

function environment(): Record<string, string> {
  const url = (password: string) =>
    `postgres://watcher:${encodeURIComponent(password)}@127.0.0.1:${world.postgres.port}/production`;
  return {
    DATABASE_URL: url(right),
    WRONG_DATABASE_URL: url(plant('wrong password in the environment')),
    API_KEY: apiKey,
    PGPASSWORD: right,
    AWS_ACCESS_KEY_ID: plain('access key id'),
    AWS_SECRET_ACCESS_KEY: plant('secret access key'),
    AWS_SESSION_TOKEN: plain('session token'),
  };
}

/** A server that asks for the password in plain text, and says it. */
function startRepeating(): Promise<FakeServer> {
  const askInPlainText = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
  return fakeServer((socket) => {
    socket.once('data', () => socket.write(askInPlainText));
    socket.on('data', (data) => {
      if (data.toString('latin1', 0, 1) !== 'p') return;
      socket.end(errorResponse('XX000', `no such password: ${data.toString('utf8', 5, data.length - 1)}`));
    });
  });
}

async function addWatcher(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create role watcher login password ${pg.escapeLiteral(right)}`);
  await admin.end();
}

/** What applications keep in parameters; in the old database, in a function that the model does not know. */
async function addSettings(database: string): Promise<void> {
  const secret = (of: string) => pg.escapeLiteral(plant(`setting of ${of}`));
  await withClient(world.postgres.url(database), (client) =>
    client.query(`
      alter database ${database} set app.api_key = ${secret('a database')};
      alter role watcher in database ${database} set app.api_key = ${secret('a role')};
      create function ${database}_key() returns int set app.api_key = ${secret('a function')} language sql as 'select ${database.length}'`),
  );
}

/** Asks for every target, ten at a time; gives what is said of each, of the check it is about. */
async function askAll(more: { notify?: boolean } = {}): Promise<Map<string, string>> {
  const names = Object.keys(scenarios);
  const said = new Map<string, string>();
  for (let start = 0; start < names.length; start += 10) {
    const targets = names.slice(start, start + 10);
    const answer = await watched.ask({ targets, ...more });
    answers.push({ place: `an answer about ${targets.join(', ')}`, text: JSON.stringify(answer) });
    // Where there is another check, the database check only comes along.
    for (const { target, check, summary } of answer.results) {
      if (check !== 'database' || !said.has(target)) said.set(target, summary);
    }
  }
  return said;
}

test('every path is driven to its end', { timeout: 60_000 }, async () => {
  world.s3.createBucket('forbidden');
  const message = `The request signature does not match: AWSAccessKeyId ${environment().AWS_ACCESS_KEY_ID}`;
  const refusal = { kind: 'answer', status: 403, message } as const;
  world.s3.faults.inject(refusal, { resource: 'forbidden', times: Number.POSITIVE_INFINITY });

  expect(Object.fromEntries(await askAll())).toEqual(
    Object.fromEntries(Object.entries(scenarios).map(([name, { says }]) => [name, expect.stringMatching(says)])),
  );
  // What SNS refuses stays in the memory and is told in the log; what stays unknown is told the third time.
  world.sns.faults.inject(refusal, { operation: 'Publish', times: Number.POSITIVE_INFINITY });
  await askAll({ notify: true });
  await askAll({ notify: true });
  world.sns.faults.clear();
  await askAll({ notify: true });
  expect(await watched.run()).toMatchObject({ redelivered: 0, deadLetters: [] });

  const trouble = Object.entries(scenarios).flatMap(([name, { well }]) => (well ? [] : [name]));
  const told = new Set(world.subscriber.notices.map(({ attributes }) => attributes.target));
  expect([...told].sort()).toEqual(trouble.sort());
  expect(application.asked).toEqual(expect.arrayContaining(['/well/me', '/afterwards/me', '/key/text', '/away/login']));
});

test.each<[string, (url: string) => Record<string, unknown>]>([
  ['a target', (url) => ({ target: url })],
  ['a check', (url) => ({ checks: [url] })],
  ['members that are not allowed', (url) => ({ url, sql: url })],
  ['the name of a member', (url) => ({ [url]: true })],
])('a call is refused that names a URL as %s', async (what, event) => {
  const answer = await watched.ask(event(`postgres://me:${plain(`password in ${what}`)}@db.example.com/app`));
  expect(answer.status).toBe('refused');
  answers.push({ place: `the answer to ${what}`, text: JSON.stringify(answer) });
});

test('an event of another kind is refused', async () => {
  const failing = watched.monitor.checkNow({ source: 'aws.s3', detail: { password: plant('password in an event') } });
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ message: expect.stringContaining('neither of its queue nor a call') });
  answers.push({ place: 'the error of a call', text: String((error as Error).stack) });
});

/** Everything that has left the functions so far. */
function everything(): Text[] {
  const messages = Object.values(watched.monitor.topicArns).flatMap((arn) =>
    world.sns.published(arn).map((message) => ({ place: `a message to ${arn}`, text: JSON.stringify(message) })),
  );
  const calls = [world.s3, world.sns, world.sqs, world.secrets].flatMap((service) => service.calls);
  const buckets = new Set(world.s3.calls.map(({ resource }) => resource.split('/')[0] ?? ''));
  const objects = [...buckets].flatMap((bucket) =>
    world.s3.keys(bucket).map((key) => ({
      place: `the object s3://${bucket}/${key}`,
      text: Buffer.from(world.s3.read(bucket, key) ?? []).toString(),
    })),
  );
  const log = watched.monitor.log().map((text) => ({ place: 'a log', text }));
  return [...answers, ...messages, ...objects, ...log, { place: 'calls', text: JSON.stringify(calls) }];
}

test('no secret is in anything that was said', () => {
  const texts = everything();
  for (const place of [
    /^an answer/,
    /^a message/,
    /s3:\/\/driftwatch\/state\//,
    /s3:\/\/driftwatch\/evidence\//,
    /^a log/,
  ]) {
    expect(texts.filter((text) => place.test(text.place)).length, String(place)).toBeGreaterThan(10);
  }
  expect(search(texts)).toEqual([]);
});

test('a secret that nobody can know for one is found', async () => {
  const word = plain('a word');
  const client = {
    endpoint: world.sqs.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  };
  await createQueue({ client }).send(watched.queueUrl, [`not a run, but ${word}`]);
  expect((await watched.run('nothing')).deadLetters).toHaveLength(1);
  // What a function says reaches us on its own, after its answer.
  await expect.poll(() => search(everything())).toHaveLength(3);
  const found = search(everything());
  expect(new Set(found.map((one) => one.slice(0, 15)))).toEqual(new Set(['a word in a log']));
});
