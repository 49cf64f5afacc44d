// What a rule of a SARIF report means: the object, what differs about it, and what that can break, from the tables that
// judge differences.
import { attributeLabel } from '../../lambda/postgres/assessment/labels.ts';
import { rulesFor } from '../../lambda/postgres/assessment/rules.ts';
import type { DriftEntry } from '../../lambda/postgres/drift.ts';
import { attributeNote, type Kind, kinds } from '../../lambda/postgres/kinds.ts';
import { formattedMessage, plainMessage, sarifLevels } from './sarif-text.ts';

/** A reportingDescriptor (3.49). */
export function describeRule(code: string, entry: DriftEntry) {
  const rows = rulesFor(entry);
  const title = `${titleOf(entry)}.`;
  const lines = [...meaningOf(entry), 'What it can break:'];
  const outcomes = rows.map(({ severity, breaks }) => `- ${severity}: ${inGeneral(breaks)}`);
  return {
    id: code,
    name: code.split(/[.-]/).map(capital).join(''),
    shortDescription: { text: plainMessage(title) },
    fullDescription: { text: plainMessage([title, ...meaningOf(entry)].join(' ')) },
    help: {
      text: plainMessage([title, ...lines, ...outcomes].join('\n')),
      markdown: formattedMessage([title, ...lines, outcomes.join('\n')].join('\n\n')),
    },
    defaultConfiguration: { level: sarifLevels[rows[0].severity] },
    properties: { tags: ['schema', ...new Set(rows.map(({ impact }) => impact))], precision: 'very-high' },
  };
}

/** What differs about an object as a whole, and is no attribute of it. */
const whereabouts: Readonly<Record<string, string>> = {
  name: 'has another name than in the model',
  schema: 'is in another schema than in the model',
  generatedNames: 'has parts under other names than in the model',
  parent: 'is a part of something else than in the model',
};

function titleOf({ kind, verb, attribute = '' }: DriftEntry): string {
  // Kinds and attributes of a newer snapshot are words from outside.
  const word = Object.hasOwn(kinds, kind) ? kind : 'object of a kind that this version does not know';
  const noun = `${/^[aeiou]/.test(word) ? 'An' : 'A'} ${word}`;
  switch (verb) {
    case 'missing':
      return `${noun} of the model is missing in production`;
    case 'unexpected':
      return `${noun} is in production only`;
    case 'changed': {
      if (Object.hasOwn(whereabouts, attribute) && attributeNote(kind, attribute) === undefined) {
        return `${noun} ${whereabouts[attribute]}`;
      }
      const what = attributeNote(kind, attribute)
        ? attributeLabel(kind, attribute)
        : 'something that this version does not know';
      return `${noun} differs from the model: ${what}`;
    }
  }
}

function meaningOf({ kind, attribute }: DriftEntry): string[] {
  const ofKind = Object.hasOwn(kinds, kind) ? kinds[kind as Kind].meaning : undefined;
  const ofAttribute = attribute === undefined ? undefined : attributeNote(kind, attribute)?.meaning;
  return [
    ...(ofKind === undefined ? [] : [`${capital(kind)}: ${ofKind}.`]),
    ...(ofAttribute === undefined ? [] : [`${capital(attributeLabel(kind, attribute ?? ''))}: ${ofAttribute}.`]),
  ];
}

const nouns: Readonly<Record<string, string>> = { parent: 'what it is a part of', lost: 'some', added: 'others' };

/** A clause of the table, said of no object in particular. */
function inGeneral(breaks: string): string {
  return breaks.replace(/`?\{(\w+)\}`?/g, (_, blank: string) => nouns[blank] ?? 'it');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
