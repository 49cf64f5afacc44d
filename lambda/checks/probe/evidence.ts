// What a probe collects: the requests it made, in order, with what came of each. Plain data without verdict; no token,
// password, cookie or header is in it, and of bodies only what expectations ask about.
import type { CertificateProblem, EdgeReason, HttpPhase } from '../../errors.ts';
import type { Refusal } from '../../monitor/refused-credentials.ts';
import type { Evaluation } from './assertion.ts';

export type StepName = 'request' | 'login' | 'call';

export type Timings = {
  dnsMs: number;
  connectMs: number;
  tlsMs: number;
  firstByteMs: number;
  downloadMs: number;
  totalMs: number;
};

export type Answered = {
  outcome: 'answered';
  status: number;
  timings: Timings;
  /** The end of validity of the certificate presented that expires first, ISO 8601; null without TLS. */
  certificateValidTo: string | null;
  /** Where redirects led, when not to where the request went; without query. */
  answeredBy: string | null;
  /** A redirect that was not followed. */
  refusedRedirect: string | null;
  bodyTruncated: boolean;
  /** The beginning of the body when the status was not expected, in one line and without secrets. */
  excerpt: string | null;
  /** Whether the body was JSON; null when nobody asked. */
  isJson: boolean | null;
  assertions: Evaluation[];
  /** Of the texts that should, or should not, be in the body: whether they are. */
  texts: { text: string; present: boolean }[];
};

export type Failed = {
  outcome: 'failed';
  reason: EdgeReason;
  phase: HttpPhase;
  message: string;
  remedy: string;
  certificate: { kind: CertificateProblem['kind']; validTo: string | null } | null;
};

/** The run's time was up before this request's own: nothing is known of it. */
export type Cut = { outcome: 'cut'; message: string };

export type Step = {
  name: StepName;
  method: string;
  /** Without query, user and fragment. */
  url: string;
  attempts: number;
} & (Answered | Failed | Cut);

export type ProbeEvidence = {
  /** When the first request began. */
  at: string;
  /** What kept it from being made: a secret that could not be read. */
  obstacle: { message: string; remedy: string } | null;
  steps: Step[];
  /** With `login`: whether the answer held a token; null when it was not looked for. */
  tokenFound: boolean | null;
  /** Set when credentials were refused, in this run or in an earlier one that still counts. */
  refusal: Refusal | null;
  /** The application version, when it was asked for and found. */
  version: string | null;
};
