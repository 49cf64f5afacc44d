// Points in time as people read them. Pure.

/** `2026-11-20 12:10 UTC`, of an ISO 8601 instant in UTC. */
export function minuteOf(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
