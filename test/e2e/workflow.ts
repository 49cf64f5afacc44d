// Steps of a GitHub Actions workflow, run as the runner runs them: shell scripts with `bash -e`, expressions in `env`
// filled in, and after a failing step only those that run in any case. Reads what such files use, and refuses the rest.
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface ShellStep {
  name: string;
  folder: string;
  always: boolean;
  env: Record<string, string>;
  script: string;
}

export interface RanStep {
  name: string;
  code: number;
  output: string;
}

/** Those with a `run`, in their order. @throws Error for a line that is not understood */
export function shellSteps(workflow: string): ShellStep[] {
  const [, steps = ''] = workflow.split(/^ {4}steps:$/m);
  return steps
    .split(/^ {6}- /m)
    .slice(1)
    .filter((step) => /^( {8})?run:/m.test(step))
    .map(readStep);
}

function readStep(text: string): ShellStep {
  const step: ShellStep = { name: '', folder: '.', always: false, env: {}, script: '' };
  let into: 'env' | 'script' | undefined;
  for (const line of `        ${text}`.split('\n')) {
    const [, key, value = ''] = /^ {8}([a-z-]+):(?: (.*))?$/.exec(line) ?? [];
    if (/^\s*(#.*)?$/.test(line)) continue;
    if (key === 'env') into = 'env';
    else if (key === 'run') {
      into = value === '|' ? 'script' : undefined;
      if (!into) step.script = value;
    } else if (key === 'name') step.name = value;
    else if (key === 'working-directory') step.folder = value;
    else if (key === 'if' && value === `\${{ !cancelled() }}`) step.always = true;
    else if (into === 'script' && line.startsWith(' '.repeat(10))) step.script += `${line.slice(10)}\n`;
    else if (into === 'env') step.env = { ...step.env, ...variable(line) };
    else throw new Error(`a line that is not understood: ${line}`);
  }
  return step;
}

/** The variables of the whole job. */
export function jobVariables(workflow: string): Record<string, string> {
  const [, block = ''] = /^ {4}env:\n((?: {6}.*\n)+)/m.exec(workflow) ?? [];
  const lines = block.split('\n').filter((line) => !/^\s*(#.*)?$/.test(line));
  return Object.assign({}, ...lines.map(variable));
}

function variable(line: string): Record<string, string> {
  const [, name, value] = /^\s+([A-Z_]+): (.+)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no variable: ${line}`);
  return { [name]: value };
}

export interface Runner {
  workspace: string;
  environment: Readonly<Record<string, string>>;
  /** What expressions stand for: `secrets.DEFAULT_ADMIN`. */
  values: Readonly<Record<string, string>>;
}

/** @returns the steps that ran; of one that is skipped there is nothing */
export async function runSteps(steps: readonly ShellStep[], runner: Runner): Promise<RanStep[]> {
  const ran: RanStep[] = [];
  for (const step of steps) {
    if (ran.some(({ code }) => code !== 0) && !step.always) continue;
    ran.push(await runStep(step, runner));
  }
  return ran;
}

function runStep(
  { name, folder, env, script }: ShellStep,
  { workspace, environment, values }: Runner,
): Promise<RanStep> {
  const filled = Object.entries(env).map(([key, text]) => [key, fillIn(text, values)]);
  const options = { cwd: join(workspace, folder), env: { ...environment, ...Object.fromEntries(filled) } };
  return new Promise((resolve) => {
    execFile('bash', ['-e', '-c', script], options, (error, stdout, stderr) => {
      resolve({ name, code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** @throws Error for an expression that nobody gave a value */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_expression, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`there is no ${name}`);
    return value;
  });
}
