// Files as commands read and write them: a person's mistakes (no such file, a folder, no permission) in their words.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { EdgeError } from '../lambda/errors.ts';

export async function readTextFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw fileError(`${path} could not be read`, cause);
  }
}

/** Whole or not at all: a reader never sees half a file. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (cause) {
    throw fileError(`${path} could not be written`, cause);
  }
}

function fileError(what: string, cause: unknown): EdgeError {
  const { code } = cause as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return new EdgeError('missing', `${what}: it does not exist.`, { remedy: 'Check the path.', cause });
    case 'EISDIR':
      return new EdgeError('invalid', `${what}: it is a folder.`, { remedy: 'Name a file in it.', cause });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new EdgeError('denied', `${what}: no permission.`, { remedy: 'Check who owns it and its mode.', cause });
    default:
      return new EdgeError('unavailable', `${what}: ${code ?? String(cause)}.`, { remedy: 'Check the disk.', cause });
  }
}
