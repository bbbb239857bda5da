import type { Tool as PublishedTool } from '@modelcontextprotocol/sdk/types.js';
import { isObject } from '@taskward/domain';
import { TaskSchema, toDocumentedSchema } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { inputSchemaOf } from './arguments.ts';
import { errorProperties } from './errors.ts';
import type { Tool } from './tool.ts';

type Schema = Readonly<Record<string, unknown>>;

const withValues = (object: object, change: (value: unknown, name: string) => unknown): object =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));

// The names in `properties` are no keywords, and values are no schemas.
const values = ['const', 'default', 'enum', 'examples', 'required'];

/** Returns a schema without some of its keywords, whatever they are set to. */
const without = (node: unknown, keywords: readonly string[]): unknown => {
  if (Array.isArray(node)) return node.map((one) => without(one, keywords));
  if (!isObject(node)) return node;
  const kept = Object.fromEntries(Object.entries(node).filter(([keyword]) => !keywords.includes(keyword)));
  return withValues(kept, (value, keyword) => {
    if (values.includes(keyword)) return value;
    if (keyword === 'properties' && isObject(value)) return withValues(value, (one) => without(one, keywords));
    return without(value, keywords);
  });
};

const outputProperties = {
  dry_run: Type.Boolean({ description: 'Whether nothing was stored.' }),
  undo_revision: Type.Optional(
    Type.Integer({ description: 'With this `revision`, `undo` takes the change back. Absent if nothing changed.' }),
  ),
};

// Over HTTP, schemas refer to that of a task.
const inlined = ({ $ref }: Schema): unknown => ($ref === 'Task#' ? TaskSchema : undefined);

// A model reads results without them. And clients compile all schemas with one validator, in which an `$id` must be the only one.
const superfluous = ['$id', 'title', 'description', 'examples'];

/** Returns the schema of what a tool returns. An error is valid, too: clients check every result. */
const outputSchemaOf = (tool: Tool): NonNullable<PublishedTool['outputSchema']> => {
  const success = Type.Object({ ...tool.output.properties, ...(tool.kind === 'write' && outputProperties) });
  const { required, properties } = success;
  const schema = {
    type: 'object',
    properties: { ...properties, ...errorProperties },
    anyOf: [{ required }, { required: ['code', 'message'] }],
  };
  return without(toDocumentedSchema(schema, inlined), superfluous) as NonNullable<PublishedTool['outputSchema']>;
};

/** Returns a tool as it is listed. */
export const toPublishedTool = (tool: Tool): PublishedTool => {
  const { name, title, description } = tool;
  const isWrite = tool.kind === 'write';
  return {
    name,
    title,
    description,
    inputSchema: without(toDocumentedSchema(inputSchemaOf(tool)), ['$id']) as PublishedTool['inputSchema'],
    outputSchema: outputSchemaOf(tool),
    annotations: {
      title,
      readOnlyHint: !isWrite,
      destructiveHint: isWrite && tool.isDestructive,
      idempotentHint: !isWrite || tool.isIdempotent,
      openWorldHint: false,
    },
  };
};
