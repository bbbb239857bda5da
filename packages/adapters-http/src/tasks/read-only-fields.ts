import type { Instant } from '@taskward/domain';

/** The fields of a task that Taskward sets. Clients send them back with a whole task: `{...task, title}`. */
export const readOnlyFields = ['id', 'user_id', 'created_at', 'updated_at', 'revision'] as const;

/** What identifies the task that a body is meant for. */
export interface Identity {
  readonly id: number;
  readonly owner: string;
}

/**
 * Takes read-only fields out of a body where they are what they must be: `id` and `user_id` those of the task,
 * `created_at` a text, to be compared once the task is read. What remains is rejected by the body's schema, together with
 * everything else that is wrong.
 * @returns the body without them, and the `created_at` that the task must have
 */
export const withoutReadOnlyFields = (
  body: Readonly<Record<string, unknown>>,
  { id, owner }: Identity,
): { body: Record<string, unknown>; createdAt?: Instant } => {
  const { id: sentId, user_id, created_at, updated_at: _updated, revision: _revision, ...others } = body;
  const rest: Record<string, unknown> = others;
  if (sentId !== undefined && sentId !== id) rest.id = sentId;
  if (user_id !== undefined && user_id !== owner) rest.user_id = user_id;
  if (created_at === undefined) return { body: rest };
  if (typeof created_at !== 'string') return { body: { ...rest, created_at } };
  return { body: rest, createdAt: created_at as Instant };
};
