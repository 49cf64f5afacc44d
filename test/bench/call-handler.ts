// Run by deployed-function.ts in a process of its own: loads a bundle and calls its handler once. Its last line of output
// says how long loading took, how much of that was work (whatever else the machine was doing), how long the call took,
// how much memory the process needed at most, and what the handler answered.
import { pathToFileURL } from 'node:url';

const [, , bundle = ''] = process.argv;
const cpu = process.cpuUsage();
const start = performance.now();
const { handler } = (await import(pathToFileURL(bundle).href)) as {
  handler: (event: unknown, context: unknown) => Promise<{ summary: string[] }>;
};
const importMs = performance.now() - start;
const importCpuMs = process.cpuUsage(cpu).user / 1000;
const called = performance.now();
const { summary } = await handler({}, { getRemainingTimeInMillis: () => 120_000, awsRequestId: 'bench' });
const handlerMs = performance.now() - called;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`\n${JSON.stringify({ importMs, importCpuMs, handlerMs, peakMb, summary })}\n`);
