import type { TaskRepository } from '@taskward/application';
import type { FiredReminder, Instant, TaskDraft, UserId } from '@taskward/domain';
import { aDraft, anInstant, anOrigin } from './builders.ts';

/** The instant so many milliseconds after another. */
export const after = (start: Instant, milliseconds: number): Instant =>
  anInstant(new Date(Date.parse(start) + milliseconds).toISOString());

/** A draft of a task that reminds its owner at these moments, which are later than 2025. */
export const aReminding = (owner: UserId, ...at: readonly Instant[]): TaskDraft =>
  aDraft(owner, { title: 'Call', reminders: at.map((one) => ({ at: one })) }, anInstant('2026-01-01T00:00:00.000Z'));

/** Fires a reminder of a stored task. */
export const remind = (tasks: TaskRepository, owner: UserId, id: number, reminder: FiredReminder): Promise<void> =>
  tasks.transact(owner, { ids: [id] }, anOrigin({ at: reminder.at }), (unit) => ({
    result: unit.remind(unit.get(id), reminder),
    store: true,
  }));

/** The reminders that a stored task has still to come. */
export const remindersToCome = (tasks: TaskRepository, owner: UserId, id: number): Promise<readonly Instant[]> =>
  tasks.transact(owner, { ids: [id] }, anOrigin(), (unit) => ({ result: unit.get(id).remindAt, store: false }));
