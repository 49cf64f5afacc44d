// Short names for things that have none: the beginning of a hash over what makes them what they are.
import { createHash } from 'node:crypto';

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
