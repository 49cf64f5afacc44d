// The process's own memory behind the Heap port. A process that runs out of it dies without a word; so whoever is about
// to need much asks first. What the engine holds may be garbage: it is collected before anything is refused.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EdgeError } from '../errors.ts';
import type { Heap } from './ports.ts';

const mega = 1_000_000;

export function createHeap(): Heap {
  return {
    need(bytes, what) {
      if (isFree(bytes)) return;
      collectGarbage();
      if (isFree(bytes)) return;
      const { heap_size_limit: limit } = getHeapStatistics();
      throw new EdgeError(
        'unavailable',
        `${what} needs more memory than this process has: its heap may hold ${Math.round(limit / mega)} MB`,
        { remedy: 'Raise checkMemory of the DriftMonitor, or --max-old-space-size in NODE_OPTIONS where it runs.' },
      );
    },
  };
}

function isFree(bytes: number): boolean {
  const { heap_size_limit, used_heap_size } = getHeapStatistics();
  return used_heap_size + bytes <= heap_size_limit;
}

let collect: (() => void) | undefined;

/** Node hands it out to whoever asks for it when it starts, and to a context that is made after. */
function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
