// The statement that gives an object another name, or brings it to another schema.
import type { Fact } from '../fact.ts';
import { type Draft, risky, safe } from './draft.ts';
import { qualifiedName, schemaName } from './identifier.ts';

export interface RenameStep {
  /** As the model has it; what it is a part of has the model's name by then. */
  fact: Fact;
  owner: Fact | undefined;
  from: string;
  to: string;
  /** The one it has to leave. */
  fromSchema?: string;
}

export function renameDraft({ fact, owner, from, to, fromSchema }: RenameStep): Draft {
  const { kind, id } = fact;
  if (fromSchema !== undefined) return moveDraft(fact, fromSchema);
  const on = owner?.id ?? '';
  const types = id.slice(qualifiedName(id).length);
  switch (kind) {
    case 'column':
      return used(`ALTER ${owner?.kind.toUpperCase()} ${on} RENAME COLUMN ${from} TO ${to}`);
    case 'attribute':
      return used(`ALTER TYPE ${on} RENAME ATTRIBUTE ${from} TO ${to} CASCADE`);
    case 'constraint':
      return unused(`ALTER ${owner?.kind.toUpperCase()} ${on} RENAME CONSTRAINT ${from} TO ${to}`);
    case 'trigger':
    case 'policy':
    case 'rule':
      return unused(`ALTER ${kind.toUpperCase()} ${from} ON ${on} RENAME TO ${to}`);
    case 'index':
      return unused(`ALTER INDEX ${schemaName(id)}.${from} RENAME TO ${to}`);
    case 'statistics object':
      return unused(`ALTER STATISTICS ${schemaName(id)}.${from} RENAME TO ${to}`);
    case 'event trigger':
      return unused(`ALTER EVENT TRIGGER ${from} RENAME TO ${to}`);
    case 'schema':
      return used(`ALTER SCHEMA ${from} RENAME TO ${to}`);
    default:
      return used(`ALTER ${nounOf(kind)} ${on}.${from}${types} RENAME TO ${to}`);
  }
}

/** What a type, a routine or a relation is called in ALTER. */
const words: Readonly<Record<string, string>> = {
  enum: 'TYPE',
  'composite type': 'TYPE',
  'range type': 'TYPE',
  'base type': 'TYPE',
  function: 'ROUTINE',
  procedure: 'ROUTINE',
  aggregate: 'ROUTINE',
};

function nounOf(kind: string): string {
  return (Object.hasOwn(words, kind) ? words[kind] : undefined) ?? kind.toUpperCase();
}

function moveDraft({ kind, id }: Fact, from: string): Draft {
  const to = schemaName(id);
  const sql = `ALTER ${nounOf(kind)} ${from}${id.slice(to.length)} SET SCHEMA ${to}`;
  return risky(sql, 'Whatever still names it in its present schema fails from then on.');
}

function used(sql: string): Draft {
  return risky(sql, 'Whatever still uses the present name fails from then on.');
}

function unused(sql: string): Draft {
  return safe(sql, 'Changes the name only, under a short lock.');
}
