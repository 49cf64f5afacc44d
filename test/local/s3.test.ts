import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createBucket } from '../../local/s3/bucket.ts';
import { startS3 } from '../../local/s3.ts';

const now = () => new Date('2026-11-20T03:00:00.900Z');

test('objects can be put as of another time, and are otherwise as of now', async () => {
  const s3 = await startS3({ now });
  onTestFinished(() => s3.close());
  s3.createBucket('b');
  s3.put('b', 'old', 'x', { lastModified: new Date('2026-11-01T00:00:00Z') });
  s3.put('b', 'new', Buffer.from('xyz'));
  const head = async (key: string) => (await fetch(`${s3.url}/b/${key}`, { method: 'HEAD' })).headers;
  expect((await head('old')).get('last-modified')).toBe('Sun, 01 Nov 2026 00:00:00 GMT');
  expect((await head('new')).get('last-modified')).toBe('Fri, 20 Nov 2026 03:00:00 GMT');
  expect(Buffer.from(s3.read('b', 'new') ?? []).toString()).toBe('xyz');
  expect(s3.read('b', 'missing')).toBeUndefined();
  s3.delete('b', 'old');
  expect(s3.keys('b')).toEqual(['new']);
  expect(() => s3.keys('elsewhere')).toThrow('The specified bucket does not exist');
});

test('a chunked body that ends early is refused and not stored', async () => {
  const s3 = await startS3({ now });
  onTestFinished(() => s3.close());
  s3.createBucket('b');
  for (const body of ['ff\r\nshort', 'no chunks here', '']) {
    const headers = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    const answer = await fetch(`${s3.url}/b/key`, { method: 'PUT', body, headers });
    expect(answer.status).toBe(400);
  }
  expect(s3.keys('b')).toEqual([]);
});

test.each([
  { path: '/b/%ff', status: 400, code: 'InvalidURI' },
  { path: `/b/${'k'.repeat(1_025)}`, status: 400, code: 'KeyTooLongError' },
  { path: '/b?list-type=2&max-keys=many', status: 400, code: 'InvalidArgument' },
  { path: '/b?list-type=2&continuation-token=made-up', status: 400, code: 'InvalidArgument' },
  { path: '/b?list-type=1', status: 501, code: 'NotImplemented' },
])('GET $path is $code', async ({ path, status, code }) => {
  const s3 = await startS3({ now });
  onTestFinished(() => s3.close());
  s3.createBucket('b');
  const answer = await fetch(s3.url + path);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(`<Code>${code}</Code>`);
});

test('pages of any size, with any prefix and delimiter, give what one page gives', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '🐘'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 20 }),
      fc.constantFrom('', 'a', 'a/', 'b/'),
      fc.constantFrom('', '/', '🐘'),
      fc.integer({ min: 1, max: 4 }),
      (keys, prefix, delimiter, maxKeys) => {
        const bucket = createBucket();
        for (const one of keys) {
          bucket.put({ key: one, body: Buffer.from(''), lastModified: now(), contentType: '', checksums: {} });
        }
        const whole = bucket.list({ prefix, delimiter, after: '', maxKeys: 1_000 });
        const objects: string[] = [];
        const groups: string[] = [];
        let after: string | undefined = '';
        while (after !== undefined) {
          const page = bucket.list({ prefix, delimiter, after, maxKeys });
          expect(page.objects.length + page.commonPrefixes.length).toBeLessThanOrEqual(maxKeys);
          objects.push(...page.objects.map((object) => object.key));
          groups.push(...page.commonPrefixes);
          after = page.next;
        }
        expect(objects).toEqual(whole.objects.map((object) => object.key));
        expect(groups).toEqual(whole.commonPrefixes);
        expect(new Set(groups).size).toBe(groups.length);
        expect([...keys].filter((one) => one.startsWith(prefix)).length).toBe(
          objects.length + keys.filter((one) => groups.some((group) => one.startsWith(group))).length,
        );
      },
    ),
  );
});
