// What one version of Driftwatch can say of a schema: which kinds of objects, which attributes of each. A snapshot keeps
// that of the version that took it, so that another version compares what both can say, and tells what it left out:
// an attribute that one of them does not read is no drift, and no equality either. Pure.
import { byCodeUnit } from '../json.ts';
import { commonAttributes } from './kinds/shared.ts';
import { kinds } from './kinds.ts';

/** Kind to the attributes that its facts may have. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** This version's. */
export const ownVocabulary: Vocabulary = Object.fromEntries(
  Object.entries(kinds)
    .map(([kind, { attributes }]) => {
      const names = new Set([...Object.keys(attributes), ...Object.keys(commonAttributes)]);
      return [kind, [...names].sort(byCodeUnit)] as const;
    })
    .sort(([left], [right]) => byCodeUnit(left, right)),
);

/** Tells whether both can say a kind, or an attribute of it: what neither of them knows they have from elsewhere. */
export function saidByBoth(
  one: Vocabulary = ownVocabulary,
  other: Vocabulary = ownVocabulary,
): (kind: string, attribute?: string) => boolean {
  if (one === other) return () => true;
  const [left, right] = [wordsOf(one), wordsOf(other)];
  const differing = new Set([...left].filter((word) => !right.has(word)));
  for (const word of right) if (!left.has(word)) differing.add(word);
  if (differing.size === 0) return () => true;
  return (kind, attribute) => !differing.has(wordOf(kind, attribute));
}

/** Whether the first can say everything that the second can, and more. */
export function saysMore(one: Vocabulary, than: Vocabulary): boolean {
  const [words, fewer] = [wordsOf(one), wordsOf(than)];
  return words.size > fewer.size && [...fewer].every((word) => words.has(word));
}

interface Taken {
  takenBy?: string;
  vocabulary?: Vocabulary;
}

/** What is not compared with a snapshot of another version; `undefined` when nothing is left out. */
export function vocabularyWarning({
  takenBy = 'of an unknown version',
  vocabulary = ownVocabulary,
}: Taken): string | undefined {
  const unread = missingFrom(vocabulary, ownVocabulary);
  const unknown = missingFrom(ownVocabulary, vocabulary);
  const parts = [
    ...(unread.length > 0 ? [`it does not say ${unread.join(', ')}: take it again with this version`] : []),
    ...(unknown.length > 0 ? [`it says ${unknown.join(', ')}, which this version does not read: update it`] : []),
  ];
  if (parts.length === 0) return undefined;
  return `The snapshot was taken by another Driftwatch (${takenBy}); not all of it is compared: ${parts.join('; ')}.`;
}

const shown = 6;

/** Kinds that are missing as a whole, and attributes of those that are not. */
function missingFrom(one: Vocabulary, wanted: Vocabulary): string[] {
  const names = Object.entries(wanted).flatMap(([kind, attributes]) => {
    const known = one[kind];
    if (!known) return [`any ${kind}`];
    const lacking = attributes.filter((attribute) => !known.includes(attribute));
    return lacking.length === 0 ? [] : [`${lacking.join(' and ')} of any ${kind}`];
  });
  const more = names.length - shown;
  return more > 0 ? [...names.slice(0, shown), `${more} more`] : names;
}

function wordsOf(vocabulary: Vocabulary): Set<string> {
  return new Set(
    Object.entries(vocabulary).flatMap(([kind, attributes]) => [
      wordOf(kind, undefined),
      ...attributes.map((attribute) => wordOf(kind, attribute)),
    ]),
  );
}

function wordOf(kind: string, attribute: string | undefined): string {
  return attribute === undefined ? kind : `${kind}\n${attribute}`;
}
