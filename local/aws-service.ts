// What the embedded AWS services share: a server that names every call it gets, remembers it, can be told to go wrong
// for chosen calls, and turns refusals into the protocol's errors. Knows no single service.
import { randomUUID } from 'node:crypto';
import { type Answer, type LocalServer, type Received, serve } from './http-server.ts';

export const accountId = '123456789012';
export const region = 'eu-central-1';

/** One request in the service's terms: `PutObject` of `bucket/key`, `Publish` to a topic's ARN. */
export interface Call {
  operation: string;
  /** `bucket/key`, a topic's ARN, a queue's name, a secret's id; empty where there is none. */
  resource: string;
  /** What was asked beyond that, as strings: `prefix`, `start-after`, `if-match`. */
  parameters: Record<string, string>;
}

type Fault =
  /** Answers with this instead of doing anything. @default for `code`: what AWS says with that status */
  | { kind: 'answer'; status: number; code?: string; message?: string }
  /** Takes the request and never answers. */
  | { kind: 'silence' }
  /** Cuts the connection without doing anything. */
  | { kind: 'reset' }
  /** Does what was asked, then cuts the connection: the caller cannot know. */
  | { kind: 'apply-then-reset' };

interface FaultMatch {
  /** @default every operation */
  operation?: string;
  /** The whole of a call's resource, or a pattern to find in it. @default every resource */
  resource?: string | RegExp;
  /** How many calls it meets before it is used up. @default 1 */
  times?: number;
}

interface Faults {
  /** Applies to the next calls that match; earlier faults come first. */
  inject(fault: Fault, match?: FaultMatch): void;
  clear(): void;
}

/** A refusal in the service's terms; anything else that is thrown is a fault of ours and answers 500. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface AwsService extends LocalServer {
  faults: Faults;
  /** Every call so far, oldest first, refused ones included. */
  calls: readonly Call[];
}

export interface Protocol {
  name(request: Received): Call;
  act(call: Call, request: Received): Answer | Promise<Answer>;
  refuse(refusal: Refusal, requestId: string): Answer;
  /** The error codes of the service for statuses that a fault gives without a code. */
  codes: Record<number, string>;
}

export async function startService(protocol: Protocol): Promise<AwsService> {
  const calls: Call[] = [];
  let rules: { fault: Fault; match: FaultMatch; left: number }[] = [];

  function faultFor(call: Call): Fault | undefined {
    const rule = rules.find(({ match }) => matches(match, call));
    if (!rule) return undefined;
    rule.left -= 1;
    if (rule.left <= 0) rules = rules.filter((other) => other !== rule);
    return rule.fault;
  }

  async function answer(request: Received): Promise<Answer> {
    const call = protocol.name(request);
    calls.push(call);
    const fault = faultFor(call);
    switch (fault?.kind) {
      case undefined:
        return protocol.act(call, request);
      case 'answer': {
        const code = fault.code ?? protocol.codes[fault.status] ?? 'InternalError';
        throw new Refusal(fault.status, code, fault.message ?? `${code} (as told)`);
      }
      case 'apply-then-reset':
        await protocol.act(call, request);
        return 'reset';
      case 'silence':
      case 'reset':
        return fault.kind;
    }
  }

  const server = await serve(async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'InternalError', String(error));
      return protocol.refuse(refusal, randomUUID());
    }
  });
  return {
    ...server,
    calls,
    faults: {
      inject: (fault, match = {}) => {
        rules.push({ fault, match, left: match.times ?? 1 });
      },
      clear: () => {
        rules = [];
      },
    },
  };
}

function matches(match: FaultMatch, call: Call): boolean {
  if (match.operation !== undefined && match.operation !== call.operation) return false;
  if (match.resource === undefined) return true;
  return typeof match.resource === 'string' ? match.resource === call.resource : match.resource.test(call.resource);
}
