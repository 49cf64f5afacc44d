// The process around one function: loads its bundle, calls its handler for each message, ends when its parent does.
import { pathToFileURL } from 'node:url';

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
    process.send?.({ id, result: await handler(event, context) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

process.on('disconnect', () => process.exit());
