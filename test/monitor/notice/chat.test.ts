// The messages of the chat topic, in the form that Amazon Q Developer reads; anything else it drops.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { composeChat } from '../../../lambda/monitor/notice/chat.ts';
import type { Notice } from '../../../lambda/monitor/notice/notice.ts';
import { fail, finding, pass, story, targetWith } from '../builders.ts';

const place = { bucket: 'driftwatch-memory' };
const target = targetWith(['schema', 'probe:login'], { runbook: 'https://wiki.example.com/pap-api' });

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
const customNotification = z.strictObject({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  id: z.string(),
  content: z.strictObject({
    textType: z.literal('client-markdown'),
    title: z.string().max(250),
    description: z.string().min(1).max(3_000),
    nextSteps: z.array(z.string()),
    keywords: z.array(z.string()),
  }),
  metadata: z.strictObject({
    threadId: z.string(),
    summary: z.string(),
    eventType: z.string(),
    relatedResources: z.array(z.string()),
    additionalContext: z.record(z.string(), z.string()),
  }),
});

const read = (notice: Notice | undefined) => {
  if (!notice) throw new Error('nothing was said');
  return composeChat(notice, place).map(({ body }) => customNotification.parse(JSON.parse(body)));
};

test('one message an incident, and every incident is one thread', () => {
  const runs = story(target);
  const evidence = { schema: 'evidence/pap-api/run/schema.json' };
  const begin = [
    fail('schema', 0, [finding()]),
    fail('probe:login', 0, [finding({ subject: 'login', remedy: 'Look.' })]),
  ];
  const [schema, login] = read(runs.run(0, begin, evidence).notices[0]).sort((one, other) =>
    one.content.title < other.content.title ? 1 : -1,
  );
  expect(schema).toMatchObject({
    content: {
      title: '[CRITICAL] pap-api production: schema is failing',
      nextSteps: [expect.stringContaining('ALTER TABLE'), 'Runbook: `https://wiki.example.com/pap-api`'],
      keywords: ['pap-api', 'production', 'critical', 'schema'],
    },
    metadata: {
      eventType: 'driftwatch.notice.opened',
      relatedResources: ['s3://driftwatch-memory/evidence/pap-api/run/schema.json'],
    },
  });
  expect(schema?.content.description).toContain(
    '• `users.api_key_sandbox is missing: every query that selects it fails`',
  );
  expect(login?.content.title).toBe('[CRITICAL] pap-api production: login is failing');
  expect(login?.id).not.toBe(schema?.id);
  const [end] = read(
    runs.run(5, [pass('schema', 5), fail('probe:login', 5, [finding({ subject: 'login' })])]).notices[0],
  );
  expect(end?.content.title).toBe('[RESOLVED] pap-api production: schema is all right again');
  expect(end?.content.description).toContain('1 more told before');
  expect(end?.metadata.threadId).toBe(schema?.metadata.threadId);
  expect(end?.metadata.threadId).not.toBe(login?.metadata.threadId);
  const [last] = read(runs.run(10, [pass('probe:login', 10)]).notices[0]);
  expect(last?.content.description).toContain('Nothing else that was told about pap-api is open.');
});

test('the SQL of a repair is not in a chat, and where it is stands there', () => {
  const repair = [{ sql: 'DROP TABLE users;', class: 'destructive', reason: 'Loses data.' }];
  const [message] = read(
    story(target).run(0, [fail('schema', 0, [finding({ remedy: 'DROP TABLE users;', details: { repair } })])])
      .notices[0],
  );
  expect(JSON.stringify(message)).not.toContain('DROP TABLE');
  expect(message?.content.nextSteps[0]).toMatch(/^Read the repair SQL/);
});

describe('whatever is found', () => {
  const hostile = '<!channel> <@U1> `code` *bold* [click](https://evil.example) @here & \n\u202e';
  test('mentions and links from outside are text', () => {
    const run = story(targetWith(['schema'], { environment: hostile })).run(0, [
      fail('schema', 0, [finding({ subject: hostile, message: hostile, remedy: hostile })], { summary: hostile }),
    ]);
    const [message] = read(run.notices[0]);
    const { title, description, nextSteps, keywords } = message?.content ?? { nextSteps: [], keywords: [] };
    for (const text of [title, description, ...nextSteps, ...keywords]) {
      expect(text).not.toMatch(/[<>\u202e]/);
      // Outside code nothing is left that a client makes a link or mention of.
      expect(text?.replace(/`[^`]*`/g, '')).not.toMatch(/@|:\/\/|\]\(|`/);
    }
    expect(message?.metadata.summary).not.toMatch(/[<>@]/);
  });

  test('five hundred findings: as many as a chat shows, and how many more', () => {
    const [first = finding(), ...others] = Array.from({ length: 500 }, (_, index) =>
      finding({ subject: `s${index}`, message: `<${index}> ${'m'.repeat(2_000)}`, remedy: 'x'.repeat(4_000) }),
    );
    const [message] = read(story(target).run(0, [fail('schema', 0, [first, ...others])]).notices[0]);
    expect(message?.content.description).toMatch(/and 475 more|more lines\)$/);
  });
});
