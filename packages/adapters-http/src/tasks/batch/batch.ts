import { type BatchResult, type Operation, type Outcome, toChangedRecord, toChangeRecord } from '@taskward/application';
import { DomainError, invalid, type UserId } from '@taskward/domain';
import { makeBodyCheck } from '@taskward/task-schemas';
import type { Static } from 'typebox';
import { HttpError, toHttpError } from '../../errors/http-error.ts';
import { errorBody, errorResponse, type HttpResponse } from '../../messages/http-response.ts';
import type { ApiStyle } from '../api-styles.ts';
import { resultResponse } from '../responses.ts';
import { batchOperations } from './batch-operations.ts';
import type { BatchSchema } from './batch-schemas.ts';

const checks = Object.fromEntries(
  Object.entries(batchOperations).map(([kind, { schema }]) => [kind, makeBodyCheck(schema)]),
) as Record<Operation['kind'], ReturnType<typeof makeBodyCheck>>;
const ops = new Set(
  Object.values(batchOperations).map(({ schema }) => (schema.properties.op as { const: string }).const),
);
const kinds = [...ops].map((op) => `\`${op}\``).join(', ');

const unknownKind = invalid([{ field: 'op', message: `must be one of ${kinds}` }]);

const kindOf = ({ op, where, set }: Record<string, unknown>): Operation['kind'] | undefined => {
  if (op === 'update' && (where !== undefined || set !== undefined)) return 'update_where';
  return ops.has(op as string) ? (op as Operation['kind']) : undefined;
};

/** Parses an operation. Returns an error if it is not valid. */
const toOperation = (sent: Record<string, unknown>, owner: UserId): Operation | DomainError => {
  const kind = kindOf(sent);
  if (kind === undefined) return unknownKind;
  const { prepare, toOperation } = batchOperations[kind];
  const prepared = prepare?.(sent, owner) ?? { body: sent };
  const faults = checks[kind](prepared.body);
  if (faults.length > 0) return invalid(faults);
  try {
    return toOperation(prepared);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
};

/** Converts a request's body to the input of `applyBatch`. */
export const toBatch = (owner: UserId, { operations, atomic = true, dry_run = false }: Static<typeof BatchSchema>) => ({
  operations: operations.map((operation) => toOperation(operation, owner)),
  atomic,
  dryRun: dry_run,
});

const okStatuses = { created: 201, changed: 200, undone: 200, updated: 200, deleted: 204 };

const notApplied = new HttpError(
  'batch/not-applied',
  'Nothing was stored, because another operation of this batch was refused. Mend that one, and send them all again.',
);

/** Makes the response to a batch. If the whole batch is rejected it is an error, with the result of each operation. */
export const batchResponse = (
  style: ApiStyle,
  batch: { dryRun: boolean },
  result: BatchResult,
  requestId: string,
): HttpResponse => {
  const errorStyle = style.responses.error.style;
  const isRejected = !result.applied && !batch.dryRun;
  const rejection = (error: HttpError) => ({ status: error.status, error: errorBody(error, errorStyle, requestId) });
  const toResult = (outcome: Outcome) => {
    if (outcome.kind === 'rejected') return rejection(toHttpError(outcome.error));
    if (isRejected) return rejection(notApplied);
    return {
      status: okStatuses[outcome.kind],
      ...('task' in outcome && { task: toChangedRecord(outcome.task) }),
      ...('count' in outcome && { count: outcome.count, changed: outcome.changed }),
      ...('changes' in outcome && { changes: outcome.changes.map(toChangeRecord) }),
    };
  };
  const results = result.outcomes.map(toResult);
  if (!isRejected) {
    return resultResponse(style, { applied: result.applied, dry_run: batch.dryRun, results });
  }
  const count = result.outcomes.filter(({ kind }) => kind === 'rejected').length;
  const sentence = `Nothing was stored: ${count} of ${results.length} operations were refused. \`results\` says why; mend them, or send \`"atomic": false\`.`;
  return errorResponse(new HttpError('batch/refused', sentence, { members: { results } }), errorStyle, requestId);
};
