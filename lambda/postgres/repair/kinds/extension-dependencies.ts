// Repair of what ALTER ... DEPENDS ON EXTENSION says.
import type { Fact } from '../../fact.ts';
import { type Draft, safe } from '../draft.ts';
import { ownName } from '../identifier.ts';
import type { Repairer, Scene } from '../repairer.ts';
import { parentOf } from './common.ts';

export const extensionDependency: Repairer<'extension dependency'> = {
  rank: 17,
  canRebuild: true,
  create: (fact, { target }) => [{ drafts: [alter(fact, target, '')] }],
  drop: (fact, { current }) => [alter(fact, current, 'NO ')],
  change: {},
};

function alter(fact: Fact, catalog: Scene['target'], no: string): Draft {
  const object = parentOf(fact, catalog);
  const extension = ownName(fact, object);
  const name =
    object.kind === 'trigger'
      ? `${ownName(object, parentOf(object, catalog))} ON ${parentOf(object, catalog).id}`
      : object.id;
  return safe(
    `ALTER ${object.kind.toUpperCase()} ${name} ${no}DEPENDS ON EXTENSION ${extension}`,
    'Counts when the extension is dropped.',
  );
}
