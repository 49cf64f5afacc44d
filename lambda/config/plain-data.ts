// What may stand nowhere in settings, whatever the setting: what JSON cannot hold, what only a deployment knows, and
// secrets. Settings end up in a template and in alerts; a secret in them would too.
import { type Path, type Problem, shown } from './problem.ts';

const passwordKey = /(password|passwd|passphrase|pwd|(client|app|api)[-_]?secret)$/i;
const headerKey = /^((proxy-)?authorization|cookie|x-api-key)$/i;
const urlWithPassword = /[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*:[^/?#\s]*@|https?:\/\/[^/?#\s@]+@/i;
const urlWithToken = /[?&](password|passwd|pwd|secret|token|(api|access)[-_]?(key|token)|(x-amz-)?signature)=[^&\s]/i;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
// How the CDK writes an unresolved value into text and, as a number of this size, into numbers.
const cdkToken = /[$#]\{Token\[/;
const cdkNumber = 1e280;

const noSecrets =
  'a secret never stands in settings: they are stored in the template and shown in alerts. Put it into Secrets Manager and name it there ("prod/pap-api/database"), or into the environment ("env:NAME")';
const noTokens =
  'only a deployment knows this value (a CDK token), and settings are read once, when the stack is synthesised: write the value itself';
const noData = 'expected plain data: text, numbers, true or false, lists and objects';

/** Every value that may not stand where it stands. */
export function unfitValues(value: unknown, path: Path = [], around: readonly unknown[] = []): Problem[] {
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
      return [];
    case 'string':
      return unfitText(value, path);
    case 'number':
      if (Math.abs(value) >= cdkNumber) return [{ path, message: noTokens }];
      return Number.isFinite(value) ? [] : [{ path, message: noData, found: String(value) }];
    case 'object':
      return value === null ? [] : unfitObject(value, path, around);
    default:
      return [{ path, message: noData, found: shown(value, path) }];
  }
}

function unfitText(text: string, path: Path): Problem[] {
  const key = String(path.at(-1) ?? '');
  if (cdkToken.test(text)) return [{ path, message: noTokens }];
  const secret =
    passwordKey.test(key) ||
    headerKey.test(key) ||
    urlWithPassword.test(text) ||
    urlWithToken.test(text) ||
    privateKey.test(text);
  return secret ? [{ path, message: noSecrets }] : [];
}

function unfitObject(value: object, path: Path, around: readonly unknown[]): Problem[] {
  if (around.includes(value)) return [{ path, message: `${noData}; this one contains itself` }];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unfitValues(item, [...path, index], [...around, value]));
  }
  if ('resolve' in value && typeof value.resolve === 'function') return [{ path, message: noTokens }];
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return [{ path, message: noData, found: `a ${value.constructor.name}` }];
  }
  return Object.entries(value).flatMap(([key, member]) => [
    ...(cdkToken.test(key) ? [{ path: [...path, key], message: noTokens }] : []),
    ...unfitValues(member, [...path, key], [...around, value]),
  ]);
}
