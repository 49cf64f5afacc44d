// Writing the XML that S3 and SNS answer with. Elements are values, so that nothing is ever put in unescaped.

type XmlContent = string | number | boolean | XmlElement[];
/** Name and content; an element without content is `['Name', '']`. */
export type XmlElement = readonly [name: string, content: XmlContent];

/** A document with one root element in a namespace (none when empty). */
export function xmlDocument(root: XmlElement, namespace: string): string {
  const [name, content] = root;
  const attribute = namespace === '' ? '' : ` xmlns="${namespace}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${write(content)}</${name}>`;
}

function write(content: XmlContent): string {
  if (!Array.isArray(content)) return escapeText(String(content));
  return content.map(([name, inner]) => `<${name}>${write(inner)}</${name}>`).join('');
}

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeText(text: string): string {
  // Control characters as references: a reader would otherwise make other line breaks of them, or refuse them.
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => named[character] ?? `&#${character.charCodeAt(0)};`);
}
