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

const bracket = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[()]/g;

/** In parentheses, unless one pair holds all of it already. */
export function inParentheses(sql: string): string {
  let depth = 0;
  for (const { 0: found, index } of sql.matchAll(bracket)) {
    if (found === '(') depth += 1;
    if (found === ')') depth -= 1;
    if (depth === 0) return sql.startsWith('(') && index === sql.length - 1 ? sql : `(${sql})`;
  }
  return `(${sql})`;
}

/** The words that are there, with a space between them. */
export function words(...parts: (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}
