// What `cdk synth` and `cdk deploy` run: one stack from one settings file, `driftwatch.config.ts` unless
// `-c config=<path>` names another; in a VPC as network-context.ts says. It asks AWS nothing. cdk-nag looks at all of it,
// and a finding that nobody gave a reason for fails the synth.
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseSettings } from '../lambda/config/index.ts';
import { defaultSettingsFile, readSettingsFile } from '../lambda/platform/settings-file.ts';
import { networkFromContext } from './network-context.ts';
import { DriftwatchStack } from './stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

try {
  const path = String(app.node.tryGetContext('config') ?? defaultSettingsFile);
  const settings = await readSettingsFile(path);
  const { name } = parseSettings(settings, path);
  new DriftwatchStack(app, `driftwatch-${name}`, {
    description: `Driftwatch, monitor ${name}`,
    monitor: (stack) => ({ settings, ...networkFromContext(stack) }),
  });
} catch (error) {
  // What is wrong with settings or network is for people: without the stack of calls that found it.
  const { message, remedy = '' } = error as Error & { remedy?: string };
  process.stderr.write(`\n${message}\n${remedy}\n\n`);
  process.exit(1);
}
