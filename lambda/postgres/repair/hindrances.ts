// What cannot be created because something that it needs is not, or stays as it is.
import { type Fact, type FactKey, factKey } from '../fact.ts';
import { neededToCreate } from './dependencies.ts';
import type { Scene } from './repairer.ts';
import type { Differences } from './scene.ts';

/** The first reason why one of these is not as the model has it. */
export function hindranceOf(keys: Iterable<FactKey>, { hindrance }: Scene): string | undefined {
  for (const key of keys) {
    const reason = hindrance(key);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/**
 * The same scene, in which whatever needs something that has no repair has none either.
 * @param reasonAgainst why an object by itself cannot be created
 */
export function withHindrances(
  { scene, created }: Differences,
  reasonAgainst: (fact: Fact) => string | undefined,
): Scene {
  const facts = [...created.keys()].flatMap((key) => scene.target.get(key) ?? []);
  const reasons = new Map<FactKey, string>();
  for (const fact of facts) {
    const reason = scene.hindrance(factKey(fact)) ?? reasonAgainst(fact);
    if (reason !== undefined) reasons.set(factKey(fact), reason);
  }
  if (reasons.size === 0) return scene;
  const needs = new Map(facts.map((fact) => [factKey(fact), neededToCreate(fact, scene.target)]));
  for (let before = -1; before !== reasons.size; ) {
    before = reasons.size;
    for (const [key, needed] of needs) {
      const missing = reasons.has(key) ? undefined : [...needed].find((need) => reasons.has(need));
      if (missing !== undefined) reasons.set(key, `It needs the ${missing}, which has no repair.`);
    }
  }
  return { ...scene, hindrance: (key) => reasons.get(key) ?? scene.hindrance(key) };
}
