// What PostgreSQL says when a statement of a file fails: what is missing, and the error as a person needs it. Pure.
import { EdgeError } from '../../lambda/errors.ts';
import { createdExtension } from './adaptations.ts';
import { lackingExtensions } from './missing-extension.ts';
import { beginning, type Place, placeText } from './script.ts';

/** The members of the driver's errors that are used here. */
export interface Complaint {
  message: string;
  code?: string;
  detail?: string;
  hint?: string;
  /** In characters of the statement, from 1. */
  position?: string;
}

export type Missing =
  | { kind: 'role'; name: string; actsAs: boolean }
  | { kind: 'tablespace'; name: string }
  | { kind: 'extension'; name: string }
  | { kind: 'timeout'; name: string }
  | { kind: 'transaction' };

/** What could be supplied so that the statement works; texts as every supported major has them in English. */
export function missingFor(text: string, { code = '', message, detail = '' }: Complaint): Missing | undefined {
  const role = /^role "([\s\S]+)" does not exist$/.exec(message)?.[1];
  if (role !== undefined) return { kind: 'role', name: role, actsAs: code === '22023' };
  const tablespace = /^tablespace "([\s\S]+)" does not exist\.?$/i.exec(detail || message)?.[1];
  if (tablespace !== undefined) return { kind: 'tablespace', name: tablespace };
  // Dumps set what their own server knows; a time limit says nothing of the schema.
  const timeout = /^unrecognized configuration parameter "(\w+_timeout)"$/.exec(message)?.[1];
  if (timeout !== undefined && /^set\s/i.test(text)) return { kind: 'timeout', name: timeout };
  const extension = createdExtension(text);
  if (extension !== undefined && (code === '58P01' || code === '0A000')) {
    return { kind: 'extension', name: lackingExtensions(message)[0] ?? extension };
  }
  return code === '25P01' ? { kind: 'transaction' } : undefined;
}

export interface Surroundings {
  major: number;
  /** The major that the file says it was dumped from. */
  dumpedFrom: number | undefined;
}

/** The failure of a statement, at the line that PostgreSQL points to, with what to do about it. */
export function statementError(text: string, at: Place, complaint: Complaint, around: Surroundings): EdgeError {
  const { message, code, detail, hint, position } = complaint;
  const before = position === undefined ? '' : [...text].slice(0, Number(position) - 1).join('');
  const place = placeText({ file: at.file, line: at.line + before.split('\n').length - 1 });
  const more = [detail, hint].filter((part) => part !== undefined && part !== '').map((part) => `\n  ${part}`);
  return new EdgeError(
    'invalid',
    `${place}: ${message}${code === undefined ? '' : ` (${code})`}${more.join('')}\n  in: ${beginning(text)}`,
    { remedy: remedyFor(code, message, around), cause: complaint },
  );
}

function remedyFor(code: string | undefined, message: string, { major, dumpedFrom }: Surroundings): string {
  if (dumpedFrom !== undefined && dumpedFrom > major) {
    return `The file was dumped from PostgreSQL ${dumpedFrom}, and this is ${major}: choose --postgres ${dumpedFrom}.`;
  }
  if (/^collation .* does not exist$/.test(message)) {
    return 'The locale is not installed on this machine: install it, or take the snapshot --from a server that has it.';
  }
  switch (code) {
    case '3D000':
      return 'Give the database that name: --database <name>.';
    case '42P06':
    case '42P07':
    case '42710':
    case '42723':
      return 'Two of the files make the same thing: leave one of them out.';
    case '42601':
      return `If psql runs it, let it, where there is one: --run 'psql -v ON_ERROR_STOP=1 -f <file>'. A newer syntax needs a newer --postgres than ${major}.`;
    case '58P01':
      return 'The embedded server has no such library: take the snapshot --from a server that has it.';
    default:
      return 'Correct it, or name what it needs before it: files are applied as they are named, those of a folder by name.';
  }
}
