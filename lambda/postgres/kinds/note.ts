// What the table of kinds says about a kind of object and about each of its attributes.
import type { Scope } from '../scope.ts';

export interface AttributeNote {
  /** One line: what the value says. Left out of a fact when it does not apply, unless noted. */
  meaning: string;
  /**
   * How two values are compared. @default deep equality
   * - `printed`: SQL or a name that PostgreSQL prints; differences of printing alone do not count
   * - `order`: names in sequence; only the relative order of those both sides have counts
   * - `privileges`: role to a list in words
   * - `demand`: `true` in the model must be `true` in production; `false` in the model asks for nothing
   */
  as?: 'printed' | 'order' | 'privileges' | 'demand';
  /** Names of objects, quoted as in ids and keys; an `order` always is. */
  names?: true;
  /** The attribute it is a detail of: when that one appears, goes or is switched, this one is not told. */
  detailOf?: string;
  /** When the object it is a part of gains or loses its attribute of this name, this one is not told. */
  followsParent?: true;
  /** An object that has it comes and goes with the attribute of this name of the object it is a part of. */
  goesWithParent?: true;
  /** An object that has it comes and goes when what it needs changes in this attribute: a serial's sequence. */
  goesWithNeeded?: string;
  /** It is the schema of what belongs to the object and is no fact of its own. */
  ofMembers?: true;
  /** It is another one because the object takes other arguments; not told beside those. */
  followsSignature?: true;
  /** What it is for each value of another attribute when nobody chose: not told beside that where both sides have that. */
  followsFrom?: { attribute: string; values: Readonly<Record<string, string>> };
  /** The attribute that it can stand in for: where it takes that one's place, the two are one difference, told of it. */
  replaces?: string;
  /** Where it changes, what uses the object is printed with other casts. */
  recasts?: true;
  /** The first major version that knows it; an older one cannot say, so it is not compared across that line. */
  since?: number;
  /** Words of such lists to the first major version that knows them; not compared across that line. */
  newerPrivileges?: Readonly<Record<string, number>>;
  /** @default the scope of the kind */
  scope?: Scope;
  /** The same migrations give another value on another major version, so it is compared within one alone. */
  withinMajor?: true;
}

export interface KindNote {
  meaning: string;
  /** @default structure */
  scope?: Scope;
  /** Kinds its parent can have. */
  parents: readonly string[];
  attributes: Readonly<Record<string, AttributeNote>>;
}
