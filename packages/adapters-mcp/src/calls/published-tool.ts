import type { Tool as PublishedTool } from '@modelcontextprotocol/sdk/types.js';
import { isObject } from '@taskward/domain';
import { toDocumentedSchema } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { errorProperties } from '../errors/tool-errors.ts';
import { inputSchemaOf } from './arguments.ts';
import type { Tool } from './tool.ts';

type Schema = Readonly<Record<string, unknown>>;

// Clients compile all schemas with one validator, in which an `$id` must be the only one. A result needs no examples.
const without = (node: unknown, names: readonly string[]): unknown => {
  if (Array.isArray(node)) return node.map((one) => without(one, names));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => !names.includes(name))
      .map(([name, value]) => [name, without(value, names)]),
  );
};

const outputProperties = {
  dry_run: Type.Boolean({ description: 'Whether nothing was stored.' }),
  undo_revision: Type.Optional(
    Type.Integer({ description: 'With this `revision`, `undo` takes the change back. Absent if nothing changed.' }),
  ),
};

/** Returns the schema of what a tool returns. An error is valid, too: clients check every result. */
const outputSchemaOf = (tool: Tool): Schema => {
  const success = Type.Object({ ...tool.output.properties, ...(tool.kind === 'write' && outputProperties) });
  const { required, properties } = success;
  return {
    type: 'object',
    properties: { ...properties, ...errorProperties },
    anyOf: [{ required }, { required: ['code', 'message'] }],
  };
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
    outputSchema: without(toDocumentedSchema(outputSchemaOf(tool)), ['$id', 'examples', 'title']) as NonNullable<
      PublishedTool['outputSchema']
    >,
    annotations: {
      title,
      readOnlyHint: !isWrite,
      destructiveHint: isWrite && tool.isDestructive,
      idempotentHint: !isWrite || tool.isIdempotent,
      openWorldHint: false,
    },
  };
};
