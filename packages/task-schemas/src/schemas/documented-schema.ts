import { isObject } from '@taskward/domain';
import { textRules } from './text-rules.ts';

/**
 * Returns a schema, or a document that has schemas, in plain JSON Schema for who does not know our keywords: the bounds of a
 * text that `text` stands for, and nothing of `list`.
 * @param replaced returns what stands for a node, or `undefined` for a node that stays
 */
export const toDocumentedSchema = (
  node: unknown,
  replaced: (node: Readonly<Record<string, unknown>>) => unknown = () => undefined,
): unknown => {
  if (Array.isArray(node)) return node.map((one) => toDocumentedSchema(one, replaced));
  if (!isObject(node)) return node;
  const other = replaced(node);
  if (other !== undefined) return toDocumentedSchema(other, replaced);
  const { text, list, ...others } = Object.fromEntries(
    // An example may have a field of that name.
    Object.entries(node).map(([key, value]) => [
      key,
      /^examples?$/.test(key) ? value : toDocumentedSchema(value, replaced),
    ]),
  );
  // What is not text is a property of that name.
  const rest = { ...others, ...(typeof list === 'object' && { list }) };
  if (typeof text !== 'string') return text === undefined ? rest : { text, ...rest };
  return { ...rest, ...textRules[text as keyof typeof textRules].documented };
};
