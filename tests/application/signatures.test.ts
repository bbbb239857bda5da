import type {
  ChangeLog,
  PlanningStore,
  TaskPage,
  TaskQuery,
  TaskRepository,
  TaskUseCases,
} from '@taskward/application';
import type { Actor, Task, TaskDraft, UserId } from '@taskward/domain';
import t from 'tap';

// "No mutator without an actor, no query without an owner, in every signature": the compiler checks these.

type NamesActorAndOwner<T> = T extends (actor: Actor, input: infer Input) => Promise<unknown>
  ? Parameters<T> extends [Actor, Input & { owner: UserId }]
    ? Input extends { owner: UserId }
      ? true
      : 'names no owner'
    : 'names no actor'
  : 'names no actor';

type NamesOwner<T> = T extends (...args: infer Args) => unknown
  ? Args extends [UserId, ...unknown[]] | [TaskDraft, ...unknown[]]
    ? true
    : 'names no owner'
  : never;

// The limits of the contract are the same for everybody.
type OwnersUseCases = Omit<TaskUseCases, 'contractLimits'>;

const useCasesName: { [Name in keyof OwnersUseCases]: NamesActorAndOwner<OwnersUseCases[Name]> } = {
  createTask: true,
  getTask: true,
  listTasks: true,
  changeTask: true,
  deleteTask: true,
  applyBatch: true,
  listChanges: true,
  endOfChanges: true,
  listLog: true,
  taskHistory: true,
  listTrash: true,
  purgeTrash: true,
  restoreTask: true,
  undoChange: true,
  moveTask: true,
  renameTag: true,
  removeTag: true,
  getSettings: true,
  changeSettings: true,
  taskSummary: true,
  listTags: true,
  listOccurrences: true,
  ownerLimits: true,
};

const repositoryNames: { [Name in keyof TaskRepository]: NamesOwner<TaskRepository[Name]> } = {
  add: true,
  get: true,
  list: true,
  revision: true,
  update: true,
  remove: true,
  transact: true,
};

const changeLogNames: { [Name in keyof ChangeLog]: NamesOwner<ChangeLog[Name]> } = {
  bounds: true,
  since: true,
  snapshot: true,
  history: true,
  latest: true,
  trash: true,
  purgeTrash: true,
  occurrences: true,
};

const planningNames: { [Name in keyof PlanningStore]: NamesOwner<PlanningStore[Name]> } = {
  settings: true,
  summary: true,
  tags: true,
};

t.test('every use-case names an actor and an owner, every method of the repository and the log an owner', async (t) => {
  t.ok(Object.values(useCasesName).every(Boolean));
  t.ok(Object.values(repositoryNames).every(Boolean));
  t.ok(Object.values(changeLogNames).every(Boolean));
  t.ok(Object.values(planningNames).every(Boolean));
  // @ts-expect-error a use-case that names no owner is seen
  const withoutOwner: NamesActorAndOwner<(actor: Actor, input: { id: number }) => Promise<Task>> = true;
  // @ts-expect-error a use-case that names no actor is seen
  const withoutActor: NamesActorAndOwner<(input: { owner: UserId }) => Promise<Task>> = true;
  // @ts-expect-error a method of a repository that names no owner is seen
  const bare: NamesOwner<(query: TaskQuery) => Promise<TaskPage>> = true;
  t.ok(withoutOwner && withoutActor && bare);
});
