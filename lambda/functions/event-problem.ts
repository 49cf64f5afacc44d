// What is wrong with an event that is no call of the function, for whoever sent it. Pure.
import type * as z from 'zod';
import { printable } from '../monitor/printable.ts';
import { withoutLikelySecrets } from '../monitor/redact.ts';

export function eventProblem(error: z.ZodError): string {
  const problems = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `it may not have ${issue.keys.map((key) => JSON.stringify(printable(withoutLikelySecrets(key).slice(0, 40)))).join(', ')}: a call names targets and checks of the settings, and nothing else`
      : `${issue.path.map(String).join('.') || 'the event'}: ${printable(issue.message)}`,
  );
  return `the event is not a call of this function: ${problems.join('; ')}`;
}
