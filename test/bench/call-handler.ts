// Run by check-function.ts in a process of its own: loads a bundle, calls its handler once, and says on its last line
// of output how long loading took, how much memory the process needed at most, and what the handler answered.
import { pathToFileURL } from 'node:url';

const [, , bundle = ''] = process.argv;
const start = performance.now();
const { handler } = (await import(pathToFileURL(bundle).href)) as {
  handler: (event: unknown, context: unknown) => Promise<{ summary: string[] }>;
};
const importMs = performance.now() - start;
const { summary } = await handler({}, { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'bench' });
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`\n${JSON.stringify({ importMs, peakMb, summary })}\n`);
