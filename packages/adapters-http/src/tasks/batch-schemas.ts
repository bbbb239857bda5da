import { type Static, type TSchema, Type } from 'typebox';
import { closed, completed, NewTaskSchema, ref, TaskChangesSchema, TaskId, TaskSchema } from './schemas.ts';

/** Maximum number of operations in one request. */
const maxOperations = 100;

const ifRevision = Type.Optional(
  Type.Integer({
    minimum: 0,
    description: 'Write only if the task is at this revision: `If-Match` for one operation.',
  }),
);
const named = { id: TaskId, if_revision: ifRevision };

/** The schema of each kind of operation. Operations are validated one by one, so that an invalid one fails alone. */
export const operationSchemas = {
  create: Type.Object({ op: Type.Literal('create'), ...NewTaskSchema.properties }, { ...closed, title: 'Create' }),
  update: Type.Object(
    { op: Type.Literal('update'), ...named, ...TaskChangesSchema.properties },
    { ...closed, title: 'Update' },
  ),
  complete: Type.Object(
    { op: Type.Literal('complete'), ...named, completed: Type.Optional(completed) },
    { ...closed, title: 'Complete' },
  ),
  delete: Type.Object({ op: Type.Literal('delete'), ...named }, { ...closed, title: 'Delete' }),
};
type Schemas = typeof operationSchemas;
export type OperationBody = { [K in keyof Schemas]: Static<Schemas[K]> }[keyof Schemas];

/** The schema of the request as a whole. It does not look into the operations. */
export const BatchSchema = Type.Object(
  {
    operations: Type.Array(Type.Unsafe<Record<string, unknown>>({ type: 'object', each: 'operation' }), {
      minItems: 1,
      maxItems: maxOperations,
      description: 'Applied in order, in one transaction: each operation sees the effects of those before it.',
    }),
    atomic: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether one rejected operation rejects the whole batch.',
      }),
    ),
    dry_run: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether to return the results without storing anything.' }),
    ),
  },
  {
    ...closed,
    title: 'Batch',
    examples: [
      {
        operations: [
          { op: 'create', title: 'Buy milk' },
          { op: 'update', id: 12, description: null, if_revision: 41 },
          { op: 'complete', id: 13, completed: true },
          { op: 'delete', id: 14 },
        ],
        atomic: true,
      },
    ],
  },
);

/** Makes the schema of a batch's result. @param rejection the schema of errors in the style */
export const batchResultSchema = (rejection: TSchema) =>
  Type.Object({
    applied: Type.Boolean({ description: 'Whether the successful operations were stored.' }),
    dry_run: Type.Boolean(),
    results: Type.Array(
      Type.Object({
        status: Type.Integer({
          description: 'The status of the same operation as a request of its own: 200, 201, 204, 404 …',
        }),
        task: Type.Optional(ref(TaskSchema)),
        error: Type.Optional(rejection),
      }),
      { description: 'One result per operation, in the same order.' },
    ),
  });
