/** Fields that only Taskward sets. Clients send them back with a whole task: `{...task, title}`. */
export const readOnlyFields = [
  'id',
  'user_id',
  'created_at',
  'updated_at',
  'revision',
  'due_at',
  'position',
  'completed_at',
  'completed_occurrence',
  'skipped',
] as const;

// Those that other changes move, so that a client may send an older value.
const movingFields: readonly string[] = readOnlyFields.slice(3);

/** The task that a body is for. */
interface Identity {
  readonly id: number;
  readonly owner: string;
}

// RFC 3339. Tasks are created at whole milliseconds, so digits beyond those must be zeros.
const dateTime = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,3})0*)?(Z|[+-]\d\d:\d\d)$/i;

/** Converts a date-time to Taskward's own format, because client libraries may use another. Returns other texts as is. */
const normalized = (text: string): string => {
  const [, date, time, fraction = '0', zone = ''] = dateTime.exec(text) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  // `Date` parses 30 February as a day in March.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(`${date}T`)) return text;
  const moment = new Date(`${date}T${time}.${fraction}${zone.toUpperCase()}`);
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString();
};

/**
 * Removes read-only fields from a body if they have the right value: `id` and `user_id` of the task, and any text in
 * `created_at`, which is compared once the task is read. The body's schema then rejects the remaining ones.
 * @returns the body without them, and the `created_at` that the task must have
 */
export const withoutReadOnlyFields = (
  body: Readonly<Record<string, unknown>>,
  { id, owner }: Identity,
): { body: Record<string, unknown>; createdAt?: string } => {
  const { id: sentId, user_id, created_at, ...others } = body;
  const rest: Record<string, unknown> = Object.fromEntries(
    Object.entries(others).filter(([name]) => !movingFields.includes(name)),
  );
  if (sentId !== undefined && sentId !== id) rest.id = sentId;
  if (user_id !== undefined && user_id !== owner) rest.user_id = user_id;
  if (created_at === undefined) return { body: rest };
  if (typeof created_at !== 'string') return { body: { ...rest, created_at } };
  return { body: rest, createdAt: normalized(created_at) };
};
