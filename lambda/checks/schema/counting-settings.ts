// The settings that say which differences count and how much: `rules` by what differs, `accept` by name until a day.
// Every word of a rule is checked here, since a rule with a slip in it would silently do nothing.
import * as z from 'zod';
import { byCodeUnit } from '../../json.ts';
import { severities } from '../../monitor/finding.ts';
import { commonAttributes } from '../../postgres/kinds/shared.ts';
import { type Kind, kinds } from '../../postgres/kinds.ts';

const verbs = ['missing', 'unexpected', 'changed'] as const;
const kindNames = Object.keys(kinds).sort(byCodeUnit) as [Kind, ...Kind[]];
/** What every kind of difference may be of: a rename, another schema, and becoming a part of something else. */
const ofEveryKind = [...Object.keys(commonAttributes), 'name', 'schema', 'parent'];

const reason = z.string().min(1).max(400);

const rule = z
  .strictObject({
    /** Kind of object in PostgreSQL's words: `table`, `column`, `materialized view`. @default every kind */
    kind: z.enum(kindNames).optional(),
    /**
     * Glob over the qualified name as reports give it: `public.orders_p2026*`; `*` is any text, dots too, `?` one
     * character. Without `kind`, the direct parts of a matching object are meant as well. @default every object
     */
    object: z.string().min(1).optional(),
    /** Of a changed object, the attribute that differs: `type`, `owner`, `grants`. @default every one */
    attribute: z.string().min(1).optional(),
    /** `unexpected`: only production has it; `missing`: only the model has it. @default each of them */
    verb: z.enum(verbs).optional(),
    /** How much it counts; `ignore`: not at all, and it is only counted in the summary. */
    severity: z.enum([...severities, 'ignore']),
    /** Why; shown with the finding. */
    reason: reason.optional(),
  })
  .check((context) => {
    const { kind, object, attribute, verb, severity } = context.value;
    const tell = (member: string, input: unknown, message: string, words?: readonly string[]) =>
      context.issues.push({ code: 'custom', path: [member], input, message, ...(words && { params: { words } }) });
    if (attribute !== undefined && verb !== undefined && verb !== 'changed') {
      tell('attribute', attribute, `what is ${verb} as a whole has no attribute; expected verb "changed", or none`);
    }
    const words = attributesOf(kind);
    if (attribute !== undefined && !words.includes(attribute)) {
      const message =
        kind === undefined
          ? 'no kind of object has such an attribute'
          : `a ${kind} has no such attribute; expected ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
      tell('attribute', attribute, message, words);
    }
    const everything = [kind, attribute, verb].every((each) => each === undefined) && /^\**$/.test(object ?? '');
    if (severity === 'ignore' && everything) {
      tell(
        'severity',
        severity,
        'this would ignore every difference; expected a kind, object, attribute or verb beside it',
      );
    }
  });

function attributesOf(kind: Kind | undefined): string[] {
  const some = kind === undefined ? kindNames : [kind];
  return [...new Set([...some.flatMap((each) => Object.keys(kinds[each].attributes)), ...ofEveryKind])].sort(
    byCodeUnit,
  );
}

const acceptance = z.strictObject({
  /** The difference as reports and alerts name it: 10 hex digits. */
  difference: z
    .string()
    .regex(/^[0-9a-f]{10}$/, 'expected the 10 hex digits that reports and alerts give with the difference'),
  /** The last day on which it is accepted, in UTC: `2026-12-31`. */
  until: z.iso.date({ error: 'expected a day, such as "2026-12-31"' }),
  /** Why it is there and what will end it. */
  reason,
  /** Who accepted it. @default nobody is named */
  by: z.string().min(1).max(100).optional(),
  /**
   * The name of the object, as reports give it: when the object then differs in another way, its finding says so.
   * @default the difference alone
   */
  object: z.string().min(1).optional(),
});

const acceptances = z.array(acceptance).check((context) => {
  for (const [index, { difference }] of context.value.entries()) {
    if (context.value.findIndex((other) => other.difference === difference) === index) continue;
    const message = 'it is in the list twice';
    context.issues.push({ code: 'custom', path: [index, 'difference'], input: difference, message });
  }
});

export const countingSettings = {
  /** Which differences count, and how much. Of several rules that fit a difference the last one counts. @default none */
  rules: z.array(rule).max(1_000).default([]),
  /** Differences that are known and do not fail the check until a day; then they are told again. @default none */
  accept: acceptances.default([]),
};

export type Rule = z.output<typeof rule>;
export type Acceptance = z.output<typeof acceptance>;
