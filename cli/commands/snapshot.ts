// driftwatch snapshot: takes the model schema from a database, or builds one for it, and publishes it where the schema
// checks look.
import { InvalidArgumentError, Option } from 'commander';
import { defaultSettingsFile } from '../../lambda/platform/settings-file.ts';
import { type Scope, scopes } from '../../lambda/postgres/scope.ts';
import { type PostgresMajor, postgresMajors } from '../../local/postgres.ts';
import { exitCode } from '../exit-code.ts';
import { collectValues } from '../flags.ts';
import type { AddCommand } from '../program.ts';
import { addList } from './snapshot/list.ts';
import { addPublish } from './snapshot/publish.ts';
import { addShow } from './snapshot/show.ts';
import { type TakeFlags, take } from './snapshot/take.ts';

const helpText = `
The model is what the application's own migrations make of an empty database. --run and --sql make such a database on
this machine, on a PostgreSQL of production's major that ends with the command; nothing else is touched.

--run runs in this folder (--run 'cd ../app && ...' elsewhere) and is given DATABASE_URL, PGHOST, PGPORT, PGUSER,
PGPASSWORD and PGDATABASE. What reads other variables gets them in the command itself:
--run 'DB_HOST=$PGHOST DB_PORT=$PGPORT python manage.py migrate'.
--sql reads files as psql does: plain dumps, migrations, a folder of them in the order of their names. With both, the
files come first: what migrations take for granted (roles, extensions) can be in one.

Examples:
  $ driftwatch snapshot --run "alembic upgrade head" --postgres 15 --out model.json
  $ driftwatch snapshot --run "npx prisma migrate deploy" --publish --model api --bucket my-driftwatch-bucket \\
      --application-version 1.5.0 --commit
  $ driftwatch snapshot --sql db/migrations --out model.json
  $ driftwatch snapshot --sql dump.sql --scope structure,grants --out model.json
  $ driftwatch snapshot --from postgres://localhost/app_migrated --out model.json --application-version 1.5.0
  $ driftwatch snapshot publish model.json --model pap-api --bucket my-driftwatch-bucket`;

export const snapshot: AddCommand = (parent, terminal, end) => {
  const command = parent
    .command('snapshot')
    .description('Take the model schema from a database that the application’s own migrations built.')
    .optionsGroup('Where it comes from:')
    .option('--run <command>', 'run this (migrations) on a throw-away PostgreSQL')
    .option('--sql <path>', 'apply this SQL file, or a folder of them; may be repeated', collectValues)
    .option('--from <postgres url>', 'a database that is there; CONNECT is all its role needs')
    .optionsGroup('How it is built (--run, --sql):')
    .option('--postgres <major>', `the major version: ${postgresMajors.join(', ')} (default: production’s)`, parseMajor)
    .option('--like <postgres url>', 'production: only asked for its version')
    .option('--target <name>', 'production, as the settings name it: likewise')
    .addOption(new Option('--config <file>', 'the settings file with the target').default(defaultSettingsFile))
    .option('--database <name>', 'the name of the database (default: driftwatch)')
    .option(
      '--without-extension <name>',
      'do not create it, in --sql files; production’s is told as unexpected then; may be repeated',
      collectValues,
    )
    .optionsGroup('What is in it:')
    .option(
      '--scope <scopes>',
      `of ${scopes.join(', ')}, with commas, or all (default: all; with --run and --sql: structure)`,
      parseScopes,
    )
    .option('--schema <glob>', 'only schemas that match; may be repeated', collectValues)
    .option('--exclude-schema <glob>', 'leave matching schemas out; may be repeated', collectValues)
    .option('--application-version <version>', 'the version of the application that these migrations belong to')
    .option('--commit [commit]', 'the commit of the application; without a value, what git says of this folder')
    .optionsGroup('Where it goes:')
    .option('--out <place>', 'where to write it: a file or s3://bucket/key')
    .option('--publish', 'publish it at once, as `driftwatch snapshot publish` does')
    .option('--model <name>', 'with --publish: the model, as the settings of the schema checks name it')
    .option('--bucket <name>', 'with --publish: the monitor’s bucket (default: $DRIFTWATCH_BUCKET)')
    .option('--back', 'with --publish: also when a newer version is current')
    .addHelpText('after', helpText)
    .action(async (flags: TakeFlags) => {
      await take(flags, terminal);
      end(exitCode.ok);
    });
  addPublish(command, terminal, end);
  addList(command, terminal, end);
  addShow(command, terminal, end);
};

function parseMajor(value: string): PostgresMajor {
  const major = postgresMajors.find((one) => String(one) === value);
  if (major !== undefined) return major;
  throw new InvalidArgumentError(`Allowed: ${postgresMajors.join(', ')}.`);
}

function parseScopes(value: string): Scope[] {
  if (value === 'all') return [...scopes];
  const asked = value.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !scopes.some((scope) => scope === name));
  if (unknown === undefined) return scopes.filter((scope) => asked.includes(scope));
  throw new InvalidArgumentError(`"${unknown}" is none of ${scopes.join(', ')}.`);
}
