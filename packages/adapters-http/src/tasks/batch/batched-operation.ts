import type { Operation, TaskChange } from '@taskward/application';
import type { Condition, UserId } from '@taskward/domain';
import { closed, TaskId } from '@taskward/task-schemas';
import { type Static, type TObject, type TProperties, Type } from 'typebox';

type Sent = Record<string, unknown>;

/** An operation's body without the fields that only Taskward sets. */
interface Prepared {
  readonly body: Sent;
  /** The `created_at` that the task must have. */
  readonly createdAt?: string;
}

/** An operation as a batch has it. `Kind` is its `op`. */
export interface BatchedOperation<Kind extends Operation['kind'] = Operation['kind']> {
  /** What the operation is validated by, and the OpenAPI document shows. */
  readonly schema: TObject;
  /** Removes read-only fields before the operation is validated. */
  prepare?(sent: Sent, owner: UserId): Prepared;
  /** Translates a valid operation. @throws DomainError `request/invalid` */
  toOperation(prepared: Prepared): Extract<Operation, { kind: Kind }>;
}

const ifRevision = Type.Optional(
  Type.Integer({
    minimum: 0,
    description: 'Write only if the task is at this revision: `If-Match` for one operation.',
  }),
);

const schemaOf = (op: string, properties: TProperties): TObject =>
  Type.Object({ op: Type.Literal(op), ...properties }, { ...closed, title: op.charAt(0).toUpperCase() + op.slice(1) });

/** Defines an operation that makes a task. @param body the schema of its request, whose fields it takes */
export const batchedCreation = <Kind extends Operation['kind'], Fields extends TProperties>(
  op: Kind,
  body: TObject<Fields>,
  toOperation: (fields: Static<TObject<Fields>>) => Extract<Operation, { kind: Kind }>,
): BatchedOperation<Kind> => ({
  schema: schemaOf(op, body.properties),
  toOperation: ({ body: { op: _op, ...fields } }) => toOperation(fields as Static<TObject<Fields>>),
});

/** What an operation does to a task: a change, its deletion, or its return. */
type Action<Kind> = Extract<
  TaskChange | { readonly kind: 'delete' } | { readonly kind: 'restore' },
  { readonly kind: Kind }
>;

/**
 * Defines an operation on a task that exists: named by `id`, and by `if_revision` if it must be unchanged.
 * @param body the schema of its request, whose fields it takes
 */
export const batchedChange = <Kind extends Exclude<Operation['kind'], 'create' | 'undo'>, Fields extends TProperties>(
  op: Kind,
  body: TObject<Fields>,
  toAction: (fields: Static<TObject<Fields>>) => Action<Kind>,
  prepare?: BatchedOperation['prepare'],
): BatchedOperation<Kind> => ({
  schema: schemaOf(op, { id: TaskId, if_revision: ifRevision, ...body.properties }),
  ...(prepare && { prepare }),
  toOperation: ({ body: { op: _op, id, if_revision, ...fields }, createdAt }) => {
    const condition: Condition = {
      ...(if_revision !== undefined && { match: [if_revision as number] }),
      ...(createdAt !== undefined && { createdAt }),
    };
    return {
      ...toAction(fields as Static<TObject<Fields>>),
      id: id as number,
      ...(Object.keys(condition).length > 0 && { condition }),
    } as unknown as Extract<Operation, { kind: Kind }>;
  },
});
