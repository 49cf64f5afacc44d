// What was decided about a column of a catalog: which facts tell it, or why none does.

export type Decision =
  /** Attributes of facts that show it: `table persistence`, or `owner` for one that every kind may have. */
  | { told: readonly string[] }
  /** Kinds of facts whose name, parent or needs come from it. */
  | { places: readonly string[] }
  /** Why no fact shows it. */
  | { not: string };

export type Decisions = Readonly<Record<string, Readonly<Record<string, Decision>>>>;

export const told = (...attributes: string[]): Decision => ({ told: attributes });
export const places = (...kinds: string[]): Decision => ({ places: kinds });
export const not = (reason: string): Decision => ({ not: reason });

export const derived = not('PostgreSQL derives it from what other columns say');
export const physical = not('where and how rows lie in files, which maintenance changes');
export const statistics = not('counted by VACUUM and ANALYZE');
