// The contract of a rule of the gate: what it looks at, evidence collected, verdict judged, as checks have it. One file or
// folder a rule in rules/, listed in its index. `collect` does I/O through the ports it is given; `judge` is pure.
import type { Milliseconds } from '../config/duration.ts';
import type { TargetSettings } from '../config/settings.ts';
import type { JsonValue } from '../json.ts';
import type { CollectContext } from '../monitor/check.ts';
import type { Snapshot } from '../postgres/snapshot.ts';
import type { Prose } from './prose.ts';
import type { GateSettings, RuleName } from './settings.ts';

/** What the gate is about, and the outside as its rules may use it. */
export interface GateInput {
  target: TargetSettings;
  /** The target's own, with what the caller asked for laid over it. */
  gate: GateSettings;
  model: NewModel;
  /** What the new version is started with. */
  variables: Variables;
  /** The monitor's, with published models and what is remembered. @default there is no monitor, or it is not named */
  bucket: string | undefined;
  ports: CollectContext<unknown>['ports'];
  signal: AbortSignal;
}

/** The model of the version that is to be deployed. */
export type NewModel =
  | { from: 'snapshot'; source: string; load(signal: AbortSignal): Promise<Snapshot> }
  /** The published one. @default version the newest */
  | { from: 'bucket'; version?: string | undefined };

export interface Variables {
  /** A file, and so all that the new version is given; or the environment of the process that asks. */
  source: { file: string } | 'process';
  read(): Promise<Readonly<Record<string, string | undefined>>>;
}

export interface RuleContext<Settings> {
  settings: Settings;
  input: GateInput;
  /** Aborts at the rule's deadline. */
  signal: AbortSignal;
}

/** One thing that a verdict rests on. */
export type Detail = {
  /** How bad it is, in a word: `destructive`, `critical`, `missing`. */
  tag?: string;
  /** The same for the same thing in every run. */
  id?: string;
  text: Prose;
  /** What would do it, as repairs have it. */
  sql?: string[];
};

export type Verdict = { summary: Prose; details: Detail[] } & (
  | {
      status: 'pass';
      /** Only when that rule passes as well. */
      provided?: { rule: RuleName; because: Prose };
    }
  | { status: 'fail' | 'unknown'; remedy: Prose }
);

/** What a rule will look at; why it will not look; or what can be said without. */
export type Plan<Settings> =
  | {
      settings: Settings;
      /** Longest time it may take. @default a minute */
      timeout?: Milliseconds;
      /** It is of no use unless that rule passes. */
      after?: RuleName;
    }
  | { off: Prose }
  | { verdict: Verdict };

export interface GateRule<Settings, Evidence extends JsonValue> {
  plan(input: Pick<GateInput, 'target' | 'gate' | 'variables'>): Plan<Settings>;
  collect(context: RuleContext<Settings>): Promise<Evidence>;
  judge(evidence: Evidence, context: { settings: Settings; target: string; now: Date }): Verdict;
}

export const switchedOff: Prose = ['switched off in the settings'];
