// The contract of a check: settings in, evidence collected, verdict judged. One implementation a folder of
// lambda/checks/, listed in its index. `collect` does I/O through the ports it is given and nothing else;
// `judge` is pure, so that saved evidence can be judged again.
import type * as z from 'zod';
import type { DatabaseSettings } from '../config/database.ts';
import type { JsonValue } from '../json.ts';
import type { Clock, Databases, Heap, HttpClient, ObjectStore, Secrets } from '../platform/ports.ts';
import type { Finding } from './finding.ts';

/** A number with a name and unit that a check publishes beside its findings. */
export interface Measure {
  name: string;
  value: number;
  unit: 'ms' | 's' | 'bytes' | 'count' | 'days' | 'ratio';
}

/** A verdict. `pass` only for what was verified; `unknown` says why it could not be, and what to do. */
export type Judgement = {
  /** One line for people: "22 170 facts equal to pap-api@1.4.2". */
  summary: string;
  measures: Measure[];
} & (
  | { status: 'pass' }
  | { status: 'fail'; findings: [Finding, ...Finding[]] }
  | { status: 'unknown'; reason: string; remedy: string }
);

/** The application version that a probe saw running, and when. */
export type RunningVersion = {
  version: string;
  seenAt: string;
};

export interface CollectContext<Settings> {
  target: string;
  /** `schema`, `probe:login`: kind, and name if it has one. */
  check: string;
  settings: Settings;
  database: DatabaseSettings | undefined;
  /** The newest version a probe of this target captured, of this run or an earlier one. */
  runningVersion: RunningVersion | undefined;
  /** What `remember` made of this check's newest stored run; `undefined` when there was nothing to remember. */
  memory?: JsonValue | undefined;
  /** Somebody asked for this run: what an earlier one saw is not taken for what is there now. @default false */
  onDemand?: boolean;
  /** The bucket that holds snapshots, state and evidence. */
  memoryBucket: string;
  /** Aborts at the check's deadline. */
  signal: AbortSignal;
  ports: {
    clock: Clock;
    objects: ObjectStore;
    secrets: Secrets;
    databases: Databases;
    http: HttpClient;
    /** @default nobody is asked for room */
    heap?: Heap;
  };
}

export interface JudgeContext<Settings> {
  target: string;
  check: string;
  settings: Settings;
  now: Date;
}

export interface Check<Settings, Evidence extends JsonValue, Written = unknown> {
  /**
   * What the check's settings may hold, beside the ones every check has (config/check-settings.ts): a strict object.
   * The role of the deployed function is made of them by name: the place of a secret is called `secret` or `credentials`,
   * objects to read are a `bucket` and a `key`, an address that is called is a `url`.
   * `Written` (`z.input` of it) is what editors complete in a settings file.
   */
  settings: z.ZodType<Settings, Written>;
  /** Whether it connects to the target's database: its alerts are held back while that cannot be reached. */
  needsDatabase(settings: Settings): boolean;
  defaults: {
    /** Cadence, as a duration. */
    every: string;
    /** Longest time one run of it may take, as a duration. */
    timeout: string;
    /** Failing runs before it is announced, and passing runs before that is resolved. */
    failAfter: number;
    passAfter: number;
  };
  collect(context: CollectContext<Settings>): Promise<Evidence>;
  judge(evidence: Evidence, context: JudgeContext<Settings>): Judgement;
  /**
   * What the next run of this check must know of this one (a login that was refused is not tried again that day).
   * Kept in the target's state beside the incidents: small, without secrets; `undefined` forgets. When `collect`
   * gave no evidence, what was remembered stays.
   */
  remember?(evidence: Evidence): JsonValue | undefined;
  /** The application version in this evidence, when the settings ask for its capture. */
  capturedVersion?(evidence: Evidence): string | undefined;
  /** Whether these settings ask for the capture of the application version. */
  capturesVersion?(settings: Settings): boolean;
  /** The id of the check of the same target whose captured version counts: the value of the setting `version`. */
  versionFrom?(settings: Settings): string | undefined;
  /**
   * The URLs that these settings send secrets to, and what setting names each; they have to be https, or lead to a
   * loopback or private address. A kind whose settings allow plain HTTP leaves such a URL out.
   */
  secretsGoTo?(settings: Settings): readonly { path: readonly string[]; url: string }[];
  /**
   * Whether this evidence shows that nothing at all answered where the check looks: no connection, or no answer.
   * Implemented by the checks of endpoints and databases; a run in which none of them was reached blames the network.
   */
  unreachable?(evidence: Evidence): boolean;
}
