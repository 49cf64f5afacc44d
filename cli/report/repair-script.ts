// The repair as a script that a person reads, and then runs or does not. Statements are as the repair gave them; what is
// said of them stands in comments, and nothing that comes from a database can end the line of a comment.
import { printable } from '../../lambda/postgres/assessment/prose.ts';
import { type RepairStatement, type RepairStep, repairClasses } from '../../lambda/postgres/repair/statement.ts';
import { driftwatchVersion } from '../../lambda/version.ts';
import type { DriftReport, PlacedStep } from './report.ts';
import { counted, subjectText } from './words.ts';

/** What loses data is commented out, unless somebody asked for it as it is. */
export type Destructive = 'commented' | 'as-is';

export interface RepairScript {
  head: string[];
  /** In the order in which they run: each with the comments that belong to it. */
  statements: string[][];
  /** What has no statement of its own, as comments. */
  rest: string[];
}

export function repairScript(report: DriftReport, destructive: Destructive): RepairScript {
  const ids = new Map(report.differences.flatMap(({ id, repair }) => repair.map(({ place }) => [place, id] as const)));
  const idOf = ({ place }: PlacedStep): string => ids.get(place) ?? '';
  const statements = report.repair.flatMap(({ place, step }) => ('sql' in step ? [{ place, step }] : []));
  return {
    head: headLines(
      report,
      statements.map(({ step }) => step),
      destructive,
    ),
    statements: statements.map((placed, index) =>
      statementLines(placed.step, `${index + 1} of ${statements.length}`, idOf(placed), destructive),
    ),
    rest: restLines(report.repair, idOf),
  };
}

/** The whole of it. */
export function scriptLines({ head, statements, rest }: RepairScript): string[] {
  return [...head, ...statements.flatMap((lines) => ['', ...lines]), ...(rest.length > 0 ? ['', ...rest] : [])];
}

function headLines(
  { model, production }: DriftReport,
  statements: readonly RepairStatement[],
  destructive: Destructive,
): string[] {
  const classes = repairClasses.flatMap((one) => {
    const count = statements.filter((statement) => statement.class === one).length;
    return count > 0 ? [`${count} ${one}`] : [];
  });
  const alone = statements.filter(({ transaction }) => transaction === false).length;
  const lossy = statements.some((statement) => statement.class === 'destructive');
  return [
    `Repairs ${production.source} towards ${model.source}. Written by Driftwatch ${driftwatchVersion}, which never runs it:`,
    'read it, try it on a copy of production, and run it with psql -X -v ON_ERROR_STOP=1 -f <this file>.',
    statements.length === 0
      ? 'There is no statement to run.'
      : `${counted(statements.length, 'statement')} in the order in which they can run: ${classes.join(', ')}.`,
    ...(alone > 0
      ? [`${alone} of them must not run inside a transaction, and say so: no psql --single-transaction, no BEGIN.`]
      : []),
    ...(lossy && destructive === 'commented'
      ? ['Destructive statements are commented out; later ones may need them. --include-destructive leaves them in.']
      : []),
  ].map(comment);
}

function statementLines(step: RepairStatement, number: string, id: string, destructive: Destructive): string[] {
  const { sql, reason, kind, subject, attribute, transaction } = step;
  const kept = step.class !== 'destructive' || destructive === 'as-is';
  return [
    comment(`${number}, ${step.class}: ${reason}`),
    comment(`for ${subjectText({ kind, subject, attribute })} [${id}]`),
    ...(transaction === false ? [comment('not inside a transaction')] : []),
    kept ? sql : commentedOut(sql),
  ];
}

function restLines(steps: readonly PlacedStep[], idOf: (placed: PlacedStep) => string): string[] {
  const told = (title: string, textOf: (step: RepairStep) => string | undefined): string[] => {
    const lines = steps.flatMap((placed) => {
      const text = textOf(placed.step);
      return text === undefined
        ? []
        : [comment(`- ${placed.step.kind} ${placed.step.subject} [${idOf(placed)}]: ${text}`)];
    });
    return lines.length > 0 ? [comment(`${title} (${lines.length}):`), ...lines] : [];
  };
  return [
    ...told('No statement', (step) => ('none' in step ? step.none : undefined)),
    ...told('Repaired by the statements for something else', (step) => ('with' in step ? step.with : undefined)),
  ];
}

function comment(text: string): string {
  return `-- ${printable(text)}`;
}

/** Every line of it: a name may hold line breaks of either kind. */
function commentedOut(sql: string): string {
  return `-- ${sql.replace(/\r\n|\r|\n/g, (lineBreak) => `${lineBreak}-- `)}`;
}
