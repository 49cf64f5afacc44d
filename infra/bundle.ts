// One deployed function as one folder: esbuild's bundle of lambda/functions/<entry>.ts and, beside it, the settings it
// runs with. CDK deploys these folders and the local demo imports them, so the two never differ. The same sources and
// settings always give the same bytes, wherever they are written to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type Metafile } from 'esbuild';

export type FunctionEntry = 'dispatch' | 'check';

export interface BundleInput {
  /** The settings as JSON text, written to `settings.json` beside the bundle. */
  settingsJson: string;
}

/** The bundle's file; Lambda calls its `handler`. */
export const bundleFile = 'index.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes `index.mjs`, the chunks it loads, their maps and `settings.json` to `outDir`, all that the function needs at
 * run time.
 * @returns what went into the bundle, for tests and the bench
 * @throws when a source does not bundle; the message has the file and line
 */
export function bundleFunction(entry: FunctionEntry, outDir: string, { settingsJson }: BundleInput): Metafile {
  // Nothing is written by esbuild itself: a map's paths are relative to the output file, so a fixed one keeps the
  // bytes, and with them the asset's hash, independent of `outDir` and of the folder the command was started in.
  const { outputFiles, metafile } = buildSync({
    entryPoints: { [parse(bundleFile).name]: join(root, 'lambda/functions', `${entry}.ts`) },
    absWorkingDir: root,
    outdir: join(root, 'dist'),
    outExtension: { '.js': parse(bundleFile).ext },
    write: false,
    bundle: true,
    // What is imported on first use only, the SDK clients above all, stays out of the cold start: chunks of their own.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // pg and a few small packages are CommonJS; their ESM twins, where they have one, shake better.
    mainFields: ['module', 'main'],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    // pg asks for it inside a try and works without.
    external: ['pg-native'],
    minify: true,
    // Errors are told apart by name in logs and in tests.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    logLevel: 'silent',
  });
  mkdirSync(outDir, { recursive: true });
  for (const file of outputFiles) writeFileSync(join(outDir, basename(file.path)), file.contents);
  writeFileSync(join(outDir, 'settings.json'), settingsJson);
  return metafile;
}
