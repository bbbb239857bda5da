import type { TaskChange } from '@taskward/application';
import { batch } from './operations/batch.ts';
import { changes as listChanges } from './operations/changes.ts';
import { complete } from './operations/complete.ts';
import { create } from './operations/create.ts';
import { get } from './operations/get.ts';
import { history } from './operations/history.ts';
import { list } from './operations/list.ts';
import type { Operation } from './operations/operation.ts';
import { remove } from './operations/remove.ts';
import { restore } from './operations/restore.ts';
import { listTrash, purgeTask, purgeTrash } from './operations/trash.ts';
import { undo } from './operations/undo.ts';
import { change, replace } from './operations/update.ts';

// A kind of change without an operation does not compile.
const changes = {
  update: [change, replace],
  complete: [complete],
} satisfies Record<TaskChange['kind'], readonly Operation[]>;

/** Every operation on tasks, in the order of the OpenAPI document. */
export const operations: readonly Operation[] = [
  list,
  create,
  batch,
  get,
  ...Object.values(changes).flat(),
  remove,
  restore,
  history,
  listTrash,
  purgeTrash,
  purgeTask,
  listChanges,
  undo,
];
