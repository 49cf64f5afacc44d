// What a dump says of itself in its first lines. Reads no further than those.
import { open } from 'node:fs/promises';

const headBytes = 64 * 1024;

/** The major that pg_dump found, or `undefined` for a file that is no dump or cannot be read. */
export async function dumpedFrom(path: string): Promise<number | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const major = /^-- Dumped from database version (\d+)/m.exec(buffer.toString('latin1', 0, bytesRead))?.[1];
    return major === undefined ? undefined : Number(major);
  } finally {
    await file.close();
  }
}
