// What a target's `gate` may say: the rules that a deployment has to pass, by name. A rule that is left out is on where
// the target has what it needs; `false` switches it off. Read by read.ts; deployed with the rest, and used by the command.
import * as z from 'zod';
import { duration, parseDuration } from '../config/duration.ts';
import { secretReference } from '../config/secret-reference.ts';
import { severities } from '../monitor/finding.ts';
import { repairClasses } from '../postgres/repair/statement.ts';
import { changeWindow } from './window-settings.ts';

const checkId = (kind: string) =>
  z.string().regex(new RegExp(`^${kind}(:.+)?$`), `expected the id of a check of the kind "${kind}"`);

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a variable: letters, digits and underscores');
const values = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

/** The worst class of change that may be left to do: as repairs are classed, or none at all. */
export const allowances = ['nothing', ...repairClasses] as const;

const schema = z.strictObject({
  /** The schema check whose model, roles, tenants and rules count. @default the only one of the target */
  check: checkId('schema').optional(),
  /**
   * What the deployment may have to change in production: `safe` changes, also `risky` ones (they may lock, fail on
   * existing data or convert it), or also `destructive` ones, which lose data. `nothing`: the migrations ran before.
   * @default 'risky'
   */
  allow: z.enum(allowances).default('risky'),
  /** From this class on, changes need the backup rule to pass as well. @default 'risky' */
  needsBackup: z.enum([...repairClasses, 'never']).default('risky'),
  /**
   * Differences that production has already, from the model of the version that runs, fail the rule when they are this
   * severe or worse: migrations were tried without them. @default 'warning'
   */
  drift: z.enum([...severities, 'allow']).default('warning'),
});

const environment = z.strictObject({
  /** Variables that have to be set, and not empty. @default none */
  required: z.array(variable).default([]),
  /**
   * Values that a variable must not have, whatever their case: `{ CC_DROP_TABLES: 'true' }`; a list where there are
   * several, or where the name is that of a secret. @default none
   */
  forbidden: z.record(variable, values).default({}),
  /** Values that count as never set by anybody, beside the usual ones such as `changeme`. @default none */
  placeholders: z.record(variable, values).default({}),
  /** Variables that may have a usual placeholder as their value. @default none */
  except: z.array(variable).default([]),
});

const database = z.strictObject({
  /** Longest time for a connection and one round trip. @default as the target's database check has it */
  answerWithin: duration.optional(),
});

const defaultCredentials = z.strictObject({
  /**
   * Place of the credentials that must be refused: a secret, or an environment variable of the pipeline, that holds JSON
   * `{"username": "...", "password": "..."}`. They are tried once.
   */
  credentials: secretReference,
  /** The probe with the login that they are tried at. @default the only one with a login */
  probe: checkId('probe').optional(),
});

const backup = z.strictObject({
  /** The newest backup may be this old. @default as each backup check has it */
  maxAge: duration.refine((ms) => ms <= parseDuration('400d'), { error: 'expected at most "400d"' }).optional(),
  /** The backup checks that have to pass. @default every one of the target */
  checks: z.array(checkId('backup')).min(1).optional(),
});

export const ruleSettings = {
  /** What the deployment would have to change in the database, and what differs there already. */
  schema,
  /** The variables that the new version is started with: those of `--env-file`, else those of the command itself. */
  environment,
  /** The database can be reached. */
  database,
  /** Nobody gets in with the credentials that everybody knows. */
  defaultCredentials,
  /** There is a good backup that is recent enough. */
  backup,
  /** Deployments are allowed now. */
  changeWindow,
} as const;

export type RuleName = keyof typeof ruleSettings;

/** What a rule's settings are once they are read. */
export type SettingsOf<Name extends RuleName> = z.output<(typeof ruleSettings)[Name]>;

/** As people write it. */
export type GateWritten = { [Name in RuleName]?: false | z.input<(typeof ruleSettings)[Name]> | undefined };

/** Rules that nobody wrote anything about are absent. */
export type GateSettings = { [Name in RuleName]?: false | SettingsOf<Name> };
