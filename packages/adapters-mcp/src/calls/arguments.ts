import type { UserId } from '@taskward/domain';
import { type ContentCheck, closed, makeAjv, toFaults, withContentFaults } from '@taskward/task-schemas';
import { type TObject, type TSchema, Type } from 'typebox';
import { invalidArguments, otherUser } from './errors.ts';
import type { Sent, Tool } from './tool.ts';

const common = {
  user_id: Type.Optional(
    Type.String({ description: 'Not needed. If given, it must be the user whose list this is.', examples: ['demo'] }),
  ),
};

const ofWrites = {
  dry_run: Type.Optional(
    Type.Boolean({ default: false, description: 'Whether to return the result without storing anything.' }),
  ),
  idempotency_key: Type.Optional(
    Type.String({
      text: 'idempotency_key',
      description:
        'A name of your own for this change, such as a UUID. A repeated call under the same key changes nothing again, and returns the same.',
      examples: ['5f0c9a52-7f0e-4d6f-9a53-0d9f6c3c1c11'],
    }),
  ),
};

const ofOneTask = {
  if_revision: Type.Optional(
    Type.Integer({
      minimum: 0,
      description: 'Change the task only if it is at this revision: the `revision` with which you have seen it.',
      examples: [41],
    }),
  ),
};

/** What every write may say, besides the arguments of its own. */
export interface WriteArguments {
  readonly dry_run?: boolean;
  readonly idempotency_key?: string;
  readonly if_revision?: number;
}

/** Returns the arguments that are the tool's own. */
export const ownArguments = ({
  user_id: _user,
  dry_run: _dry,
  idempotency_key: _key,
  if_revision: _revision,
  ...own
}: Sent): Sent => own;

/** Returns the schema of a tool's arguments. */
export const inputSchemaOf = (tool: Tool): TObject =>
  Type.Object(
    {
      ...tool.input,
      ...(tool.kind === 'write' && {
        ...(tool.isOnTask && ofOneTask),
        ...ofWrites,
      }),
      ...common,
    },
    closed,
  );

/**
 * Makes the check of a tool's arguments, as they are sent: nothing is coerced.
 * @returns a function that throws DomainError `auth/wrong-user`, and `request/invalid` with every fault
 */
export const makeArgumentsCheck = (tool: Tool) => {
  const schema: TSchema = inputSchemaOf(tool);
  const validate = makeAjv().compile(schema);
  return (sent: Sent, owner: UserId, contentFaults: ContentCheck): void => {
    if (typeof sent.user_id === 'string' && sent.user_id !== owner) throw otherUser(owner);
    const found = validate(sent) ? [] : toFaults(validate.errors ?? [], 'arguments');
    const faults = [
      ...withContentFaults(found, sent, schema, contentFaults),
      ...(tool.faults?.(ownArguments(sent)) ?? []),
    ];
    if (faults.length > 0) throw invalidArguments(tool.name, faults);
  };
};
