// Trouble that many things have in the same way is told once, with the names of the others: 40 tables that another role
// owns are one sentence. Each stays a finding of its own, with its own id, so that one can end or be accepted alone. Pure.

/** Fewer are told one by one. */
export const fewestAlike = 3;

export interface Together<Item> {
  first: Item;
  /** What is so in the same way; at least two, or none. */
  others: Item[];
}

/**
 * In the order of those that come first.
 * @param sameness equal for what is so in the same way; `undefined` for what is told alone
 */
export function together<Item>(items: readonly Item[], sameness: (item: Item) => string | undefined): Together<Item>[] {
  const groups = Map.groupBy(items, (item, place) => sameness(item) ?? place);
  return [...groups.values()].flatMap((group): Together<Item>[] => {
    const [first, ...others] = group as [Item, ...Item[]];
    if (group.length >= fewestAlike) return [{ first, others }];
    return group.map((item) => ({ first: item, others: [] }));
  });
}
