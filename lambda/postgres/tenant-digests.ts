// A digest over the facts of each schema, made by the server: schemas that hold the same but for their own name have
// the same digest, so that of thousands only a few have to be read. Sums of hashes, so that no order matters and parts
// can be added up.

/** One row a schema: its name (quoted), how many facts of the family it has, two sums of their hashes. */
export const digestOf = (family: string): string => `
SELECT schema, count(*)::integer AS facts, sum(hashtextextended(told, 0))::text AS one, sum(hashtextextended(told, 1))::text AS other
FROM (
  SELECT schema, replace(text, ${bareName}, chr(1)) AS told
  FROM (
    SELECT ${schemaIn('fact.id')} AS schema, fact::text AS text
    FROM (${family}) fact
    WHERE fact.parent IS NOT NULL OR fact.kind = 'schema'
    OFFSET 0
  ) row
) named
GROUP BY schema`;

/** The first part of a qualified name. */
const schemaIn = (id: string): string =>
  `CASE WHEN ${id} LIKE '"%' THEN substring(${id} from '^"(?:[^"]|"")*"') ELSE split_part(${id}, '.', 1) END`;

/** Without its quotes, since those are printed in more than one way. */
const bareName = `CASE WHEN schema LIKE '"%' THEN replace(substr(schema, 2, length(schema) - 2), '""', '"') ELSE schema END`;

export interface DigestRow {
  schema: string;
  facts: number;
  one: string;
  other: string;
}

export interface SchemaDigest {
  /** How many facts it stands for. */
  facts: number;
  /** Equal for two schemas that hold the same. */
  text: string;
}

/** The digest of each schema over all families, and over all slices of one. */
export function addUp(rows: readonly DigestRow[]): Map<string, SchemaDigest> {
  const sums = new Map<string, { facts: number; one: bigint; other: bigint }>();
  for (const { schema, facts, one, other } of rows) {
    const sum = sums.get(schema);
    sums.set(schema, {
      facts: facts + (sum?.facts ?? 0),
      one: BigInt(one) + (sum?.one ?? 0n),
      other: BigInt(other) + (sum?.other ?? 0n),
    });
  }
  return new Map(
    [...sums].map(([schema, { facts, one, other }]) => [schema, { facts, text: `${facts} ${one} ${other}` }]),
  );
}
