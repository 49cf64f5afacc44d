// The SQL files that somebody means by a file or a folder.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';
import { type Ordered, orderFiles } from './order.ts';

/** A file is itself; a folder is its SQL files and those of the folders in it, in the order in which they apply. */
export async function findSqlFiles(path: string): Promise<Ordered> {
  const entry = await stat(path).catch((cause: unknown) => {
    throw new EdgeError('missing', `${path} could not be read (${(cause as NodeJS.ErrnoException).code})`, {
      remedy: 'Name SQL files, or folders that hold some.',
      cause,
    });
  });
  if (!entry.isDirectory()) return { files: [path], leftOut: [] };
  const names = await namesIn(path);
  if (names.includes('toc.dat')) {
    throw new EdgeError('invalid', `${path} is a dump in pg_dump’s directory format, not SQL`, {
      remedy: `Write it as SQL first: pg_restore --schema-only --file dump.sql ${path}.`,
    });
  }
  if (names.includes('sqitch.plan')) {
    throw new EdgeError('invalid', `${path} is a Sqitch project, whose plan says what is deployed in which order`, {
      remedy: 'Let Sqitch do it: --run \'sqitch deploy "db:pg:$DATABASE_URL"\'.',
    });
  }
  const { files, leftOut } = orderFiles(names.filter((name) => /\.sql$/i.test(name)));
  if (files.length === 0) {
    throw new EdgeError('missing', `There are no SQL files in ${path} that could be applied`, {
      remedy: 'Name the folder that holds the migrations.',
    });
  }
  return {
    files: files.map((name) => join(path, name)),
    leftOut: leftOut.map(({ file, why }) => ({ file: join(path, file), why })),
  };
}

/** Hidden files and installed packages are nobody's migrations. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !/(?:^|\/)(?:\.|node_modules\/)/.test(name));
}
