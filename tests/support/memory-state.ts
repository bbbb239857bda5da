import { type Change, type ChangeOrigin, Task, UnitOfWork, type UnitOfWorkState, type UserId } from '@taskward/domain';

/** What is stored of one owner's tasks. */
export interface OwnerState extends Omit<UnitOfWorkState, 'log'> {
  /** 0 until something is stored. */
  readonly epoch: number;
  /** Changes up to this revision may have been removed. */
  readonly oldest: number;
  /** In the order of their revisions. */
  readonly changes: readonly Change[];
}

export const nothing: OwnerState = {
  lastTaskId: 0,
  revision: 0,
  taskCount: 0,
  tasks: [],
  epoch: 0,
  oldest: 0,
  changes: [],
};

/** Where one owner's state is: read, and replaced by what it is next. */
export interface Place {
  get(): OwnerState;
  /** Runs when no other write of this owner is under way. */
  write<T>(work: (before: OwnerState) => { after?: OwnerState; result: T }): Promise<T>;
}

// What a caller does to a task or a change must not reach the store.
const copied = (task: Task): Task => Task.restore(structuredClone({ ...task }));
export const copiedChanges = (changes: readonly Change[]): Change[] => structuredClone([...changes]);

/** Tasks as they are outside of a unit of work: without the reminders that are still to come. */
export const copiedTasks = (tasks: readonly Task[]): Task[] =>
  tasks.map((task) => copied(Task.restore({ ...task, remindAt: [] })));

/** What a unit of work is given of a state. */
export interface Loaded {
  readonly tasks: readonly Task[];
  readonly log?: readonly Change[];
  readonly selected?: readonly (readonly number[])[];
}

/** A unit of work over a state. */
export const unitOver = (state: OwnerState, { tasks, log = [], selected = [] }: Loaded): UnitOfWork =>
  new UnitOfWork({ ...state, tasks: tasks.map(copied), log: copiedChanges(log), selected });

/**
 * The state once a unit of work is stored, with its changes; the same if it has none.
 * @param written its tasks, as they are to be stored
 */
export const storedAfter = (
  before: OwnerState,
  unit: UnitOfWork,
  { at, requestId }: ChangeOrigin,
  written: readonly Task[] = unit.written,
): OwnerState => {
  if (unit.revision === before.revision) return before;
  const gone = new Set([...unit.removed, ...unit.written.map(({ id }) => id)]);
  const origin = { at, ...(requestId !== undefined && { requestId }) };
  return {
    ...before,
    lastTaskId: unit.lastTaskId,
    revision: unit.revision,
    taskCount: unit.taskCount,
    settings: unit.settings,
    tasks: [...before.tasks.filter(({ id }) => !gone.has(id)), ...written.map(copied)],
    changes: [...before.changes, ...copiedChanges(unit.changes.map((change) => ({ ...change, ...origin })))],
  };
};

export const byCodePoint = (a: string, b: string): number => {
  const left = Array.from(a, (character) => character.codePointAt(0) as number);
  const right = Array.from(b, (character) => character.codePointAt(0) as number);
  const differs = left.findIndex((point, index) => point !== right[index]);
  if (differs === -1) return left.length - right.length;
  return differs < right.length ? (left[differs] as number) - (right[differs] as number) : 1;
};

/** Where each owner's state is. */
export type PlaceOf = (owner: UserId) => Place;
