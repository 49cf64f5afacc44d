// What production is held to beside the model: the accepted state of each scope that the settings ask for. An accepted
// state that cannot be read keeps nobody from comparing the structure.
import { EdgeError } from '../../errors.ts';
import { byCodeUnit } from '../../json.ts';
import type { CollectContext } from '../../monitor/check.ts';
import { type AcceptedState, createAcceptedStates } from '../../monitor/memory/accepted.ts';
import type { ComparedSide } from '../../postgres/diff.ts';
import type { DriftEntry } from '../../postgres/drift.ts';
import type { Fact } from '../../postgres/fact.ts';
import { scopeOf } from '../../postgres/kinds.ts';
import { allScopes, withScope } from '../../postgres/one-scope.ts';
import { repair } from '../../postgres/repair/repair.ts';
import type { RepairStep } from '../../postgres/repair/statement.ts';
import { renameRoles } from '../../postgres/role-names.ts';
import type { ReadOptions } from '../../postgres/snapshot.ts';
import { ownVocabulary, type Vocabulary } from '../../postgres/vocabulary.ts';
import { withinSchemas } from '../../postgres/within.ts';
import type { HeldEvidence } from './evidence.ts';
import type { SchemaSettings } from './settings.ts';

export interface Held {
  evidence: HeldEvidence;
  /** Another one, another accepted state. */
  version: string | null;
  /** What was accepted, scope by scope, as production would say it. */
  sections: HeldSection[];
  /** The same to compare with: what one Driftwatch read of a server of one version is one side, since scopes explain each other. */
  sides: ComparedSide[];
}

interface HeldSection {
  scope: AcceptedScope;
  facts: readonly Fact[];
  serverVersion: number;
  vocabulary: Vocabulary;
}

type AcceptedScope = keyof AcceptedState;

/** @param options which schemas the model speaks of */
export async function heldBeside(
  { target, settings, ports, memoryBucket, signal }: CollectContext<SchemaSettings>,
  options: ReadOptions,
): Promise<Held> {
  if (settings.scope.length === 0)
    return { evidence: { accepted: [], notAccepted: [] }, version: null, sections: [], sides: [] };
  const loaded = await load(() => createAcceptedStates(ports.objects, memoryBucket).load(target, signal));
  if (loaded instanceof EdgeError) {
    const { message, remedy } = loaded;
    const evidence = { accepted: [], notAccepted: settings.scope, unreadable: { message, remedy } };
    return { evidence, version: null, sections: [], sides: [] };
  }
  const { state, etag = null } = loaded;
  const accepted = settings.scope.flatMap((scope) => {
    const section = state[scope];
    return section ? [{ scope, section }] : [];
  });
  const names = new Map(Object.entries(settings.roles));
  const sections = accepted.map(({ scope, section: { facts, serverVersion, vocabulary } }) => ({
    scope,
    facts: renameRoles(withinSchemas(facts, options), names),
    serverVersion,
    vocabulary,
  }));
  return {
    evidence: {
      accepted: accepted.map(({ scope, section: { acceptedAt, acceptedBy, reason, takenBy, vocabulary } }) => ({
        scope,
        acceptedAt,
        acceptedBy,
        reason,
        ...(wordsWithin(scope, vocabulary) === wordsWithin(scope, ownVocabulary) ? {} : { takenByOther: takenBy }),
      })),
      notAccepted: settings.scope.filter((scope) => state[scope] === undefined),
    },
    version: etag,
    sections,
    sides: sidesOf(sections),
  };
}

async function load<Loaded>(use: () => Promise<Loaded>): Promise<Loaded | EdgeError> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof EdgeError) return error;
    throw error;
  }
}

function sidesOf(sections: readonly HeldSection[]): ComparedSide[] {
  const kindOf = ({ serverVersion, vocabulary }: HeldSection) => JSON.stringify([serverVersion, vocabulary]);
  return [...Map.groupBy(sections, kindOf).values()].flatMap((together) => {
    const [first] = together;
    if (!first) return [];
    const { serverVersion, vocabulary } = first;
    const facts = allScopes(together.map((section) => section.facts));
    return [{ facts, serverVersion, vocabulary, scope: together.map(({ scope }) => scope) }];
  });
}

/** All that is said of one scope, as a text. */
function wordsWithin(scope: AcceptedScope, vocabulary: Vocabulary): string {
  const words = Object.entries(vocabulary).flatMap(([kind, attributes]) =>
    [undefined, ...attributes].flatMap((name) => (scopeOf(kind, name) === scope ? [`${kind} ${name ?? ''}`] : [])),
  );
  return words.sort(byCodeUnit).join('\n');
}

/** The SQL that brings back what was accepted, on what production has otherwise. */
export function repairToAccepted(
  entries: readonly DriftEntry[],
  sections: readonly HeldSection[],
  production: { facts: readonly Fact[]; serverVersion: number },
): RepairStep[] {
  if (entries.length === 0) return [];
  const wanted = sections.reduce<readonly Fact[]>(
    (facts, section) => withScope(facts, section.scope, section.facts),
    production.facts,
  );
  return repair(entries, wanted, production.facts, { serverVersion: production.serverVersion });
}
