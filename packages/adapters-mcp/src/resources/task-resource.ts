import type { Resource, ResourceTemplate, TextResourceContents } from '@modelcontextprotocol/sdk/types.js';
import { type TaskRecord, toRecord } from '@taskward/application';
import { taskIdOf, toCursor, toTaskQuery } from '@taskward/task-schemas';
import type { ToolContext } from '../calls/tool.ts';
import { noResource } from '../protocol/protocol-error.ts';
import { onOneLine, taskText } from '../texts/task-text.ts';

const root = 'taskward://tasks/';
const mimeType = 'application/json';
const pageSize = 50;

/** Returns the URI of a task. */
export const uriOf = (id: number): string => `${root}${id}`;

/** Returns the id in the URI of a task. @throws ProtocolError if no task can have this URI */
export const idOf = (uri: string): number => {
  const id = uri.startsWith(root) ? taskIdOf(uri.slice(root.length)) : undefined;
  if (id !== undefined) return id;
  throw noResource(
    `There is no resource ${JSON.stringify(uri)}. Tasks are at ${root} and their id, such as ${uriOf(12)}.`,
  );
};

/** How a client names tasks that it has not listed. */
export const taskTemplate: ResourceTemplate = {
  uriTemplate: `${root}{id}`,
  name: 'task',
  title: 'A task',
  description: 'One task of the user with all its fields, by its id.',
  mimeType,
};

/** Returns a task as the contents of a resource. */
export const toContents = (task: TaskRecord): TextResourceContents => ({
  uri: uriOf(task.id),
  mimeType,
  text: JSON.stringify(task),
});

const toResource = (task: TaskRecord): Resource => ({
  uri: uriOf(task.id),
  name: `task-${task.id}`,
  title: onOneLine(task.title),
  description: taskText(task),
  mimeType,
  annotations: { lastModified: task.updated_at },
});

/**
 * Lists the user's tasks as resources, the newest first, a page at a time.
 * @throws DomainError `request/invalid` for a cursor that is not of this list
 */
export const listResources = async (
  { useCases, actor, owner }: ToolContext,
  cursor: string | undefined,
): Promise<{ resources: Resource[]; nextCursor?: string }> => {
  const query = toTaskQuery(owner, { limit: pageSize, ...(cursor !== undefined && { cursor }) });
  const { tasks, next } = await useCases.listTasks(actor, { owner, query });
  const resources = tasks.map((task) => toResource(toRecord(task)));
  return { resources, ...(next && { nextCursor: toCursor(owner, query, next) }) };
};

/** Reads a task as a resource. @throws DomainError `task/not-found`; ProtocolError */
export const readResource = async (
  { useCases, actor, owner }: ToolContext,
  uri: string,
): Promise<{ contents: TextResourceContents[] }> => {
  const task = await useCases.getTask(actor, { owner, id: idOf(uri) });
  return { contents: [toContents(toRecord(task))] };
};
