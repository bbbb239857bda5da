import { contentFaults, type PositionKeys, type TaskChanges } from '@taskward/domain';
import { announced } from './changes/announce.ts';
import { makeFollowChanges } from './changes/follow-changes.ts';
import { makeEndOfChanges, makeListChanges } from './changes/list-changes.ts';
import { makeListLog } from './changes/list-log.ts';
import { makeListTrash } from './changes/list-trash.ts';
import { makeCountOldChanges, makePurgeChanges } from './changes/purge-changes.ts';
import { makePurgeTrash } from './changes/purge-trash.ts';
import { makeRestoreTask } from './changes/restore-task.ts';
import { makeTaskHistory } from './changes/task-history.ts';
import { makeUndoChange } from './changes/undo-change.ts';
import { makePurgeIdempotencyKeys } from './idempotency/purge-idempotency-keys.ts';
import { makeRunIdempotently } from './idempotency/run-idempotently.ts';
import { makeImportTasks } from './imports/import-tasks.ts';
import { makeListImports } from './imports/list-imports.ts';
import { makeRemoveTag, makeRenameTag } from './planning/change-tags.ts';
import { makeContractLimits, makeOwnerLimits } from './planning/contract-limits.ts';
import { makeListOccurrences } from './planning/list-occurrences.ts';
import { makeMoveTask } from './planning/move-task.ts';
import { makeListTags, makeTaskSummary } from './planning/task-summary.ts';
import { makeChangeSettings, makeGetSettings } from './planning/user-settings.ts';
import type { ChangeFeed } from './ports/change-feed.ts';
import type { ChangeRetention } from './ports/change-log.ts';
import type { IdempotencyStore } from './ports/idempotency-store.ts';
import type { ImportStore } from './ports/import-store.ts';
import type { OwnerPorts } from './ports/owner-ports.ts';
import type { UserDirectory } from './ports/user-directory.ts';
import type { WritePorts } from './ports/write-ports.ts';
import { makeApplyBatch } from './tasks/apply-batch.ts';
import { makeChangeTask } from './tasks/change-task.ts';
import { makeCreateTask } from './tasks/create-task.ts';
import { makeDeleteTask } from './tasks/delete-task.ts';
import { makeGetTask } from './tasks/get-task.ts';
import { makeListTasks } from './tasks/list-tasks.ts';
import { makePurgeTasks } from './tasks/purge-tasks.ts';
import { makeEraseUser } from './users/erase-user.ts';
import { makeListUsers } from './users/list-users.ts';
import { makeRenewEpoch } from './users/renew-epoch.ts';

/** The ports that the use-cases on tasks need. */
type TaskPorts = OwnerPorts & WritePorts & { keys: PositionKeys };

const makeReads = (ports: TaskPorts) => ({
  getTask: makeGetTask(ports),
  listTasks: makeListTasks(ports),
  listChanges: makeListChanges(ports),
  endOfChanges: makeEndOfChanges(ports),
  listLog: makeListLog(ports),
  taskHistory: makeTaskHistory(ports),
  listTrash: makeListTrash(ports),
  purgeTrash: makePurgeTrash(ports),
  getSettings: makeGetSettings(ports),
  taskSummary: makeTaskSummary(ports),
  listTags: makeListTags(ports),
  listOccurrences: makeListOccurrences(ports),
  contractLimits: makeContractLimits(ports),
  ownerLimits: makeOwnerLimits(ports),
});

const makeWrites = (ports: TaskPorts) => ({
  createTask: makeCreateTask(ports),
  changeTask: makeChangeTask(ports),
  deleteTask: makeDeleteTask(ports),
  applyBatch: makeApplyBatch(ports),
  restoreTask: makeRestoreTask(ports),
  undoChange: makeUndoChange(ports),
  moveTask: makeMoveTask(ports),
  renameTag: makeRenameTag(ports),
  removeTag: makeRemoveTag(ports),
  changeSettings: makeChangeSettings(ports),
});

/** Makes the use-cases on tasks. */
export const makeTaskUseCases = (ports: TaskPorts) => ({ ...makeReads(ports), ...makeWrites(ports) });

/** The use-cases on tasks, which can also run with an idempotency key. */
export type TaskUseCases = ReturnType<typeof makeTaskUseCases>;

/** Makes all use-cases of users. @param ports.feed is told of every change */
export const makeUseCases = (
  ports: TaskPorts & { idempotency: IdempotencyStore; changeRetention: ChangeRetention; feed: ChangeFeed },
) => {
  // Not a spread: `ports` may be a container that resolves a dependency when its property is read.
  const { clock, calendar, keys, limits, feed } = ports;
  const runIdempotently = makeRunIdempotently(ports, (owned) =>
    makeTaskUseCases({ ...owned, clock, calendar, keys, ...(limits && { limits }) }),
  );
  return {
    ...makeReads(ports),
    ...announced(feed, makeWrites(ports)),
    // Announced when the key's transaction is committed, and not by the use-cases within it.
    ...announced(feed, { runIdempotently }),
    followChanges: makeFollowChanges(ports),
    /** Returns what is wrong with the fields of a task that each have their type. */
    contentFaults: (changes: TaskChanges) => contentFaults(changes, calendar),
    purgeIdempotencyKeys: makePurgeIdempotencyKeys(ports),
    purgeChanges: makePurgeChanges(ports),
    countOldChanges: makeCountOldChanges(ports),
  };
};

/** All use-cases of users: what a driving adapter depends on. */
export type UseCases = ReturnType<typeof makeUseCases>;

/** Makes the operator's jobs. */
export const makeJobs = (ports: WritePorts & { imports: ImportStore; users: UserDirectory }) => ({
  importTasks: makeImportTasks(ports),
  listImports: makeListImports(ports),
  purgeTasks: makePurgeTasks(ports),
  listUsers: makeListUsers(ports),
  eraseUser: makeEraseUser(ports),
  renewEpoch: makeRenewEpoch(ports),
});

/** The operator's jobs. Only the command line gets them, so that the HTTP server cannot erase a user by mistake. */
export type Jobs = ReturnType<typeof makeJobs>;
