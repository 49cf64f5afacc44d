// The settings as the one JSON text that goes into the functions' assets. They are evaluated once, at synth: a value
// that only exists after deployment (a CDK token) would arrive in the function as "${Token[...]}", so it is refused here.
import { Token } from 'aws-cdk-lib';
import type { JsonValue } from '../lambda/json.ts';

/**
 * @throws Error naming the path of every unresolved token, of every value that JSON cannot hold, and what to do
 */
export function settingsToJson(settings: unknown): string {
  const problems = [...unfit(settings, '')];
  if (problems.length > 0) {
    throw new Error(`the settings cannot be written into the functions' asset:\n${problems.join('\n')}`);
  }
  return `${JSON.stringify(settings satisfies unknown as JsonValue, null, 2)}\n`;
}

function* unfit(value: unknown, path: string): Generator<string> {
  const where = path || 'settings';
  if (Token.isUnresolved(value)) {
    yield `- ${where} is a CDK token, known only after deployment: write the value itself, or leave it out where the stack gives it to the functions`;
    return;
  }
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return;
    case 'number':
      if (!Number.isFinite(value)) yield `- ${where} is ${value}, which JSON cannot hold`;
      return;
    case 'object':
      break;
    default:
      yield `- ${where} is a ${typeof value}, which JSON cannot hold`;
      return;
  }
  if (value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* unfit(item, `${path}[${index}]`);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (Token.isUnresolved(key)) yield `- a key of ${where} is a CDK token, known only after deployment`;
    yield* unfit(member, path ? `${path}.${key}` : key);
  }
}
