import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { isUseCaseError } from '@taskward/application';

// The specification's code for a resource that there is not; the SDK has no name for it.
const resourceNotFound = -32_002;

/** A request that cannot be answered: the client sees it, and not the model. */
export class ProtocolError extends Error {
  readonly code: number;

  // Not the SDK's McpError, which puts the code into the message, too.
  constructor(code: number, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/** The error for parameters that are malformed, or that name nothing that there is. */
export const invalidParams = (message: string): ProtocolError => new ProtocolError(ErrorCode.InvalidParams, message);

/** The error for a resource that there is not among the user's. */
export const noResource = (message: string): ProtocolError => new ProtocolError(resourceNotFound, message);

/** Returns the sentence for what is not in the catalogue of errors. @param requestId names the call in the host's log */
export const opaqueSentence = (requestId: string | undefined): string =>
  `Something went wrong in Taskward. Look at the tasks before you try again. The log has the cause${requestId === undefined ? '' : ` as request ${requestId}`}.`;

/** Converts anything thrown. @param onFault gets what is not in the catalogue, which becomes an opaque sentence */
export const toProtocolError = (
  thrown: unknown,
  requestId: string | undefined,
  onFault: (error: unknown) => void,
): ProtocolError => {
  if (thrown instanceof ProtocolError) return thrown;
  if (isUseCaseError(thrown)) {
    if (thrown.code === 'task/not-found') return noResource(thrown.message);
    return thrown.code === 'request/invalid'
      ? invalidParams(thrown.message)
      : new ProtocolError(ErrorCode.InternalError, thrown.message);
  }
  onFault(thrown);
  return new ProtocolError(ErrorCode.InternalError, opaqueSentence(requestId));
};
