import { type Instant, Task, toInstant, type UserId } from '@taskward/domain';

/** A row of `tasks` as the driver returns it: times as text in ISO style and UTC, `bigint` as text. */
export interface StoredTask {
  user_id: string;
  id: number;
  title: string;
  description: string | null;
  completed: boolean;
  created_at: string;
  updated_at: string;
  revision: string;
}

/** `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`. */
export const instantFromRow = (text: string): Instant => {
  const fraction = text.slice(20, -3).padEnd(3, '0');
  return toInstant(`${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`);
};

/** The task that a row holds. */
export const taskFromRow = (row: StoredTask): Task =>
  Task.restore({
    // The database holds only ids that came in as a UserId.
    owner: row.user_id as UserId,
    id: row.id,
    title: row.title,
    description: row.description,
    completed: row.completed,
    createdAt: instantFromRow(row.created_at),
    updatedAt: instantFromRow(row.updated_at),
    revision: Number(row.revision),
  });
