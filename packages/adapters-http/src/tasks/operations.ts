import type { TaskChange } from '@taskward/application';
import { changes as listChanges } from './operations/changes/changes.ts';
import { history } from './operations/changes/history.ts';
import { occurrences } from './operations/changes/occurrences.ts';
import { restore } from './operations/changes/restore.ts';
import { listTrash, purgeTask, purgeTrash } from './operations/changes/trash.ts';
import { undo } from './operations/changes/undo.ts';
import { batch } from './operations/many/batch.ts';
import { list } from './operations/many/list.ts';
import { complete } from './operations/one/complete.ts';
import { create } from './operations/one/create.ts';
import { get } from './operations/one/get.ts';
import { move } from './operations/one/move.ts';
import { remove } from './operations/one/remove.ts';
import { change, replace } from './operations/one/update.ts';
import type { Operation } from './operations/operation.ts';
import { ownerLimits } from './operations/planning/limits.ts';
import { changeSettings, getSettings } from './operations/planning/settings.ts';
import { summary } from './operations/planning/summary.ts';
import { listTags, removeTag, renameTag } from './operations/planning/tags.ts';

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
  summary,
  listTags,
  renameTag,
  removeTag,
  getSettings,
  changeSettings,
  ownerLimits,
  get,
  ...Object.values(changes).flat(),
  move,
  remove,
  restore,
  history,
  occurrences,
  listTrash,
  purgeTrash,
  purgeTask,
  listChanges,
  undo,
];
