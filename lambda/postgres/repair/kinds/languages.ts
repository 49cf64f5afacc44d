// Repair of procedural languages and access methods.
import { risky, safe, words } from '../draft.ts';
import { qualifiedName } from '../identifier.ts';
import type { Repairer } from '../repairer.ts';
import { none, text } from './common.ts';

const refusedWhileUsed = 'Refused while anything uses it.';
const unused = 'This only changes by creating it again, which only works while nothing uses it.';

export const language: Repairer<'language'> = {
  rank: 13.5,
  canRebuild: false,
  create: ({ id, attributes: { trusted, handler, inline, validator } }) => {
    const statement = words(
      `CREATE ${trusted === true ? 'TRUSTED ' : ''}LANGUAGE ${id}`,
      `HANDLER ${qualifiedName(text(handler))}`,
      inline !== undefined && `INLINE ${qualifiedName(text(inline))}`,
      validator !== undefined && `VALIDATOR ${qualifiedName(text(validator))}`,
    );
    return [{ drafts: [safe(statement, 'Adds a language only.')] }];
  },
  drop: ({ id }) => [risky(`DROP LANGUAGE ${id}`, refusedWhileUsed)],
  change: { trusted: none(unused), handler: none(unused), inline: none(unused), validator: none(unused) },
};

export const accessMethod: Repairer<'access method'> = {
  rank: 1.2,
  canRebuild: false,
  create: ({ id, attributes: { type, handler } }) => [
    {
      drafts: [
        safe(
          `CREATE ACCESS METHOD ${id} TYPE ${text(type).toUpperCase()} HANDLER ${qualifiedName(text(handler))}`,
          'Adds an access method only.',
        ),
      ],
    },
  ],
  drop: ({ id }) => [risky(`DROP ACCESS METHOD ${id}`, refusedWhileUsed)],
  change: { type: none(unused), handler: none(unused) },
};
