// What an object of any kind may have: a comment, an owner, grants. Changed in place, and given again to what has to be
// made again.
import type { JsonValue } from '../../json.ts';
import type { Fact } from '../fact.ts';
import type { CommonAttribute } from '../kinds/shared.ts';
import { quoteLiteral } from '../literal.ts';
import { roleOfGrantee, withPublicDefault } from '../privileges.ts';
import type { Catalog } from './catalog.ts';
import { type Draft, risky, safe } from './draft.ts';
import { ownName, quoteIdentifier } from './identifier.ts';
import { parentOf } from './kinds/common.ts';
import { everything, type Privileges, privilegeChanges, privilegesIn } from './privilege-changes.ts';
import { grantReferenceTo, referenceTo } from './reference.ts';
import type { Change, Outcome, Scene } from './repairer.ts';

/** In the order in which a new object gets them: a new owner would take grants over. */
export const commonAttributes = ['owner', 'grants', 'comment'] as const satisfies readonly CommonAttribute[];

/** After everything else that changes about an object. */
const lastStage = 10;

const elsewhere = 'Whoever administers the roles and the database decides this, not its schema.';

/** @param along objects that differ in the same way, such as the partitions of a table: none of them inherits it */
export function changeCommon(
  attribute: CommonAttribute,
  { target, expected, actual }: Change,
  along: readonly Fact[],
  scene: Scene,
): Outcome {
  const eachOf = (draftsOf: (fact: Fact) => Draft[] | undefined): Outcome => {
    const drafts = [target, ...along].map(draftsOf);
    return drafts.every((some) => some !== undefined) ? { drafts: drafts.flat() } : { none: elsewhere };
  };
  switch (attribute) {
    case 'comment':
      return eachOf((fact) => commentOn(fact, expected, scene.target));
    case 'owner':
      if (expected === null) return { none: 'The model does not tell who owns it.' };
      return { ...eachOf((fact) => ownerOf(fact, expected, scene.target)), stage: lastStage };
    case 'grants':
      return { ...eachOf((fact) => grantsOn(fact, expected, actual, scene.target)), stage: lastStage + 1 };
  }
}

export function isCommon(attribute: string): attribute is CommonAttribute {
  return (commonAttributes as readonly string[]).includes(attribute);
}

/** What a new object is given beyond what PostgreSQL gives it; the sequence of a column has the owner of its table. */
export function givenTo(fact: Fact, catalog: Catalog): Draft[] {
  const { owner, grants, comment, ownedBy } = fact.attributes;
  const drafts = [
    ...(owner === undefined || ownedBy !== undefined ? [] : (ownerOf(fact, owner, catalog) ?? [])),
    ...(grants === undefined ? [] : (grantsOn(fact, grants, null, catalog) ?? [])),
    ...(comment === undefined ? [] : (commentOn(fact, comment, catalog) ?? [])),
  ];
  return drafts.map((draft) => ({ ...draft, class: 'safe', reason: 'As the model has it; nobody uses it yet.' }));
}

function commentOn(fact: Fact, comment: JsonValue, catalog: Catalog): Draft[] | undefined {
  const reference = referenceTo(fact, catalog);
  const text = comment === null ? 'NULL' : quoteLiteral(String(comment));
  return reference === undefined
    ? undefined
    : [safe(`COMMENT ON ${reference} IS ${text}`, 'Changes what is said of it only.')];
}

function ownerOf(fact: Fact, owner: JsonValue, catalog: Catalog): Draft[] | undefined {
  const reference = referenceTo(fact, catalog);
  const reason = 'The new owner can do everything with it from here on, the present one what is granted.';
  return reference === undefined
    ? undefined
    : [risky(`ALTER ${reference} OWNER TO ${quoteIdentifier(String(owner))}`, reason)];
}

function grantsOn(fact: Fact, expected: JsonValue, actual: JsonValue, catalog: Catalog): Draft[] | undefined {
  const reference = grantReferenceTo(fact, catalog);
  if (reference === undefined) return undefined;
  return privilegeChanges(privilegesOf(actual, fact.kind), privilegesOf(expected, fact.kind), {
    on: reference,
    ...(fact.kind === 'column' && { column: ownName(fact, parentOf(fact, catalog)) }),
    roleOf: (key) => grantee(key, fact),
  });
}

/** What goes without saying is said: everything for the owner, unless something was taken away. */
function privilegesOf(grants: JsonValue, kind: string): Privileges {
  return privilegesIn({ owner: everything, ...withPublicDefault(kind, grants) });
}

/** Columns have no owner of their own; where it is not known who owns something, nobody can be named. */
function grantee(key: string, { attributes, kind }: Fact): string | undefined {
  if (key === 'public') return 'PUBLIC';
  if (key !== 'owner') return quoteIdentifier(roleOfGrantee(key) ?? key);
  const { owner } = attributes;
  return kind === 'column' || owner === undefined ? undefined : quoteIdentifier(String(owner));
}
