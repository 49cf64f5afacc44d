// The outside that a run may use, connected once: for the check function, and for the same run on a laptop or in CI.
import { createRedactor, type Redactor, withRedactor } from '../monitor/redact.ts';
import type { RunPorts } from '../monitor/run.ts';
import { createClock } from '../platform/clock.ts';
import { createDatabases } from '../platform/database.ts';
import type { Environment } from '../platform/environment.ts';
import { createHeap } from '../platform/heap.ts';
import { createHttpClient } from '../platform/http.ts';
import { createObjectStore } from '../platform/object-store.ts';
import { createSecrets } from '../platform/secrets.ts';
import { driftwatchVersion } from '../version.ts';

export interface ConnectedPorts {
  ports: RunPorts['collect'];
  /** Knows every secret that was read, and takes it out of what is said. */
  redactor: Redactor;
}

export function connectPorts(environment: Environment): ConnectedPorts {
  const clock = createClock();
  const redactor = createRedactor();
  const heap = createHeap();
  const secrets = withRedactor(createSecrets({ environment, clock }), redactor);
  return {
    redactor,
    ports: {
      clock,
      heap,
      objects: createObjectStore({ heap }),
      secrets,
      databases: createDatabases({ secrets, heap }),
      http: createHttpClient({
        version: driftwatchVersion,
        // In Lambda, the runtime's own API is on loopback: nothing that the settings name may lead there.
        refuseLoopback: environment.AWS_LAMBDA_RUNTIME_API !== undefined,
      }),
    },
  };
}
