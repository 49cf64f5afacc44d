// The lines of a file, one after the other and as bytes, since COPY data may be in any encoding. Never holds more than
// a line; tells at the first look what is no SQL text at all.
import { createReadStream } from 'node:fs';
import { EdgeError } from '../../lambda/errors.ts';

/** Each with its line break. @throws EdgeError for a file that cannot be read, or that psql could not read either */
export async function* readLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      if (isFirst) refuseArchives(path, chunk);
      isFirst = false;
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, start)) {
        yield data.subarray(start, end + 1);
        start = end + 1;
      }
      rest = data.subarray(start);
    }
  } catch (cause) {
    if (cause instanceof EdgeError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new EdgeError(code === 'ENOENT' ? 'missing' : 'denied', `${path} could not be read (${code})`, {
      remedy: 'Check the path and who may read it.',
      cause,
    });
  }
  if (rest.length > 0) yield rest;
}

const archives: readonly { starts: Buffer; what: string; remedy: string }[] = [
  {
    starts: Buffer.from('PGDMP'),
    what: 'a dump in pg_dump’s custom format',
    remedy: 'Write it as SQL first: pg_restore --schema-only --file dump.sql <that file>.',
  },
  {
    starts: Buffer.from('toc.dat\0'),
    what: 'a dump in pg_dump’s tar format',
    remedy: 'Write it as SQL first: pg_restore --schema-only --file dump.sql <that file>.',
  },
  { starts: Buffer.from([0x1f, 0x8b]), what: 'compressed with gzip', remedy: 'Unpack it first: gunzip --keep <it>.' },
  {
    starts: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
    what: 'compressed with zstd',
    remedy: 'Unpack it first: unzstd <it>.',
  },
  { starts: Buffer.from([0xff, 0xfe]), what: 'UTF-16 text', remedy: 'Save it as UTF-8.' },
  { starts: Buffer.from([0xfe, 0xff]), what: 'UTF-16 text', remedy: 'Save it as UTF-8.' },
];

function refuseArchives(path: string, head: Buffer): void {
  const archive = archives.find(({ starts }) => head.subarray(0, starts.length).equals(starts));
  if (archive)
    throw new EdgeError('invalid', `${path} is ${archive.what}, not SQL in UTF-8`, { remedy: archive.remedy });
}
