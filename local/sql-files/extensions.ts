// Extensions that the embedded server lacks: found all at once, since each of them may be the reason to build the
// model elsewhere.
import pg from 'pg';
import type { EdgeError } from '../../lambda/errors.ts';
import { createdExtension } from './adaptations.ts';
import type { ApplyOptions } from './apply.ts';
import { type Complaint, type Missing, missingFor } from './complaints.ts';
import { openConnection } from './connection.ts';
import { extensionsError } from './missing-extension.ts';
import { type Place, placeText, type Step } from './script.ts';

/** @param rest the steps behind the one that failed: read to their end for what else they create */
export async function missingExtensionsError(
  first: Extract<Missing, { kind: 'extension' }>,
  at: Place,
  rest: AsyncIterable<Step>,
  options: ApplyOptions,
): Promise<EdgeError> {
  const places = new Map([[first.name, at]]);
  const created = new Map<string, Step & { do: 'run' }>();
  for await (const step of rest) {
    const name = step.do === 'run' ? createdExtension(step.text) : undefined;
    if (step.do === 'run' && name !== undefined && !options.withoutExtensions.has(name)) created.set(name, step);
  }
  const lacking = await lackingOf([...created.keys()], options);
  for (const name of lacking) {
    const step = created.get(name);
    if (step && !places.has(name)) places.set(name, step.at);
  }
  return extensionsError(
    [...places].map(([name, place]) => `${name} (${placeText(place)})`),
    options.server.version,
  );
}

/** Tried one by one in a database of their own: some are listed as available and cannot be loaded. */
async function lackingOf(names: readonly string[], { server, signal }: ApplyOptions): Promise<string[]> {
  if (names.length === 0) return [];
  const connection = await openConnection(await server.createDatabase('driftwatch_extensions'), signal);
  const lacking: string[] = [];
  try {
    for (const name of names) {
      const text = `create extension if not exists ${pg.escapeIdentifier(name)} cascade`;
      const failed = await connection.run(text).then(
        () => false,
        (error: Complaint) => missingFor(text, error)?.kind === 'extension',
      );
      if (failed) lacking.push(name);
    }
    return lacking;
  } finally {
    await connection.close();
  }
}
