// Reads the corpus: single changes to base.sql (blocks in SQL files), and pairs of schemas (folders). The format is
// told in README.md beside this.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SingleChange {
  /** `columns.sql: a column becomes nullable` */
  name: string;
  /** First major version that can run it. */
  since: number;
  /** Its statements cannot run inside a transaction. */
  alone: boolean;
  /** Statements for both sides, on top of base.sql. */
  both: string[];
  /** Statements for production alone. */
  production: string[];
  /** `changed column public.users.login nullable`, sorted; empty when nothing differs. */
  drift: string[];
}

export interface SchemaPair {
  name: string;
  model: string;
  production: string;
  drift: { kind: string; verb: string; subject: string; attribute?: string }[];
}

const folder = import.meta.dirname;

export const baseSql = readFileSync(join(folder, 'base.sql'), 'utf8');
export const accessSql = readFileSync(join(folder, 'access.sql'), 'utf8');
export const printingSql = readFileSync(join(folder, 'printing.sql'), 'utf8');

/** The forms that this major version knows. */
export function printedFormsSql(major: number): string {
  const known = readFileSync(join(folder, 'printed-forms.sql'), 'utf8')
    .split(/;$/m)
    .filter((statement) => Number(/^-- since: (\d+)$/m.exec(statement)?.[1] ?? 13) <= major);
  return known.join(';\n');
}

export const newerWordsSql = readFileSync(join(folder, 'newer-words.sql'), 'utf8');

export function readSingleChanges(file: string): SingleChange[] {
  const [, ...blocks] = readFileSync(join(folder, 'single-changes', file), 'utf8').split(/^-- change: /m);
  return blocks.map((block) => parseBlock(file, block));
}

export function singleChangeFiles(): string[] {
  return readdirSync(join(folder, 'single-changes')).sort();
}

function parseBlock(file: string, block: string): SingleChange {
  const lines = block.split('\n');
  const values = (label: string): string[] =>
    lines.filter((line) => line.startsWith(`-- ${label}: `)).map((line) => line.slice(label.length + 5).trim());
  const [before = '', after] = lines
    .slice(1)
    .join('\n')
    .split(/^-- production:$/m);
  return {
    name: `${file}: ${lines[0]}`,
    since: Number(values('since')[0] ?? 13),
    alone: lines.includes('-- alone'),
    both: after === undefined ? [] : statements(before),
    production: statements(after ?? before),
    drift: values('drift')
      .filter((line) => line !== 'none')
      .sort(),
  };
}

/** A statement ends with a semicolon at the end of a line; each is sent alone, as VACUUM demands. */
function statements(text: string): string[] {
  return text
    .replace(/^--.*$/gm, '')
    .split(/;$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

export function readSchemaPairs(): SchemaPair[] {
  const pairs = join(folder, 'pairs');
  const text = (name: string, file: string): string => readFileSync(join(pairs, name, file), 'utf8');
  return readdirSync(pairs)
    .sort()
    .map((name) => ({
      name,
      model: text(name, 'model.sql'),
      production: text(name, 'production.sql'),
      drift: JSON.parse(text(name, 'expected.json')) as SchemaPair['drift'],
    }));
}
