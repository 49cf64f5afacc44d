// A statement before it is known which difference it is for, and the few ways to write one.
import type { RepairClass, RepairStatement } from './statement.ts';

export type Draft = Pick<RepairStatement, 'sql' | 'class' | 'reason' | 'transaction'>;

export const safe = (sql: string, reason: string): Draft => draft(sql, 'safe', reason);
export const risky = (sql: string, reason: string): Draft => draft(sql, 'risky', reason);
export const destructive = (sql: string, reason: string): Draft => draft(sql, 'destructive', reason);

/** PostgreSQL runs it by itself only. */
export function outsideTransaction(statement: Draft): Draft {
  return { ...statement, transaction: false };
}

function draft(sql: string, repairClass: RepairClass, reason: string): Draft {
  return { sql: `${sql};`, class: repairClass, reason };
}

/** The words that are there, with a space between them. */
export function words(...parts: (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}
