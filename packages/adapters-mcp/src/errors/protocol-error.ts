import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';

/** A request that the server cannot make sense of: the client sees it, and not the model. */
export class ProtocolError extends Error {
  readonly code: number;

  // Not the SDK's McpError, which puts the code into the message, too.
  constructor(code: number, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
  }
}

/** The error for parameters that name nothing that there is. */
export const invalidParams = (message: string): ProtocolError => new ProtocolError(ErrorCode.InvalidParams, message);
