// Counts, names and sides in words, the same in every format that people read.

import { type Together, together } from '../../lambda/monitor/notice/likewise.ts';
import { minuteOf } from '../../lambda/point-in-time.ts';
import { likenessOf } from '../../lambda/postgres/alike-differences.ts';
import { attributeLabel } from '../../lambda/postgres/assessment/labels.ts';
import type { Mark } from '../../lambda/postgres/assessment/message.ts';
import { partsOfKey, printable } from '../../lambda/postgres/assessment/prose.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { kinds } from '../../lambda/postgres/kinds.ts';
import { showServerVersion } from '../../lambda/postgres/versions.ts';
import { type Difference, type DriftReport, notCompared, type ReportedSide } from './report.ts';

/** "1 index", "3 policies". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return noun.endsWith('statistics') ? noun : `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** "2 differences, 14 objects equal, 1 not verified". */
export function headline({ differences, equal, notVerified }: DriftReport): string {
  const { length } = differences;
  const parts = [
    length === 0 ? 'No differences' : counted(length, 'difference'),
    `${counted(equal, 'object')} equal`,
    ...(notVerified.length > 0 ? [`${notVerified.length} not verified`] : []),
  ];
  return parts.join(', ');
}

/** Where a side came from, and what is known of it. */
export function sideText(
  { source, applicationVersion, commit, serverVersion, takenAt }: ReportedSide,
  mark: Mark,
): string {
  const parts = [
    ...(applicationVersion === undefined ? [] : [`version ${mark(printable(applicationVersion))}`]),
    ...(commit === undefined ? [] : [`commit ${mark(printable(commit))}`]),
    `PostgreSQL ${showServerVersion(serverVersion)}`,
    ...(takenAt === undefined ? [] : [`taken ${minuteOf(takenAt)}`]),
  ];
  return `${mark(printable(source))} (${parts.join(', ')})`;
}

/** "owners and grants were not compared: ..."; `undefined` when everything was. */
export function scopeText(report: Pick<DriftReport, 'scope'>): string | undefined {
  const left = notCompared(report);
  if (left.length === 0) return undefined;
  return `Compared: ${report.scope.join(', ')}. Not compared, because one side does not speak of it: ${left.join(', ')}.`;
}

/** What else differs for the same reason: "with 7 columns, 2 indexes", "likewise in 3 tables". */
export function alongText({ swallowed = [], verb }: DriftEntry, mark: Mark): string | undefined {
  if (swallowed.length === 0) return undefined;
  const byKind = Map.groupBy(swallowed, (key) => partsOfKey(key).kind);
  // A kind of a newer snapshot is a word from outside.
  const noun = (kind: string, count: number) =>
    Object.hasOwn(kinds, kind) ? counted(count, kind) : `${count} ${mark(printable(kind))}`;
  const counts = [...byKind].map(([kind, keys]) => noun(kind, keys.length));
  return verb === 'changed' ? `likewise in ${counts.join(', ')}` : `with ${counts.join(', ')}`;
}

/** Tenants that are named where it matters who they are; the rest is counted. */
const namedTenants = 5;

/** "in 12 tenants: a, b, c, d, e and 7 more". */
export function tenantsText({ tenants = [] }: DriftEntry, mark: Mark): string | undefined {
  if (tenants.length === 0) return undefined;
  const named = tenants.slice(0, namedTenants).map((tenant) => mark(printable(tenant)));
  const more = tenants.length > named.length ? ` and ${tenants.length - named.length} more` : '';
  return `in ${counted(tenants.length, 'tenant')}: ${named.join(', ')}${more}`;
}

/** Objects that differ in the same way are named up to here; the rest is counted. */
const namedAlike = 8;

/** "likewise for 40 tables, 2 sequences: public.b [id], public.c [id] and 40 more"; `undefined` for none. */
export function likewiseText(others: readonly Difference[], mark: Mark, markId: Mark): string | undefined {
  if (others.length === 0) return undefined;
  const byKind = Map.groupBy(others, ({ entry }) => entry.kind);
  const counts = [...byKind].map(([kind, { length }]) => counted(length, printable(kind)));
  const names = others.slice(0, namedAlike).map(({ id, entry }) => `${mark(printable(entry.subject))} ${markId(id)}`);
  const left = others.length - names.length;
  const more = left > 0 ? ` and ${left} more (--format json has them all)` : '';
  return `likewise for ${counts.join(', ')}: ${names.join(', ')}${more}`;
}

/** As they are told: what many objects differ in alike comes once. */
export function toldTogether(differences: readonly Difference[]): Together<Difference>[] {
  return together(differences, ({ entry, severity, impact }) => {
    const likeness = likenessOf(entry);
    return likeness === undefined ? undefined : `${severity} ${impact} ${likeness}`;
  });
}

type Named = Pick<DriftEntry, 'kind' | 'subject'> & { attribute?: string | undefined };

/** "table app.orders, row security". */
export function subjectText({ kind, subject, attribute }: Named): string {
  const of = attribute === undefined ? '' : `, ${attributeLabel(kind, attribute)}`;
  return `${printable(kind)} ${printable(subject)}${of}`;
}
