// Extensions that the embedded server lacks: how PostgreSQL says so, and what to say of it. Pure.
import { EdgeError } from '../../lambda/errors.ts';
import { byCodeUnit } from '../../lambda/json.ts';

/** Servers of every supported major, in English. */
const unavailable = [
  /extension "([^"]+)" is not available/g,
  /could not open extension control file "[^"]*?([^"/]+)\.control"/g,
];

/** The extensions that a text says are not there. */
export function lackingExtensions(text: string): string[] {
  const names = unavailable.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  return [...new Set(names)].sort(byCodeUnit);
}

/** @param named each as it is to be read: its name, and where it is created if that is known */
export function extensionsError(named: readonly string[], version: string): EdgeError {
  const several = named.length > 1;
  return new EdgeError(
    'missing',
    `The PostgreSQL ${version} that comes with Driftwatch lacks ${several ? 'extensions' : 'an extension'} that this schema creates: ${named.join(', ')}.`,
    {
      remedy:
        `Build the model on a server that has ${several ? 'them' : 'it'} (a container will do), and take the snapshot ` +
        'there: driftwatch snapshot --from postgres://... In --sql files, --without-extension <name> leaves out one ' +
        'that no table, view or function needs.',
    },
  );
}
