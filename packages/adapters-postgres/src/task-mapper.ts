import { type Instant, Task, toInstant, type UserId } from '@taskward/domain';
import type { Row } from './flight.ts';

/** The columns of a task beside its owner, who is known wherever one is read, in the order in which the mapper reads them. */
export const taskColumns = 'id, title, description, completed, created_at, updated_at, revision';

/**
 * Statement text: the rows that a parameter made by `recordsOf` stands for, under the owner of a row called `owner`.
 * @param parameter its place, such as `$5`
 */
export const selectRecords = (parameter: string): string =>
  `select owner.id, w.id, w.title, w.description, w.completed, w.created_at, w.updated_at, w.revision
   from owner, json_to_recordset(${parameter}::json) as w (
     id integer, title text, description text, completed boolean, created_at timestamptz, updated_at timestamptz,
     revision bigint
   )`;

/** Tasks of one owner's as a parameter: any number of them in one. */
export const recordsOf = (tasks: readonly Task[]): string =>
  JSON.stringify(
    tasks.map(({ id, title, description, completed, createdAt, updatedAt, revision }) => ({
      id,
      title,
      description,
      completed,
      created_at: createdAt,
      updated_at: updatedAt,
      revision,
    })),
  );

/** `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`. */
export const instantFromRow = (text: string): Instant => {
  // Of a fixed form, which needs no checking where lists of them are read.
  if (text.length === 26) return `${text.slice(0, 10)}T${text.slice(11, 23)}Z` as Instant;
  const fraction = text.slice(20, -3).padEnd(3, '0');
  return toInstant(`${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`);
};

/** The task of an owner's that a row holds. */
export const taskFromRow = (owner: UserId, row: Row): Task => {
  const createdAt = instantFromRow(row[4] as string);
  return Task.restore({
    owner,
    id: Number(row[0]),
    title: row[1] as string,
    description: row[2] as string | null,
    completed: row[3] === 't',
    createdAt,
    // Most tasks were never changed, and an instant is what takes longest of a row.
    updatedAt: row[5] === row[4] ? createdAt : instantFromRow(row[5] as string),
    revision: Number(row[6]),
  });
};
