import { type Actor, assertMayAct } from './actor.ts';
import {
  changesFields,
  contentAfterEach,
  contentBefore,
  contentOf,
  type DraftChange,
  type LastState,
} from './change.ts';
import { changeNotFound, stale, taskNotFound, taskPurged, taskQuotaExceeded, undoSuperseded } from './errors.ts';
import { type Instant, latest } from './instant.ts';
import type { Calendar } from './planning/calendar.ts';
import { momentsOf } from './planning/due-dates/dates.ts';
import type { Planning } from './planning/planning.ts';
import type { Superseded } from './superseded.ts';
import { type Condition, Task } from './task.ts';
import { type FieldName, fieldNames, type TaskFields } from './task-fields.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import type { UserId } from './user-id.ts';
import { isSameValue } from './values.ts';

/** Who takes something back, whose tasks it is about, and when. */
export interface UndoContext {
  readonly actor: Actor;
  readonly owner: UserId;
  readonly now: Instant;
  readonly calendar: Calendar;
  /** The maximum number of tasks that the owner may have. */
  readonly quota: number;
}

/** What has become of a task: its new state, or that it is gone. */
export type TaskOutcome =
  | { readonly kind: 'put'; readonly task: Task }
  | { readonly kind: 'deleted'; readonly id: number; readonly revision: number; readonly at: Instant };

/** A task as it is to be; without content where it is to be deleted. */
interface Target {
  readonly id: number;
  readonly content: TaskFields | undefined;
  /** Its state at the deletion that is taken back. */
  readonly last: LastState | undefined;
}

const planningOf = (unit: UnitOfWork, { calendar }: UndoContext): Planning => ({ calendar, settings: unit.settings });

const restored = (
  owner: UserId,
  id: number,
  last: LastState,
  content: TaskFields,
  now: Instant,
  planning: Planning,
): Task =>
  Task.restore({
    ...last,
    ...content,
    ...momentsOf(content, now, planning),
    completedAt: content.completed ? (last.completedAt ?? now) : null,
    owner,
    id,
    updatedAt: latest(now, last.updatedAt),
  });

/** The fields that must still have the values which the change gave them. */
const fieldsOf = (change: DraftChange): readonly FieldName[] =>
  changesFields(change) ? (Object.keys(change.before) as FieldName[]) : fieldNames;

const supersededBy = (
  change: DraftChange,
  given: TaskFields | undefined,
  now: TaskFields | undefined,
): Superseded[] => {
  const { taskId } = change;
  if (change.kind === 'deleted')
    return now === undefined ? [] : [{ taskId, field: 'title', given: null, current: now.title }];
  return fieldsOf(change)
    .filter((field) => now === undefined || !isSameValue(now[field], given?.[field]))
    .map((field) => ({ taskId, field, given: given?.[field] ?? null, current: now?.[field] ?? null }));
};

/** Takes the changes of one task back, newest first. @throws DomainError `task/purged` */
const targetOf = (unit: UnitOfWork, id: number, undone: ReadonlySet<DraftChange>, superseded: Superseded[]): Target => {
  const current = unit.find(id);
  const changes = unit.changesOf(id);
  const after = contentAfterEach(current, changes);
  let content = current && contentOf(current);
  let last: LastState | undefined;
  for (const [index, change] of changes.entries()) {
    if (!undone.has(change) || change.kind === 'reminded') continue;
    if (change.kind === 'deleted' && change.before === undefined) throw taskPurged(id);
    superseded.push(...supersededBy(change, after[index], content));
    if (change.kind === 'deleted') last = change.before;
    content = contentBefore(change, content);
  }
  return { id, content, last };
};

const apply = (unit: UnitOfWork, { id, content, last }: Target, context: UndoContext): TaskOutcome => {
  const { actor, owner, now, quota } = context;
  const planning = planningOf(unit, context);
  if (content === undefined) return { kind: 'deleted', id, revision: unit.remove(id), at: now };
  if (unit.find(id) !== undefined) {
    return { kind: 'put', task: unit.update(id, (task) => task.revert(actor, content, now, planning)) };
  }
  if (last === undefined) throw taskNotFound(id);
  return { kind: 'put', task: unit.restore(restored(owner, id, last, content, now, planning), quota) };
};

/**
 * Takes back the change with this revision, together with all that were made in one step with it, by new changes. Either
 * all of it goes back or, if a field no longer has the value that it was given, nothing.
 * @param unit has the owner's changes since then, and the tasks that they are about
 * @throws DomainError `change/not-found`, `undo/superseded`, `task/purged`, `task/quota-exceeded`, `auth/wrong-user`
 */
export const undoChange = (unit: UnitOfWork, revision: number, context: UndoContext): TaskOutcome[] => {
  assertMayAct(context.actor, context.owner);
  const undone = new Set<DraftChange>(unit.changesMadeWith(revision).filter(({ kind }) => kind !== 'reminded'));
  if (undone.size === 0) throw changeNotFound(revision);
  const superseded: Superseded[] = [];
  const ids = new Set([...undone].map(({ taskId }) => taskId));
  const targets = [...ids].map((id) => targetOf(unit, id, undone, superseded));
  if (superseded.length > 0) throw undoSuperseded(revision, superseded);
  // Created and deleted in one step: nothing is left to take back.
  const due = targets.filter(({ id, content }) => content !== undefined || unit.find(id) !== undefined);
  const gone = due.filter(({ content }) => content === undefined);
  const back = due.filter(({ id, content }) => content !== undefined && unit.find(id) === undefined);
  if (unit.taskCount - gone.length + back.length > context.quota && back.length > 0)
    throw taskQuotaExceeded(context.quota);
  // Those to delete first, to make room for those that come back.
  return [...gone, ...due.filter((one) => !gone.includes(one))].map((target) => apply(unit, target, context));
};

/**
 * Restores a deleted task: the same id and content, at a new revision. A task that exists is returned as it is, so that a
 * restoration can be repeated.
 * @param unit has the task, or its last change
 * @param condition `match` is about the revision of the deletion
 * @throws DomainError `task/not-found`, `task/purged`, `task/stale`, `task/quota-exceeded`, `auth/wrong-user`
 */
export const restoreTask = (unit: UnitOfWork, id: number, condition: Condition, context: UndoContext): Task => {
  const { actor, owner, now, quota } = context;
  assertMayAct(actor, owner);
  const existing = unit.find(id);
  if (existing !== undefined) return existing;
  const [last] = unit.changesOf(id);
  if (last?.kind !== 'deleted') throw taskNotFound(id);
  if (last.before === undefined) throw taskPurged(id);
  const deleted = Task.restore({ ...last.before, dueAt: null, owner, id, revision: last.revision });
  if (condition.match !== undefined && !deleted.isAt(condition.match)) throw stale(deleted);
  const planning = planningOf(unit, context);
  return unit.restore(restored(owner, id, last.before, contentOf(last.before), now, planning), quota);
};
