// What a schema check collected: which snapshot counted, what production's catalog holds beside it. Plain JSON.

import type { RunningVersion } from '../../monitor/check.ts';
import type { AcceptedScope } from '../../monitor/memory/accepted.ts';
import type { Refusal } from '../../monitor/refused-credentials.ts';
import type { DriftEntry, NotVerified } from '../../postgres/drift.ts';
import type { RepairStep } from '../../postgres/repair/statement.ts';

/** Why this snapshot was the one to compare with. */
export type ChosenBy = 'running version' | 'newest published';

export type ModelEvidence = {
  model: string;
  version: string;
  chosenBy: ChosenBy;
  /** When somebody last said that this is still the model; ISO 8601. */
  confirmedAt: string;
};

/** Where production's schema was seen. */
export type ProductionEvidence =
  | {
      from: 'database';
      /** The catalog's change token; `null` when not all of it could be read. */
      token: string | null;
      /** What else the comparison rests on, as a hash. */
      basis: string;
      /** When all of it was read; ISO 8601. */
      readAt: string;
      /** Not read now: its token is the one of that reading. */
      unchanged: boolean;
    }
  | {
      from: 'capture';
      /** `s3://` and so on. */
      address: string;
      /** By the clock of the machine that captured; ISO 8601. */
      takenAt: string;
      /** By the bucket's clock. */
      writtenAt: string;
      takenBy: string;
    };

/** What no model speaks of, and whether production was held to the accepted state of it. */
export type HeldEvidence = {
  accepted: {
    scope: AcceptedScope;
    acceptedAt: string;
    acceptedBy: string;
    reason: string;
    /** The Driftwatch that read it, when that says more or less of this scope: then only what both say is compared. */
    takenByOther?: string;
  }[];
  /** Of those that the settings ask for. */
  notAccepted: AcceptedScope[];
  /** Why there may be more that was accepted. */
  unreadable?: { message: string; remedy: string };
};

/** With its name as it was read: what leaves the process may have lost a secret, and with it the name. */
export type Difference = DriftEntry & { id: string };

export type SchemaEvidence =
  | { state: 'nothing published'; model: string }
  | {
      state: 'version not published';
      model: string;
      running: RunningVersion;
      /** Newest version that was published; `null` when none ever was. */
      newest: string | null;
    }
  | {
      /** Now, or in an earlier run that still counts: then nothing was tried. */
      state: 'credentials refused';
      refusal: Refusal;
      message: string;
      remedy: string;
    }
  | { state: 'nothing captured'; place: string }
  | {
      state: 'compared';
      model: ModelEvidence;
      production: ProductionEvidence;
      /** `server_version_num`. */
      serverVersion: number;
      /** Time that reading the catalog took, the confirming read included. */
      readMs: number;
      /** Time that the server itself was at work, over all reads. */
      databaseMs: number;
      /** What may make the comparison less than whole, one sentence each. */
      warnings: string[];
      objects: number;
      /** How many schemas of production are tenants'. */
      tenants: number;
      /** How many objects are as they should be. */
      equal: number;
      /** What two reads in a row both gave, whatever the settings make of it. */
      drift: Difference[];
      /** What counts by the settings first: those statements need none of the others. */
      repair: RepairStep[];
      notVerified: NotVerified[];
      held: HeldEvidence;
      /** The neighbouring version that production may equal while a deployment is under way, and what differs from it. */
      pending: { version: string; side: 'previous' | 'next'; until: string; drift: Difference[] } | null;
    };
