import type { Instant } from '@taskward/domain';

/** Fields that only Taskward sets. Clients send them back with a whole task: `{...task, title}`. */
export const readOnlyFields = ['id', 'user_id', 'created_at', 'updated_at', 'revision'] as const;

/** The task that a body is for. */
interface Identity {
  readonly id: number;
  readonly owner: string;
}

/**
 * Removes read-only fields from a body if they have the right value: `id` and `user_id` of the task, and any text in
 * `created_at`, which is compared once the task is read. The body's schema then rejects the remaining ones.
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
