// The process around one function: loads its bundle, calls its handler for each message, ends when its parent does.
import { pathToFileURL } from 'node:url';
import { endOfCall } from './end-of-call.ts';

const bundle = process.argv[2] as string;
const loaded: Promise<{ handler(event: unknown, context: unknown): Promise<unknown> }> = import(
  pathToFileURL(bundle).href
);

process.on('message', async ({ id, event }: { id: number; event: unknown }) => {
  try {
    const { handler } = await loaded;
    const deadline = Date.now() + 300_000;
    const context = {
      awsRequestId: `local-${process.pid}-${id}`,
      functionName: 'local',
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    reply({ id, result: await handler(event, context) });
  } catch (error) {
    reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

/** What the call has logged goes by other pipes than its answer: each is told where the call ends in it. */
function reply(answer: { id: number; result?: unknown; error?: string }): void {
  for (const stream of [process.stdout, process.stderr]) stream.write(`${endOfCall(answer.id)}\n`);
  process.send?.(answer);
}

process.on('disconnect', () => process.exit());
