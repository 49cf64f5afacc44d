// The story the product exists for, told with the real parts: a deployment goes out without its migration, every login
// fails, the nightly backup goes stale, and this time somebody is told. Every scene checks that what it tells happened.
import { formatDuration } from '../../lambda/config/duration.ts';
import type { ReceivedNotice } from '../subscriber.ts';
import { type Answer, type Stage, setStage } from './stage.ts';

export interface Telling {
  /** The story itself. */
  say(text: string): void;
  /** What is being done meanwhile. */
  progress(text: string): void;
  /** Keep the world up at the end, until the signal. */
  stay: boolean;
  signal: AbortSignal;
}

/** @throws Error when a scene did not go as told */
export async function tellStory(telling: Telling): Promise<void> {
  const { say, progress, stay, signal } = telling;
  const started = Date.now();
  progress('Starting a world of its own on this machine ...');
  const stage = await setStage(progress, signal);
  try {
    await unlessAborted(signal, async () => {
      await allGreen(stage, telling);
      await deploymentWithoutMigration(stage, telling);
      await repaired(stage, telling);
    });
    say(`\nTold in ${formatDuration(Date.now() - started)}: nothing left this machine.`);
    if (stay) await keepOpen(stage, telling);
  } finally {
    await stage.stop();
  }
}

/** The scenes go on in the background for a moment; what they play on is taken away from them. */
async function unlessAborted(signal: AbortSignal, play: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  await Promise.race([
    play(),
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ]);
}

async function allGreen(stage: Stage, { say, progress }: Telling): Promise<void> {
  scene(say, '1. Version 1.4.0 runs, and its model is published');
  progress('Taking and publishing the snapshot of model 1.4.0 ...');
  await stage.publishModel('1.4.0');
  for (const age of [0, 3]) stage.backUp(age);
  progress('Firing every schedule ...');
  const notices = await stage.run();
  const answer = await stage.checkNow();
  sayLines(say, answer.summary);
  holds(answer.status === 'pass', 'everything passes', answer);
  holds(notices.length === 0, 'nobody is bothered while all is well', notices);
}

async function deploymentWithoutMigration(stage: Stage, { say, progress }: Telling): Promise<void> {
  scene(say, '2. Version 1.5.0 is deployed. Its migration is not. Last night’s backup is gone, too');
  say('  The User model gained api_key_sandbox and api_key_production; production has neither.');
  progress('Publishing the snapshot of model 1.5.0, releasing 1.5.0 ...');
  await stage.publishModel('1.5.0');
  await stage.application.release('1.5.0');
  stage.removeBackup(0);
  progress('Firing every schedule ...');
  const notices = await stage.run();
  say('\n  What the subscriber of the alerts topic receives:');
  for (const notice of notices) sayNotice(say, notice);
  const text = notices.map((notice) => `${notice.subject}\n${notice.message}`).join('\n');
  for (const word of ['api_key_sandbox', 'api_key_production', 'login', 'backup']) {
    holds(text.includes(word), `the alerts name ${word}`, text);
  }
}

async function repaired(stage: Stage, { say, progress }: Telling): Promise<void> {
  scene(say, '3. The repair SQL of the alert is applied, and a fresh backup arrives');
  const repair = repairOf(await stage.checkNow());
  sayLines(say, repair);
  holds(repair.length === 2, 'two columns are to be added', repair);
  await stage.applyToProduction(repair);
  stage.backUp(0);
  progress('Firing every schedule ...');
  const notices = await stage.run();
  say('\n  What the subscriber receives:');
  for (const notice of notices) sayNotice(say, notice);
  const answer = await stage.checkNow();
  sayLines(say, ['', ...answer.summary]);
  holds(answer.status === 'pass', 'everything passes again', answer);
  const resolved = notices.every((notice) => notice.attributes.status === 'resolved');
  holds(notices.length > 0 && resolved, 'what was announced is resolved', notices);
}

function repairOf(answer: Answer): string[] {
  return answer.results
    .filter(({ check }) => check === 'schema')
    .flatMap(({ findings }) => findings.flatMap(({ details }) => details?.repair ?? []))
    .flatMap(({ sql }) => sql ?? []);
}

async function keepOpen(stage: Stage, { say, signal }: Telling): Promise<void> {
  const { world, monitor, application, productionUrl } = stage;
  scene(say, 'The world stays up until Ctrl-C');
  sayLines(say, [
    `production    ${productionUrl}`,
    `application   ${application.url}/health`,
    `S3            ${world.s3.url}/${monitor.bucket}/`,
    'For the driftwatch command and the AWS CLI, in another terminal:',
    ...Object.entries(world.environment)
      .filter(([name]) => name.startsWith('AWS_ENDPOINT') || name === 'AWS_REGION' || name.includes('ACCESS_KEY'))
      .map(([name, value]) => `  export ${name}=${value}`),
    `  npm run driftwatch -- diff s3://${monitor.bucket}/snapshots/pap-api/1.5.0.json ${productionUrl}`,
  ]);
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function scene(say: Telling['say'], title: string): void {
  say(`\n${title}\n${'-'.repeat(title.length)}`);
}

function sayLines(say: Telling['say'], lines: readonly string[]): void {
  for (const line of lines) say(line === '' ? '' : `  ${line}`);
}

function sayNotice(say: Telling['say'], { subject = '(no subject)', message }: ReceivedNotice): void {
  const lines = [subject, '', ...message.trimEnd().split('\n')];
  say(`\n  ┌${'─'.repeat(78)}`);
  for (const line of lines) say(`  │ ${line}`.trimEnd());
  say(`  └${'─'.repeat(78)}`);
}

/** A demo that claims what did not happen would be worse than none. */
function holds(truth: boolean, claim: string, seen: unknown): void {
  if (truth) return;
  throw new Error(`the demo expected that ${claim}; it saw ${JSON.stringify(seen, null, 2)}`);
}
