// By what an object of each kind is known again when it has another name. A kind that is not here never is: what is
// missing under one name and unexpected under another is told as both.
import type { JsonValue } from '../../json.ts';

export interface RenameHint {
  /** Attributes that say what it is, whatever its name: all must be equal. */
  by: readonly string[];
  /** One of these has to be there: without them too many objects are alike. */
  set?: readonly string[];
  /** Without any of those, these have to be equal too, and one must not have its usual value or something mention it. */
  orUnusual?: Readonly<Record<string, JsonValue>>;
  /** It has to keep its place among its siblings, which its parent tells in an attribute compared as `order`. */
  place?: true;
  /** Something else has to mention it, by either name, on both sides. */
  mentioned?: true;
  /** Most of its parts have to be the same: of these kinds, or of all, with the attribute that says what each is. */
  parts?: { kinds?: readonly string[]; by?: string };
  /** The attribute that names the one of its kind through which it is read: its own name counts for less then. */
  readThrough?: string;
  /** It goes to another schema along with what it needs a part of. */
  movesWithNeeds?: true;
  /** Its name says what it takes: one of the same name that takes something else is the same one, changed. */
  signature?: true;
  /** What PostgreSQL gives for a name when a statement gives none. */
  generatedName?: RegExp;
}

export const renameHints: Readonly<Record<string, RenameHint>> = {
  schema: { by: [], parts: {} },
  table: {
    by: ['form', 'partitionOf', 'partitionBound'],
    parts: { kinds: ['column'], by: 'type' },
    readThrough: 'partitionOf',
  },
  column: {
    by: ['type', 'nullable', 'default', 'generated', 'generationExpression', 'identity', 'collation'],
    place: true,
  },
  constraint: { by: ['type', 'definition'], generatedName: /_(?:pkey|key|fkey|check|excl)\d*"?$/ },
  index: {
    by: ['unique', 'definition', 'predicate', 'nullsNotDistinct'],
    set: ['definition'],
    generatedName: /_(?:idx|key|excl|pkey)\d*"?$/,
  },
  trigger: { by: ['definition', 'constraint'] },
  rule: { by: ['definition'] },
  'event trigger': { by: ['event', 'function', 'tags'] },
  'statistics object': { by: ['kinds', 'columns', 'expressions'], generatedName: /_stat\d*"?$/ },
  policy: { by: ['command', 'permissive', 'roles', 'using', 'check'], set: ['using', 'check'] },
  sequence: {
    by: ['type', 'increment', 'ownedBy'],
    set: ['ownedBy'],
    orUnusual: { start: '1', increment: '1', minimum: '1', cache: '1', cycle: false },
    movesWithNeeds: true,
    generatedName: /_seq\d*"?$/,
  },
  view: { by: ['definition', 'columnOrder'] },
  'materialized view': { by: ['definition', 'columnOrder'] },
  function: {
    by: ['arguments', 'result', 'language', 'body', 'sqlBody', 'library'],
    set: ['body', 'sqlBody'],
    signature: true,
  },
  procedure: {
    by: ['arguments', 'language', 'body', 'sqlBody', 'library'],
    set: ['body', 'sqlBody'],
    signature: true,
  },
  aggregate: {
    by: ['arguments', 'form', 'result', 'transition', 'stateType', 'initialValue', 'final'],
    signature: true,
  },
  enum: { by: ['labels'], mentioned: true },
  domain: { by: ['type', 'nullable', 'default', 'collation'], mentioned: true },
  'range type': { by: ['subtype', 'operatorClass', 'collation', 'canonical', 'subtypeDiff'], mentioned: true },
  'composite type': { by: [], parts: { kinds: ['attribute'], by: 'type' }, mentioned: true },
  attribute: { by: ['type', 'collation'], place: true },
};

/** What differs about an object that is elsewhere under its own name. */
export const movedAttribute = 'schema';

export function renameHint(kind: string): RenameHint | undefined {
  return Object.hasOwn(renameHints, kind) ? renameHints[kind] : undefined;
}
