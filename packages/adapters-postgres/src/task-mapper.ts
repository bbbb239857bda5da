import { type Instant, Task, toInstant, type UserId } from '@taskward/domain';
import type { Row } from './flight.ts';

/** The columns of a task, in the order in which the mapper reads them. */
export const taskColumns = 'user_id, id, title, description, completed, created_at, updated_at, revision';

/** `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`. */
export const instantFromRow = (text: string): Instant => {
  const fraction = text.slice(20, -3).padEnd(3, '0');
  return toInstant(`${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`);
};

/** The task that a row holds. */
export const taskFromRow = (row: Row): Task => {
  const [userId, id, title, description, completed, createdAt, updatedAt, revision] = row as string[];
  return Task.restore({
    // The database holds only ids that came in as a UserId.
    owner: userId as UserId,
    id: Number(id),
    title: title as string,
    description: description as string | null,
    completed: completed === 't',
    createdAt: instantFromRow(createdAt as string),
    updatedAt: instantFromRow(updatedAt as string),
    revision: Number(revision),
  });
};
