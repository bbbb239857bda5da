import { changeNotFound, DomainError, taskNotFound } from '@taskward/domain';
import { taskIdOf } from '@taskward/task-schemas';
import type { FastifyRequest } from 'fastify';

const maxShownLength = 50;

// The usual mistake is to expect a filtered list at a path of its own, so the message explains the query parameters.
const noId = (text: string): DomainError =>
  new DomainError(
    'task/not-found',
    `\`${[...text].slice(0, maxShownLength).join('')}\` is not a task's id: ids are whole numbers, such as 12. To filter, search or sort, add \`status\`, \`search\` or \`sort\` to the path of the list.`,
  );

/** Returns the task's id in the path. @throws DomainError `task/not-found` for one that no task can have */
export const idOf = (request: FastifyRequest): number => {
  const { id: text } = request.params as { id: string };
  const id = taskIdOf(text);
  if (id !== undefined) return id;
  throw /^\d+$/.test(text) ? taskNotFound(text) : noId(text);
};

/** Returns the revision in the path. @throws DomainError `change/not-found` for one that no change can have */
export const revisionOf = (request: FastifyRequest): number => {
  const { revision: text } = request.params as { revision: string };
  const revision = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(revision)) return revision;
  throw changeNotFound([...text].slice(0, maxShownLength).join(''));
};
