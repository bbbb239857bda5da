import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { isUseCaseError, toRecord, toSupersededRecord } from '@taskward/application';
import { DomainError, type Fault, type UserId } from '@taskward/domain';
import { Type } from 'typebox';
import { opaqueSentence } from '../protocol/protocol-error.ts';
import { taskLine, valueText } from '../texts/task-text.ts';

/** The members of a result that is an error, besides those of a success. */
export const errorProperties = {
  code: Type.String({ description: 'With an error: its stable code, such as `task/not-found`.' }),
  message: Type.String({ description: 'With an error: what to do next.' }),
  errors: Type.Array(Type.Object({ field: Type.String(), message: Type.String() }), {
    description: 'With `request/invalid`: every fault of the arguments.',
  }),
  current: Type.Object({}, { description: 'With `task/stale` and `task/occurrence-passed`: the task as it is now.' }),
  superseded: Type.Array(
    Type.Object({ id: Type.Integer(), field: Type.String(), given: Type.Unknown(), current: Type.Unknown() }),
    { description: 'With `undo/superseded`: the fields that changed since.' },
  ),
};

/** The error for arguments that are not valid. Reports all faults at once. @param tool its name */
export const invalidArguments = (tool: string, faults: readonly Fault[]): DomainError =>
  new DomainError('request/invalid', `The arguments of ${tool} are not valid. Mend them, and call it again.`, {
    faults,
  });

/** The error for a `user_id` that is not the owner's. */
export const otherUser = (owner: UserId): DomainError =>
  new DomainError(
    'auth/wrong-user',
    `\`user_id\` names another user, whose tasks nobody reaches from here. Leave it out, or pass ${JSON.stringify(owner)}.`,
  );

const errorResult = (message: string, lines: readonly string[], content: object): CallToolResult => ({
  isError: true,
  content: [{ type: 'text', text: [message, ...lines].join('\n') }],
  structuredContent: { message, ...content },
});

const fromDomain = (error: DomainError): CallToolResult => {
  const { code, message, faults, current, superseded } = error;
  const lines = [
    ...faults.map(({ field, message }) => `- ${field} ${message}`),
    ...(current ? [`It is now: ${taskLine(toRecord(current))}`] : []),
    ...superseded.map(
      ({ taskId, field, given, current }) =>
        `- ${field} of task ${taskId}: ${valueText(given)} then, ${valueText(current)} now`,
    ),
  ];
  return errorResult(message, lines, {
    code,
    ...(faults.length > 0 && { errors: faults }),
    ...(current && { current: toRecord(current) }),
    ...(superseded.length > 0 && { superseded: superseded.map(toSupersededRecord) }),
  });
};

/**
 * Converts anything thrown to a result, so that a model can mend its call. What is not in the catalogue becomes an opaque
 * sentence.
 * @param call.requestId names the call in the host's log, if it has a name
 */
export const toErrorResult = (
  thrown: unknown,
  { tool, requestId }: { readonly tool: string; readonly requestId: string | undefined },
): CallToolResult => {
  if (!isUseCaseError(thrown)) return errorResult(opaqueSentence(requestId), [], { code: 'server/error' });
  if (!(thrown instanceof DomainError)) return errorResult(thrown.message, [], { code: thrown.code });
  // The sentence of an application repeats the faults, which come line by line here.
  return fromDomain(thrown.code === 'request/invalid' ? invalidArguments(tool, thrown.faults) : thrown);
};
