// Attributes as words of a sentence: "USING expression of policy own", "index orders_open is not valid". An attribute
// whose name says it well enough is not listed.
import { printable } from './prose.ts';

const labels: Readonly<Record<string, string>> = {
  columnOrder: 'order of the columns',
  attributeOrder: 'order of the attributes',
  inherits: 'list of parents',
  partitionOf: 'partitioned parent',
  detachPending: 'half detached',
  ofType: 'composite type',
  toastOptions: 'TOAST options',
  clusteredOn: 'CLUSTER index',
  generated: 'generation',
  notNullName: 'name of the NOT NULL constraint',
  notNullValidated: 'validated as NOT NULL',
  notNullNoInherit: 'NOT NULL NO INHERIT',
  identityCycle: 'cycling',
  noInherit: 'NO INHERIT',
  checkTriggers: 'state of the checking triggers',
  actionTriggers: 'state of the acting triggers',
  nullsNotDistinct: 'NULLS NOT DISTINCT',
  securityDefiner: 'SECURITY DEFINER',
  configuration: 'settings',
  support: 'support function',
  sqlBody: 'body',
  result: 'result type',
  window: 'a window function',
  transition: 'transition function',
  stateSpace: 'state size',
  final: 'final function',
  finalExtra: 'FINALFUNC_EXTRA',
  combine: 'combine function',
  serialize: 'serialization function',
  deserialize: 'deserialization function',
  movingTransition: 'moving transition function',
  movingInverse: 'moving inverse function',
  movingStateSpace: 'moving state size',
  movingFinal: 'moving final function',
  movingFinalExtra: 'MFINALFUNC_EXTRA',
  enabled: 'firing mode',
  using: 'USING expression',
  check: 'WITH CHECK expression',
  canonical: 'canonical function',
  subtypeDiff: 'difference function',
  cycle: 'cycling',
  ownedBy: 'owning column',
};

/** `rowSecurity` as "row security". */
export function attributeLabel(attribute: string): string {
  const label = Object.hasOwn(labels, attribute) ? labels[attribute] : undefined;
  return label ?? printable(attribute).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
