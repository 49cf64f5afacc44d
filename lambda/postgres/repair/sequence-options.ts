// The figures of a sequence, its own or an identity column's, as clauses; what PostgreSQL would choose is left out:
// https://www.postgresql.org/docs/current/sql-createsequence.html
import type { JsonObject } from '../../json.ts';

export const sequenceFigures = ['start', 'increment', 'minimum', 'maximum', 'cache', 'cycle'] as const;
export type SequenceFigure = (typeof sequenceFigures)[number];
export type Figures = Partial<Record<SequenceFigure, unknown>>;

const largest: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n - 1n,
  integer: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
};

/** The figures of a sequence fact, or those of the sequence behind an identity column. */
export function figuresOf(attributes: JsonObject, prefix = ''): Figures {
  return Object.fromEntries(
    sequenceFigures.map((figure) => [figure, attributes[prefix === '' ? figure : prefix + capitalised(figure)]]),
  );
}

export function figureClause(figure: SequenceFigure, value: unknown): string {
  switch (figure) {
    case 'start':
      return `START WITH ${number(value)}`;
    case 'increment':
      return `INCREMENT BY ${number(value)}`;
    case 'minimum':
      return `MINVALUE ${number(value)}`;
    case 'maximum':
      return `MAXVALUE ${number(value)}`;
    case 'cache':
      return `CACHE ${number(value)}`;
    case 'cycle':
      return value === true ? 'CYCLE' : 'NO CYCLE';
  }
}

/** Clauses for the figures that are not the ones PostgreSQL would choose for this type. */
export function figureClauses(type: string, figures: Figures): string[] {
  const usual = usualFigures(type, figures);
  return sequenceFigures
    .filter((figure) => figures[figure] !== undefined && figures[figure] !== usual[figure])
    .map((figure) => figureClause(figure, figures[figure]));
}

function usualFigures(type: string, { increment, minimum, maximum }: Figures): Figures {
  const most = largest[type] ?? (largest.bigint as bigint);
  const down = String(increment ?? '1').startsWith('-');
  const least = down ? -most - 1n : 1n;
  const greatest = down ? -1n : most;
  return {
    start: String(down ? (maximum ?? greatest) : (minimum ?? least)),
    increment: '1',
    minimum: String(least),
    maximum: String(greatest),
    cache: '1',
    cycle: false,
  };
}

/** Facts are stored documents: nothing but digits may stand where a number belongs. */
function number(value: unknown): string {
  return BigInt(String(value)).toString();
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
