// `cdk synth` as people run it, in processes of their own: without an AWS account and without its files.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { demo } from './synth.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const cdk = join(project, 'node_modules', '.bin', 'cdk');
const root = mkdtempSync(join(tmpdir(), 'driftwatch-synth-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let run = 0;
function synth(...options: string[]): Promise<{ code: number; said: string; output: string }> {
  const output = join(root, `out-${run++}`);
  const environment = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: root,
    // Nothing answers there: a synth that asked AWS, or anybody, would fail.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return new Promise((done) => {
    const args = ['synth', '--quiet', '--output', output, ...options];
    execFile(cdk, args, { cwd: project, env: environment }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      done({ code, said: stdout + stderr, output });
    });
  });
}

function settingsFile(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

describe('cdk synth', () => {
  it('makes the stack of the example settings, without an AWS account', async () => {
    const { code, said, output } = await synth();
    expect(said).not.toMatch(/error|warning/i);
    expect(code).toBe(0);
    const template = JSON.parse(readFileSync(join(output, 'driftwatch-control-core.template.json'), 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: { Code: { S3Key: string } } }>;
    };
    const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const folders = functions.map(({ Properties }) =>
      join(output, `asset.${Properties.Code.S3Key.replace('.zip', '')}`),
    );
    // Each function has a bundle of its own, with the settings it will read.
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) {
      expect(existsSync(join(folder, 'index.mjs'))).toBe(true);
      expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toContain('"control-core"');
    }
  });

  it('says in words what is wrong with settings, and fails', async () => {
    const path = settingsFile('wrong.json', JSON.stringify({ ...demo, naem: 'x' }));
    const { code, said } = await synth('-c', `config=${path}`);
    expect(said).toMatch(/wrong\.json has a problem:\s+naem/);
    // No stack of calls: this is for people.
    expect(said).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  it('fails for what cdk-nag finds', async () => {
    const app = settingsFile(
      'planted.mjs',
      `import { App, Stack, Validations } from ${JSON.stringify(join(project, 'node_modules/aws-cdk-lib/index.js'))};
       import { Queue } from ${JSON.stringify(join(project, 'node_modules/aws-cdk-lib/aws-sqs/index.js'))};
       import { AwsSolutionsChecks } from ${JSON.stringify(join(project, 'node_modules/cdk-nag/lib/index.js'))};
       const app = new App();
       Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
       new Queue(new Stack(app, 'Planted'), 'Open');`,
    );
    const { code, said } = await synth('--app', `node ${app}`);
    expect(said).toContain('AwsSolutions-SQS4');
    expect(code).toBe(1);
  });
});
