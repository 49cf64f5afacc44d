// docs/schemas: the JSON Schemas of what commands print as JSON, and how they are made.
import { readFile } from 'node:fs/promises';
import * as z from 'zod';

/** @param name `diff-1` */
export async function publishedSchema(name: string): Promise<z.core.JSONSchema.JSONSchema> {
  return JSON.parse(await readFile(new URL(`../../../docs/schemas/${name}.schema.json`, import.meta.url), 'utf8'));
}

/** Open to further members: those come without another format version. */
export function schemaText(document: z.ZodType, title: string): string {
  const { $schema, ...schema } = z.toJSONSchema(document, {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}
