import type { Operation } from '@taskward/application';
import { restoreInBatch } from '../operations/changes/restore.ts';
import { undoInBatch } from '../operations/changes/undo.ts';
import { updateWhereInBatch } from '../operations/many/update-where.ts';
import { completeInBatch } from '../operations/one/complete.ts';
import { createInBatch } from '../operations/one/create.ts';
import { removeInBatch } from '../operations/one/remove.ts';
import { updateInBatch } from '../operations/one/update.ts';
import type { BatchedOperation } from './batched-operation.ts';

type BatchOperations = { readonly [Kind in Operation['kind']]: BatchedOperation<Kind> };

/** What a batch can do, by the kind of operation, in the order of the OpenAPI document. */
export const batchOperations: BatchOperations = {
  create: createInBatch,
  update: updateInBatch,
  complete: completeInBatch,
  delete: removeInBatch,
  restore: restoreInBatch,
  undo: undoInBatch,
  update_where: updateWhereInBatch,
};
