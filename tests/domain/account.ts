import {
  type Change,
  momentsOf,
  type Task,
  type TaskFields,
  UnitOfWork,
  type UnitOfWorkState,
  type UserId,
} from '@taskward/domain';
import { anInstant } from '../support/builders.ts';
import { contentOf } from '../support/contents.ts';
import { aPlanning } from '../support/planning.ts';

/** What a store has after the unit of work is stored in it, with its log: newest first. */
export const storedAfter = (before: UnitOfWorkState, unit: UnitOfWork, at = anInstant()): UnitOfWorkState => {
  const tasks = new Map(before.tasks.map((task) => [task.id, task]));
  for (const id of unit.removed) tasks.delete(id);
  for (const task of unit.written) tasks.set(task.id, task);
  const byId = [...tasks.values()].sort((a, b) => a.id - b.id);
  const made = unit.changes.map((change): Change => ({ ...change, at })).reverse();
  return {
    lastTaskId: unit.lastTaskId,
    revision: unit.revision,
    taskCount: byId.length,
    tasks: byId,
    log: [...made, ...(before.log ?? [])],
  };
};

/** The contents of the tasks of a state, by id. */
export const contentsOf = ({ tasks }: Pick<UnitOfWorkState, 'tasks'>): ReadonlyMap<number, TaskFields> =>
  new Map([...tasks].sort((a, b) => a.id - b.id).map((task) => [task.id, contentOf(task)]));

/** An owner's tasks and log of changes, on which units of work are done one after the other. */
export const anAccount = (owner: UserId, contents: readonly TaskFields[] = []) => {
  let state: UnitOfWorkState = { lastTaskId: 0, revision: 0, taskCount: 0, tasks: [], log: [] };
  const transact = <T>(work: (unit: UnitOfWork) => T): T => {
    const unit = new UnitOfWork(state);
    const result = work(unit);
    state = storedAfter(state, unit);
    return result;
  };
  const at = anInstant();
  for (const content of contents) {
    transact((unit) =>
      unit.add({
        owner,
        ...content,
        ...momentsOf(content, at, aPlanning()),
        completedAt: content.completed ? at : null,
        createdAt: at,
        updatedAt: at,
      }),
    );
  }
  return {
    transact,
    state: () => state,
    contents: () => contentsOf(state),
    /** Replaces the log. */
    relog(change: (log: readonly Change[]) => readonly Change[]) {
      state = { ...state, log: change(state.log ?? []) };
    },
    task: (id: number): Task | undefined => state.tasks.find((task) => task.id === id),
  };
};
