import { type BatchResult, type Operation, type Outcome, toRecord } from '@taskward/application';
import { type Condition, DomainError, fieldNames, invalid, type UserId } from '@taskward/domain';
import type { Static } from 'typebox';
import { HttpError, toHttpError } from '../errors/http-error.ts';
import { makeBodyCheck, nothingNamed } from '../errors/validation.ts';
import { errorBody, errorResponse, type HttpResponse } from '../messages/http-response.ts';
import type { ApiStyle } from './api-styles.ts';
import { type BatchSchema, type OperationBody, operationSchemas } from './batch-schemas.ts';
import { withoutReadOnlyFields } from './read-only-fields.ts';

const checks = Object.fromEntries(Object.entries(operationSchemas).map(([op, schema]) => [op, makeBodyCheck(schema)]));
const kinds = Object.keys(operationSchemas)
  .map((op) => `\`${op}\``)
  .join(', ');

const unknownKind = invalid([{ field: 'op', message: `must be one of ${kinds}` }]);

const fromBody = (body: OperationBody, createdAt: string | undefined): Operation => {
  if (body.op === 'create') {
    const { op: _op, ...content } = body;
    return { kind: 'create', content };
  }
  const { op, id, if_revision, ...rest } = body;
  const asked: Condition = {
    ...(if_revision !== undefined && { match: [if_revision] }),
    ...(createdAt !== undefined && { createdAt }),
  };
  const condition = Object.keys(asked).length > 0 ? { condition: asked } : {};
  if (op !== 'update') return { kind: op, id, ...rest, ...condition };
  if (Object.keys(rest).length > 0) return { kind: 'update', id, changes: rest, ...condition };
  throw invalid([{ field: 'body', message: nothingNamed(fieldNames) }]);
};

/** Parses an operation. Returns an error if it is not valid. */
const toOperation = (operation: Record<string, unknown>, owner: UserId): Operation | DomainError => {
  const { op, id } = operation;
  const { body, createdAt } =
    op === 'update'
      ? withoutReadOnlyFields(operation, { id: Number(id), owner })
      : { body: operation, createdAt: undefined };
  const sent = op === 'update' && id !== undefined ? { ...body, id } : body;
  const check = typeof op === 'string' && Object.hasOwn(checks, op) ? checks[op] : undefined;
  if (check === undefined) return unknownKind;
  const faults = check(sent);
  if (faults.length > 0) return invalid(faults);
  try {
    return fromBody(sent as OperationBody, createdAt);
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

const okStatuses = { created: 201, changed: 200, deleted: 204 };

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
    return { status: okStatuses[outcome.kind], ...('task' in outcome && { task: toRecord(outcome.task) }) };
  };
  const results = result.outcomes.map(toResult);
  if (!isRejected) {
    const body = style.wrap({ applied: result.applied, dry_run: batch.dryRun, results });
    return { status: 200, headers: {}, body };
  }
  const count = result.outcomes.filter(({ kind }) => kind === 'rejected').length;
  const sentence = `Nothing was stored: ${count} of ${results.length} operations were refused. \`results\` says why; mend them, or send \`"atomic": false\`.`;
  return errorResponse(new HttpError('batch/refused', sentence, { members: { results } }), errorStyle, requestId);
};
