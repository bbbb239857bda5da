import { requestLimits } from '@taskward/application';
import { ChangedTaskSchema, ChangeSchema, closed, ref } from '@taskward/task-schemas';
import { type TSchema, Type } from 'typebox';

/** The schema of the request as a whole. Operations are validated one by one, so that an invalid one fails alone. */
export const BatchSchema = Type.Object(
  {
    operations: Type.Array(Type.Unsafe<Record<string, unknown>>({ type: 'object', each: 'operation' }), {
      minItems: requestLimits.operations.min,
      maxItems: requestLimits.operations.max,
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
          { op: 'update', where: { tag: 'home', status: 'pending' }, set: { priority: 'high' } },
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
        task: Type.Optional(ref(ChangedTaskSchema)),
        count: Type.Optional(
          Type.Integer({ minimum: 0, description: 'How many tasks met the filter, with an update of all that do.' }),
        ),
        changed: Type.Optional(Type.Integer({ minimum: 0, description: 'How many of them it changed.' })),
        changes: Type.Optional(
          Type.Array(ref(ChangeSchema), { description: 'What has become of each task, with `undo`.' }),
        ),
        error: Type.Optional(rejection),
      }),
      { description: 'One result per operation, in the same order.' },
    ),
  });
