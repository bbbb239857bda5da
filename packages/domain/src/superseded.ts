import type { FieldName, TaskFields } from './task-fields.ts';

/** A field that no longer has the value which a change gave it, so that the change cannot be taken back. */
export interface Superseded {
  readonly taskId: number;
  readonly field: FieldName;
  /** The value that the change gave it; `null` where the task was deleted. */
  readonly given: TaskFields[FieldName] | null;
  /** Its value now; `null` where the task is deleted. */
  readonly current: TaskFields[FieldName] | null;
}
