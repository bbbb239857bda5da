import type { Operation } from '@taskward/application';
import type { BatchedOperation } from './operations/batched-operation.ts';
import { completeInBatch } from './operations/complete.ts';
import { createInBatch } from './operations/create.ts';
import { removeInBatch } from './operations/remove.ts';
import { restoreInBatch } from './operations/restore.ts';
import { undoInBatch } from './operations/undo.ts';
import { updateInBatch } from './operations/update.ts';

type BatchOperations = { readonly [Kind in Operation['kind']]: BatchedOperation<Kind> };

/** What a batch can do, by `op`, in the order of the OpenAPI document. */
export const batchOperations: BatchOperations = {
  create: createInBatch,
  update: updateInBatch,
  complete: completeInBatch,
  delete: removeInBatch,
  restore: restoreInBatch,
  undo: undoInBatch,
};
