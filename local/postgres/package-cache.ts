// npm packages that are fetched on first use into a folder of the user's, outside the project. Knows nothing of what
// is in them. A package in the cache is whole: it is installed beside the cache and moved in by one rename, so two
// processes that fetch the same one at once both end with it.
import { spawn } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EdgeError } from '../../lambda/errors.ts';

export interface FetchOptions {
  environment: NodeJS.ProcessEnv;
  onProgress: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** `DRIFTWATCH_CACHE`, or `driftwatch` in `XDG_CACHE_HOME`, or in `~/.cache`. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.DRIFTWATCH_CACHE) return environment.DRIFTWATCH_CACHE;
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'driftwatch');
}

/**
 * The folder of `name@version`, fetched with npm unless it is there.
 * @throws EdgeError `unreachable` when npm cannot get it, `denied` when the cache cannot be written.
 */
export async function cachedPackage(name: string, version: string, options: FetchOptions): Promise<string> {
  const cache = cacheFolder(options.environment);
  const home = homeOf(name, version, options.environment);
  const folder = join(home, 'node_modules', name);
  if (await exists(folder)) return folder;

  options.onProgress(`Fetching ${name}@${version} into ${cache} (once)`);
  const work = await workFolder(join(cache, 'npm'));
  try {
    await install(name, version, work, options);
    await moveInto(home, work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  options.onProgress(`Fetched ${name}@${version}`);
  return folder;
}

function homeOf(name: string, version: string, environment: NodeJS.ProcessEnv): string {
  return join(cacheFolder(environment), 'npm', `${name.replace('/', '+')}@${version}`);
}

async function workFolder(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, '.fetch-'));
  } catch (cause) {
    throw new EdgeError('denied', `The cache folder ${parent} cannot be written: ${String(cause)}`, {
      remedy: 'Set DRIFTWATCH_CACHE to a folder that this user may write.',
      cause,
    });
  }
}

async function moveInto(home: string, work: string): Promise<void> {
  try {
    // mkdtemp made it for our eyes only; the server's account may have to read it.
    await chmod(work, 0o755);
    await rename(work, home);
  } catch (error) {
    // Somebody else was first: theirs is as good as ours.
    if (!(await exists(home))) throw error;
  }
}

async function install(name: string, version: string, folder: string, options: FetchOptions): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  // The npm that started us, under the Node that runs us; otherwise (another tool started us) the one on the PATH.
  const script = options.environment.npm_execpath;
  const [command, first] = script?.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', folder];
  // One retry: who is offline should be told so now, not in a minute.
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-timeout=60000'];
  const child = spawn(command, [...first, 'install', ...flags, ...patience, `${name}@${version}`], {
    cwd: folder,
    env: options.environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: options.signal,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? undefined : said.trim() || `npm ended with ${code}`));
  });
  options.signal?.throwIfAborted();
  if (failure === undefined) return;
  throw new EdgeError('unreachable', `${name}@${version} could not be fetched with npm: ${lastErrorOf(failure)}`, {
    remedy:
      `Connect to an npm registry and try again; or run "npm pack ${name}@${version}" where there is one, and here ` +
      `"npm install --ignore-scripts --prefix '${homeOf(name, version, options.environment)}' <that file>".`,
  });
}

/** npm's first error lines; its warnings and the place of its log say nothing to the reader. */
function lastErrorOf(output: string): string {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line) && !line.includes('complete log'));
  const lines = errors.map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim()).filter((line) => line !== '');
  return lines.slice(0, 3).join('; ') || output;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
