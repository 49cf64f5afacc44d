// Run by check-function.ts in a process of its own: loads a bundle and calls its handler once. Its last line of output
// says how long loading took, how much of that was work (whatever else the machine was doing), how much memory the
// process needed at most, and what the handler answered.
import { pathToFileURL } from 'node:url';

const [, , bundle = ''] = process.argv;
const cpu = process.cpuUsage();
const start = performance.now();
const { handler } = (await import(pathToFileURL(bundle).href)) as {
  handler: (event: unknown, context: unknown) => Promise<{ summary: string[] }>;
};
const importMs = performance.now() - start;
const importCpuMs = process.cpuUsage(cpu).user / 1000;
const { summary } = await handler({}, { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'bench' });
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`\n${JSON.stringify({ importMs, importCpuMs, peakMb, summary })}\n`);
