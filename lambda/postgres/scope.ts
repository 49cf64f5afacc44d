// What facts speak of. Two databases that the same migrations built have the same structure; who owns it, who may use
// it and how the database is set up differ from place to place, so a comparison says which of it counts.

/**
 * `structure`: what DDL creates. `owners`: who owns it. `grants`: who may use it, default privileges included. `roles`:
 * the roles that own or may use something. `settings`: what is set for the database and for roles in it.
 * `publications`: logical replication, subscriptions included.
 */
export const scopes = ['structure', 'owners', 'grants', 'roles', 'settings', 'publications'] as const;
export type Scope = (typeof scopes)[number];

/** What both sides of a comparison speak of; a side that does not say speaks of everything. */
export function commonScope(one: readonly Scope[] = scopes, other: readonly Scope[] = scopes): Scope[] {
  return scopes.filter((scope) => one.includes(scope) && other.includes(scope));
}
