import {
  type Change,
  type ChangeKind,
  changesFields,
  type FieldName,
  fieldNames,
  type Instant,
} from '@taskward/domain';
import type { LoggedChange } from '../ports/change-log.ts';

interface EntryRecord {
  readonly revision: number;
  readonly at: Instant;
  readonly kind: ChangeKind;
  readonly task_id: number;
  readonly batch?: number;
  readonly request_id?: string;
}

/** A change as it is serialised in lists of all changes. */
export interface LogRecord extends EntryRecord {
  /** The task's title now, or when it was deleted; `null` once it has been purged. */
  readonly title: string | null;
  /** The fields that an update changed. */
  readonly fields: readonly FieldName[];
}

/** A change as it is serialised in an export of all data: with the previous values. */
export interface ExportedChange extends EntryRecord {
  readonly before: object | null;
}

const entryOf = ({ revision, at, kind, taskId, batch, requestId }: Change): EntryRecord => ({
  revision,
  at,
  kind,
  task_id: taskId,
  ...(batch !== undefined && { batch }),
  ...(requestId !== undefined && { request_id: requestId }),
});

/** Returns the record of a change, without values. */
export const toLogRecord = ({ change, title }: LoggedChange): LogRecord => ({
  ...entryOf(change),
  title: title ?? null,
  fields: changesFields(change) ? fieldNames.filter((name) => name in change.before) : [],
});

const beforeOf = (change: Change): object | null => {
  if (change.kind === 'reminded') return change.reminder;
  if (changesFields(change)) return change.before;
  if (change.kind !== 'deleted' || change.before === undefined) return null;
  const { createdAt, updatedAt, completedAt, ...last } = change.before;
  return { ...last, completed_at: completedAt, created_at: createdAt, updated_at: updatedAt };
};

/** Returns the record of a change, with the values that it replaced. */
export const toExportedChange = ({ change }: LoggedChange): ExportedChange => ({
  ...entryOf(change),
  before: beforeOf(change),
});
