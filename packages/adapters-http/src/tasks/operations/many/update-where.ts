import { closed, TaskChangesSchema, toFilter, WhereSchema } from '@taskward/task-schemas';
import { type Static, Type } from 'typebox';
import type { BatchedOperation } from '../../batch/batched-operation.ts';

const UpdateWhereSchema = Type.Object(
  { op: Type.Literal('update'), where: WhereSchema, set: TaskChangesSchema },
  {
    ...closed,
    title: 'UpdateWhere',
    description: 'Updates all tasks that met the filter before the batch, or none of them if one cannot be changed so.',
    examples: [{ op: 'update', where: { tag: 'home', status: 'pending' }, set: { priority: 'high' } }],
  },
);

export const updateWhereInBatch: BatchedOperation<'update_where'> = {
  schema: UpdateWhereSchema,
  toOperation: ({ body }) => {
    const { where, set } = body as Static<typeof UpdateWhereSchema>;
    const { tag, ...filter } = where;
    return { kind: 'update_where', where: toFilter({ ...filter, ...(tag !== undefined && { tag: [tag] }) }), set };
  },
};
