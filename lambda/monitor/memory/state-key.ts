// Where the state of a target lies in the bucket, and whose state lies at a key. Pure.

export function stateKey(target: string): string {
  return `state/${target}.json`;
}

/** The target whose state is under the key; `undefined` of what is kept aside and of what is no state. */
export function targetOfKey(key: string): string | undefined {
  const name = /^state\/([^/]+)\.json$/.exec(key)?.[1];
  return name === undefined || /\.corrupt-[\dT.Z-]+$/.test(name) ? undefined : name;
}
