// Repair of row-level security policies.
import { type Fact, factKey } from '../../fact.ts';
import { inParentheses, risky, safe, words } from '../draft.ts';
import { ownName, quoteIdentifier } from '../identifier.ts';
import type { Change, Outcome, Repairer, Scene } from '../repairer.ts';
import { outcome, parentOf, recreate, unused } from './common.ts';

const redefined = 'This only changes by creating it again.';
const atOnce = 'Who sees or writes which rows changes at once.';

export const policy: Repairer<'policy'> = {
  rank: 16,
  canRebuild: true,
  create: (fact, scene) => {
    const { permissive, command } = fact.attributes;
    const table = parentOf(fact, scene.target);
    const statement = words(
      `CREATE POLICY ${place(fact, table)}`,
      permissive === false && 'AS RESTRICTIVE',
      command !== 'all' && `FOR ${String(command).toUpperCase()}`,
      ...clausesOf(fact),
    );
    return [{ drafts: [scene.isNew(factKey(table)) ? safe(statement, unused) : risky(statement, atOnce)] }];
  },
  drop: (fact, scene) => [risky(`DROP POLICY ${place(fact, parentOf(fact, scene.current))}`, atOnce)],
  change: {
    command: recreate(redefined),
    permissive: recreate(redefined),
    roles: changeClauses,
    using: changeClauses,
    check: changeClauses,
  },
};

/** ALTER POLICY can set a condition and not take one away. */
function changeClauses({ target, current }: Change, scene: Scene): Outcome {
  const loses = (name: 'using' | 'check'): boolean => name in current.attributes && !(name in target.attributes);
  if (loses('using') || loses('check')) return { recreate: factKey(target), reason: redefined };
  return outcome(
    risky(words(`ALTER POLICY ${place(target, parentOf(target, scene.target))}`, ...clausesOf(target)), atOnce),
  );
}

function place(fact: Fact, table: Fact): string {
  return `${ownName(fact, table)} ON ${table.id}`;
}

function clausesOf({ attributes }: Fact): string[] {
  const roles = Array.isArray(attributes.roles) ? attributes.roles.map(String) : [];
  return [
    `TO ${roles.map((role) => (role === 'public' ? 'PUBLIC' : quoteIdentifier(role))).join(', ')}`,
    ...(attributes.using === undefined ? [] : [`USING ${inParentheses(String(attributes.using))}`]),
    ...(attributes.check === undefined ? [] : [`WITH CHECK ${inParentheses(String(attributes.check))}`]),
  ];
}
