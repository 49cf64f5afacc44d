// What the deployment would have to change in the database is allowed, and production is what the version that runs says.
import type { SchemaSettings } from '../../../checks/schema/settings.ts';
import { checksOf } from '../../check-context.ts';
import { words } from '../../prose.ts';
import { type GateRule, switchedOff, type Verdict } from '../../rule.ts';
import { ruleSettings } from '../../settings.ts';
import { collect, type SchemaRule } from './collect.ts';
import type { SchemaGateEvidence } from './evidence.ts';
import { judge } from './judge.ts';

export const schema: GateRule<SchemaRule, SchemaGateEvidence> = {
  plan({ target, gate }) {
    if (gate.schema === false) return { off: switchedOff };
    const rule = gate.schema ?? ruleSettings.schema.parse({});
    const checks = checksOf(target, 'schema');
    const entry = checks.find(({ id }) => id === (rule.check ?? id));
    if (!entry) return { off: words('the target has no schema check') };
    if (rule.check === undefined && checks.length > 1) {
      return { verdict: whichOne };
    }
    const settings = entry.settings as SchemaSettings;
    return {
      settings: { entry: { id: entry.id, settings }, rule },
      timeout: entry.timeout,
      ...(settings.capture === undefined && { after: 'database' }),
    };
  },
  collect,
  judge,
};

const whichOne: Verdict = {
  status: 'unknown',
  summary: words('not verified: the target has several schema checks, and the gate cannot know which one is meant'),
  details: [],
  remedy: words('Name it in the settings: gate: { schema: { check: "schema:..." } }.'),
};
