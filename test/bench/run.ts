// What a run of one target with many checks takes beside its slowest check: recall, decide, evidence, remember, deliver.
// The check function as it is deployed, on the loopback world; its checks ask a server that lets them wait.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSettings } from '../../lambda/config/index.ts';
import { deployMonitor } from '../../local/deployed-monitor.ts';
import { serve } from '../../local/http-server.ts';
import { startWorld } from '../../local/world.ts';
import { type Bench, median, timed } from './bench.ts';

const checks = 20;
const rounds = 9;
/** Longer than a slot of the pace, so that no notice waits for one. */
const answerMs = 250;
const limit = 50;

interface Answer {
  status: string;
  results: { durationMs: number }[];
}

export const runBench: Bench = {
  name: `A run of one target with ${checks} checks`,
  async run(progress) {
    const world = await startWorld({ onProgress: progress });
    let status = 200;
    const server = await serve(async () => {
      await sleep(answerMs);
      return { status };
    });
    const names = Array.from({ length: checks }, (_, n) => `endpoint-${n}`);
    const probes = Object.fromEntries(
      names.map((name) => [`probe:${name}`, { url: `${server.url}/${name}`, failAfter: 1, passAfter: 1 }]),
    );
    // Or the fourth change would be told as flapping, and the others not at all.
    const alerts = { flapping: { changes: 50 } };
    const written = { name: 'bench', alerts, targets: { shop: { environment: 'bench', checks: probes } } };
    const settings = parseSettings(written);
    const monitor = await deployMonitor({ world, settings, settingsJson: JSON.stringify(written) });
    await world.sns.subscribe(monitor.alertsTopicArn, world.subscriber.url);
    const beside = async (expected: string): Promise<number> => {
      const slowest: number[] = [];
      const whole = await timed(async () => {
        const answer = (await monitor.checkNow({ target: 'shop', notify: true })) as Answer;
        if (answer.status !== expected || answer.results.length !== checks)
          throw new Error(`${answer.results.length} checks ended as ${answer.status}`);
        slowest.push(...answer.results.map(({ durationMs }) => durationMs));
      });
      return whole - Math.max(...slowest);
    };
    try {
      await beside('pass');
      const steady: number[] = [];
      for (let round = 0; round < rounds; round += 1) steady.push(await beside('pass'));
      const before = world.subscriber.notices.length;
      const telling: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        status = status === 200 ? 503 : 200;
        telling.push(await beside(status === 200 ? 'pass' : 'fail'));
      }
      await world.sns.settled();
      const told = world.subscriber.notices.length - before;
      if (told !== rounds) throw new Error(`${told} notices came of ${rounds} changes`);
      return [
        { what: `all well, beside the slowest check, median of ${rounds}`, value: median(steady), unit: 'ms', limit },
        { what: `all change, one notice, likewise`, value: median(telling), unit: 'ms', limit },
      ];
    } finally {
      await monitor.stop();
      await server.close();
      await world.stop();
    }
  },
};
