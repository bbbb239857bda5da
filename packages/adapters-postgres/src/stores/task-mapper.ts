import { foldText, type Instant, Task, type UserId } from '@taskward/domain';
import type { Row } from '@taskward/owner-transactions';

/** The columns of a task beside its owner. */
export const taskColumns = 'id, title, description, completed, created_at, updated_at, revision';

/** The same, and the texts in the form in which they are searched and sorted. */
export const storedColumns = `${taskColumns}, title_folded, description_folded`;

/**
 * A text as it is stored for searching: folded, or '' where PostgreSQL's own `lower` of the C collation gives the same,
 * which costs less than a second copy.
 */
export const foldedForSearch = (text: string | null): string | null => {
  if (text === null) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  return /^[\x00-\x7f]*$/.test(text) ? '' : foldText(text);
};

/**
 * The columns of a task, as the mapper reads them. Most tasks were never changed, and an instant is what takes longest of
 * a row, to write and to read: that of a change is there only if there was one.
 */
export const taskFields = 'id, title, description, completed, created_at, nullif(updated_at, created_at), revision';

/**
 * Statement text: the rows that a parameter made by `recordsOf` stands for, under the owner of a row called `owner`.
 * @param parameter its place, such as `$5`
 */
export const selectRecords = (parameter: string): string =>
  `select owner.id, w.id, w.title, w.description, w.completed, w.created_at, w.updated_at, w.revision,
     w.title_folded, w.description_folded
   from owner, json_to_recordset(${parameter}::json) as w (
     id integer, title text, description text, completed boolean, created_at timestamptz, updated_at timestamptz,
     revision bigint, title_folded text, description_folded text
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
      title_folded: foldedForSearch(title),
      description_folded: foldedForSearch(description),
    })),
  );

/**
 * `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`.
 * Joined, not added up, so that the text is in one piece: V8 writes an object down as JSON in half the time if all its
 * texts are. The column's type, the time zone of every transaction and what instants there are leave no other form.
 */
export const instantFromRow = (text: string): Instant =>
  [text.slice(0, 10), 'T', text.slice(11, -3), '.000'.slice(text.length - 22), 'Z'].join('') as Instant;

/** The task of an owner's that a row of `taskFields` holds. */
export const taskFromRow = (owner: UserId, row: Row): Task => {
  const createdAt = instantFromRow(row[4] as string);
  return Task.restore({
    owner,
    id: Number(row[0]),
    title: row[1] as string,
    description: row[2] as string | null,
    completed: row[3] === 't',
    createdAt,
    updatedAt: typeof row[5] === 'string' ? instantFromRow(row[5]) : createdAt,
    revision: Number(row[6]),
  });
};
