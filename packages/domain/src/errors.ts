import type { Fault } from './fault.ts';
import type { Superseded } from './superseded.ts';
import type { TaskState } from './task-state.ts';
import { quoted } from './text.ts';

/** The code of an error of the domain. */
export type DomainErrorCode =
  | 'request/invalid'
  | 'auth/wrong-user'
  | 'task/not-found'
  | 'task/stale'
  | 'task/quota-exceeded'
  | 'task/occurrence-passed'
  | 'task/purged'
  | 'task/anchor-gone'
  | 'tag/not-found'
  | 'tag/exists'
  | 'change/not-found'
  | 'undo/superseded';

/** A rule of the domain that a call violates. `message` is a sentence for the caller that says what to do next. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  /** What is wrong field by field; only with `request/invalid`. */
  readonly faults: readonly Fault[];
  /** The task's current state; only with `task/stale` and `task/occurrence-passed`. */
  readonly current: TaskState | undefined;
  /** The fields that changed since; only with `undo/superseded`. */
  readonly superseded: readonly Superseded[];

  constructor(
    code: DomainErrorCode,
    message: string,
    options: { faults?: readonly Fault[]; current?: TaskState; superseded?: readonly Superseded[] } = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.current = options.current;
    this.superseded = options.superseded ?? [];
  }
}

/** The input is invalid. Reports all faults at once, so that a form can mark every field. */
export const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError(
    'request/invalid',
    `The input is not valid: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    {
      faults,
    },
  );

/** The owner has no such task. Another user's task gives the same error, so that its existence does not leak. */
export const taskNotFound = (id: number | string): DomainError =>
  new DomainError('task/not-found', `There is no task ${id} among this user's tasks.`);

/** The task is not at a revision that the caller requires. */
export const stale = (current: TaskState): DomainError =>
  new DomainError(
    'task/stale',
    `The task was changed meanwhile, and is at revision ${current.revision} now. Look at it, merge, and try again with that revision.`,
    { current },
  );

/** The recurring task has moved on from the occurrence that the caller names. */
export const occurrencePassed = (current: TaskState): DomainError =>
  new DomainError(
    'task/occurrence-passed',
    `The task is not due on this date any more: its occurrence was completed or moved meanwhile. Look at \`due_date\`, which is ${current.due_date ?? 'empty'} now, before completing another.`,
    { current },
  );

/** The task was deleted, and then removed from the trash for good. */
export const taskPurged = (id: number): DomainError =>
  new DomainError('task/purged', `The task ${id} was removed from the trash for good, and cannot come back.`);

/** The task beside which another is to go does not exist any more. */
export const anchorGone = (id: number): DomainError =>
  new DomainError(
    'task/anchor-gone',
    `There is no task ${id} to move this one to. Read the list again, and name a task that is on it.`,
  );

/** None of the owner's tasks has the tag. */
export const tagNotFound = (name: string): DomainError =>
  new DomainError('tag/not-found', `None of this user's tasks has the tag ${quoted(name)}.`);

/** A tag cannot get a name that another tag has. */
export const tagExists = (name: string): DomainError =>
  new DomainError(
    'tag/exists',
    `There is a tag ${quoted(name)} already. Choose another name, or send \`"merge": true\` to make both one tag.`,
  );

/** The owner's log has no such change, or no longer. */
export const changeNotFound = (revision: number | string): DomainError =>
  new DomainError(
    'change/not-found',
    `There is no change ${revision} in this user's history. Take a revision of /changes or of a task's history; old changes are not kept.`,
  );

/** A later change touched what this one changed. */
export const undoSuperseded = (revision: number, superseded: readonly Superseded[]): DomainError => {
  const named = superseded.slice(0, 3).map(({ taskId, field }) => `${field} of task ${taskId}`);
  const more = superseded.length > named.length ? ` and ${superseded.length - named.length} more` : '';
  return new DomainError(
    'undo/superseded',
    `The change ${revision} cannot be undone, because later changes touched the same: ${named.join(', ')}${more}. Undo those first, or edit the task.`,
    { superseded },
  );
};

/** The user has reached the task quota. */
export const taskQuotaExceeded = (quota: number): DomainError =>
  new DomainError(
    'task/quota-exceeded',
    `This user already has ${quota} tasks, the most that one user may have. Delete tasks that are no longer needed, and try again.`,
  );

/** The actor may not act on this user's tasks. */
export const wrongUser = (): DomainError =>
  new DomainError('auth/wrong-user', 'These tasks belong to another user. Name the user who acts as their owner.');
