import { type Change, operator, restoreTask, type TaskEdit, undoChange, withDefaults } from '@taskward/domain';
import { aDraft, anInstant, aUser } from '../support/builders.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { anAccount } from './account.ts';

export const owner = aUser();
export const now = anInstant('2026-11-21T00:00:00.000Z');
export const context = { actor: operator, owner, now, calendar, quota: 10 };
const content = (title: string) => withDefaults({ title });

/** An owner's tasks with these titles, and what can be done to them. */
export const aBench = (...titles: string[]) => {
  const account = anAccount(owner, titles.map(content));
  const { transact } = account;
  return {
    ...account,
    add: (title: string) => transact((unit) => unit.add(aDraft(owner, { title }))),
    update: (id: number, changes: TaskEdit) =>
      transact((unit) => unit.update(id, (task) => task.change(operator, changes, now, aPlanning()))),
    remove: (id: number) => transact((unit) => unit.remove(id)),
    undo: (revision: number, over = {}) => transact((unit) => undoChange(unit, revision, { ...context, ...over })),
    restore: (id: number, condition = {}, over = {}) =>
      transact((unit) => restoreTask(unit, id, condition, { ...context, ...over })),
    titles: () => [...account.contents()].map(([id, { title }]) => [id, title]),
  };
};

/** The log as it is once a task has been purged from the trash. */
export const purged = (id: number) => (log: readonly Change[]) =>
  log.map((change): Change => {
    if (change.taskId !== id) return change;
    if (change.kind === 'updated' || change.kind === 'occurrence_completed') return { ...change, before: {} };
    if (change.kind !== 'deleted') return change;
    const { revision, taskId, at } = change;
    return { kind: 'deleted', revision, taskId, at };
  });
