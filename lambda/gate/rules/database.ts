// The database can be reached and answers, as the database check sees it.
import type { DatabaseEvidence } from '../../checks/database/collect.ts';
import { database as check } from '../../checks/database/index.ts';
import { type DatabaseCheckSettings, databaseCheckSettings } from '../../checks/database/settings.ts';
import { checksOf, contextOf, verdictOf } from '../check-context.ts';
import { words } from '../prose.ts';
import { type GateRule, switchedOff } from '../rule.ts';

export const database: GateRule<DatabaseCheckSettings, DatabaseEvidence> = {
  plan({ target, gate }) {
    if (gate.database === false) return { off: switchedOff };
    if (target.database === undefined) return { off: words('the target has no database') };
    const [entry] = checksOf(target, 'database');
    const own = (entry?.settings as DatabaseCheckSettings | undefined) ?? databaseCheckSettings.parse({});
    return { settings: { ...own, ...(gate.database?.answerWithin && { answerWithin: gate.database.answerWithin }) } };
  },
  collect: ({ settings, input, signal }) => check.collect(contextOf(input, { id: 'database', settings }, signal)),
  judge: (evidence, context) => verdictOf(check.judge(evidence, { ...context, check: 'database' })),
};
