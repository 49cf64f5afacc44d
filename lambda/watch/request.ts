// What may be asked of a watch, and what it is called. Pure. A version is any printable text: it is shown and never run.
import { formatDuration, parseDuration } from '../config/duration.ts';
import { watchTick } from '../config/watch-tick.ts';
import type { Refused } from '../monitor/decide/silences.ts';
import { printable } from '../monitor/printable.ts';
import { shortHash } from '../monitor/short-hash.ts';
import type { WatchRequest } from './watch.ts';

export const defaultWatch = { forMs: parseDuration('24h'), everyMs: parseDuration('5m') } as const;

const shortest = parseDuration('10m');
const longest = parseDuration('7d');
const longestText = 100;

export interface Asked {
  version: string;
  commit?: string | undefined;
  by?: string | undefined;
  forMs: number;
  everyMs: number;
}

/**
 * @param startedAt when the deployment was: now, or when its event says
 * @returns the same request, id included, for the same deployment
 */
export function watchOf(target: string, asked: Asked, startedAt: Date): WatchRequest | Refused {
  const { version, commit, by, forMs, everyMs } = asked;
  const texts = [
    ['version', version],
    ['commit', commit],
    ['name', by],
  ] as const;
  for (const [what, text] of texts) {
    const problem = text === undefined ? undefined : textProblem(what, text);
    if (problem) return problem;
  }
  if (!(forMs >= shortest && forMs <= longest)) {
    return {
      refused: `a watch lasts ${formatDuration(shortest)} to ${formatDuration(longest)}`,
      remedy: 'Say how long: 30m, 24h, 7d. What lasts longer is what the checks themselves are for.',
    };
  }
  if (everyMs % watchTick !== 0 || everyMs < watchTick || everyMs > forMs / 2) {
    return {
      refused: `the rounds of a watch are whole minutes apart, and at most half of its length (${formatDuration(forMs / 2)} here)`,
      remedy: 'Say how often: 1m, 5m, 15m.',
    };
  }
  const from = startedAt.toISOString();
  return {
    id: shortHash([target, version, commit ?? '', from].join('\n')),
    version,
    ...(commit !== undefined && { commit }),
    ...(by !== undefined && { by }),
    startedAt: from,
    until: new Date(startedAt.getTime() + forMs).toISOString(),
    everyMs,
  };
}

function textProblem(what: string, text: string): Refused | undefined {
  if (text.trim() === '') return { refused: `the ${what} is empty`, remedy: `Say the ${what}, or leave it out.` };
  if (text.length > longestText) {
    return { refused: `the ${what} is longer than ${longestText} characters`, remedy: 'Give its short form.' };
  }
  if (printable(text) === text) return undefined;
  return {
    refused: `the ${what} "${printable(text)}" has characters that cannot be printed`,
    remedy: 'Give it as one line of text.',
  };
}
