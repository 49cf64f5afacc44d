// docs/schemas: the JSON Schema of `driftwatch diff --format json`, and how it is made.
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { diffDocument } from '../../../cli/report/json-document.ts';

const file = new URL('../../../docs/schemas/diff-1.schema.json', import.meta.url);

export async function publishedSchema(): Promise<z.core.JSONSchema.JSONSchema> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** Open to further members: those come without another format version. */
export function schemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(diffDocument, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify({ $schema, title: 'Driftwatch diff, format version 1', ...schema }, null, 2)}\n`;
}
