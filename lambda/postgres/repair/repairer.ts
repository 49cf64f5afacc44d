// What the repair of one kind of object is made of. The planner knows no kind; it asks these.
import type { JsonValue } from '../../json.ts';
import type { Fact, FactKey } from '../fact.ts';
import type { CommonAttribute } from '../kinds/shared.ts';
import type { Kind, kinds } from '../kinds.ts';
import type { Catalog } from './catalog.ts';
import type { Draft } from './draft.ts';
import type { NoRepair } from './statement.ts';

/** Both sides while a repair is planned. */
export interface Scene {
  /** Production as it is. */
  current: Catalog;
  /** Production as it will be: like the model where a difference was given, as it is everywhere else. */
  target: Catalog;
  /** Whether the repair creates it and production did not have it. */
  isNew(key: FactKey): boolean;
  /** Whether the repair drops it and creates it again. */
  isRebuilt(key: FactKey): boolean;
  /** Why nothing can be done about it: what it is a part of, or needs, has no repair. */
  hindrance(key: FactKey): string | undefined;
  /** Major version of production's server; what only newer ones know is not used. */
  major: number;
}

/** Statements that run together. */
export interface Part {
  drafts: Draft[];
  /** What has to exist before, beyond what the fact itself depends on. */
  needs?: readonly FactKey[];
  /** Names and places that must be free before. */
  takes?: readonly string[];
  /** What others can wait for, beyond the object itself. */
  creates?: readonly string[];
  /** Where it stands among parts that do not need each other. @default the rank of the kind */
  rank?: number;
  /** Differences that come of it, and stay. */
  leaves?: readonly NoRepair[];
}

export interface Change {
  expected: JsonValue;
  actual: JsonValue;
  /** The object as it will be and as it is. */
  target: Fact;
  current: Fact;
}

export interface Alteration {
  drafts: Draft[];
  /** What a table leaves before its parts change, and before what it leaves is dropped. */
  leaving?: Draft[];
  /** Order among the alterations of one object, lower first. @default 0 */
  stage?: number;
  /** @default the rank of the kind */
  rank?: number;
  /** What has to exist before, beyond what the new value mentions. */
  needs?: readonly FactKey[];
  /** Names and places that must be free before. */
  takes?: readonly string[];
  /** What others can wait for, beyond the object itself. */
  creates?: readonly string[];
  /** Nothing that uses the object has to wait for it: a sequence gives numbers whoever owns it. */
  isUsedAsBefore?: true;
  /** Which of the objects that depend on it have to be dropped before, and created again after. */
  rebuilds?: (dependant: Fact) => boolean;
  /** What of the difference remains all the same, and why. */
  none?: string;
  /** Differences that come of it, and stay. */
  leaves?: readonly NoRepair[];
}

/** What undoes a difference, where the object itself has no statement for it. */
export type Elsewhere =
  /** Dropping this object and creating it again. */
  | { recreate: FactKey; reason: string }
  /** The repair of this object. */
  | { with: FactKey }
  /** Nothing, and why. */
  | { none: string };

export type Outcome = Alteration | Elsewhere;
export type Changer = (change: Change, scene: Scene) => Outcome;

export interface Repairer<K extends Kind = Kind> {
  /** Lower is earlier, where nothing else decides; drops come in the opposite order, after the rest. */
  rank: number;
  /** The first part makes the object, further ones finish it; an empty list: it comes with what it is a part of. */
  create(fact: Fact, scene: Scene): Part[] | Elsewhere;
  /** An empty list: it goes with what it is a part of. */
  drop(fact: Fact, scene: Scene): Draft[] | Elsewhere;
  /** Which of the objects that stay have to be created again when it is dropped for good. @default none */
  holds?(fact: Fact, dependant: Fact): boolean;
  /** What any kind may have only needs a changer where it is not changed as for all. */
  change: Readonly<
    Record<Exclude<keyof (typeof kinds)[K]['attributes'], CommonAttribute>, Changer> &
      Partial<Record<CommonAttribute, Changer>>
  >;
  /** Whether a part of it was not read, so that it cannot be created again. @default all of it was */
  isUnread?(fact: Fact): boolean;
  /** Whether dropping it and creating it again loses nothing. */
  canRebuild: boolean;
}
