// Values that nobody has chosen: what examples and templates have in the place of a secret. Pure; gives no value away.

/** Whatever the variable is: only examples say this. */
const neverMeant =
  /^(?:change[-_ ]?(?:me|it|this|in[-_ ]?production)|replace[-_ ]?(?:me|this|with[-_ ].*)|place[-_ ]?holder|to[-_ ]?do|fix[-_ ]?me|tbd|x{3,}|\*{3,}|<[^>]*>|\[[^\]]*\]|(?:your|my)[-_ ].*(?:key|secret|token|password|here).*|insert[-_ ].*[-_ ]here|(?:django-)?insecure[-_].*|not[-_ ]?(?:a[-_ ]?)?secret)[-_!.\d]*$/i;

/** Where a secret belongs, these are none. */
const noSecret =
  /^(?:secret|password|passwd|pass|admin|administrator|root|user|guest|test|testing|default|example|sample|demo|dev|development|local|postgres|minioadmin|qwerty|letmein|none|null|undefined|(?:0?12345\d*)|(?:secret|password|admin|test)[-_]?(?:key|token|password|123|1|!)?)$/i;

const secretName = /secret|passw|passphrase|pwd|token|credential|api_?key|access_?key|private_?key|signing_?key/i;

export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Longer ones are nobody's example. */
const longest = 200;

export function isPlaceholder(name: string, value: string): boolean {
  if (value.length > longest) return false;
  if (neverMeant.test(value)) return true;
  if (isSecretName(name)) return noSecret.test(value);
  const password = passwordIn(value);
  return password !== undefined && (neverMeant.test(password) || noSecret.test(password));
}

/** Of a URL such as those of databases and brokers. */
function passwordIn(value: string): string | undefined {
  const [, password] = /^[a-z][a-z0-9+.-]*:\/\/[^:/@\s]*:([^@\s]+)@/i.exec(value) ?? [];
  return password;
}
