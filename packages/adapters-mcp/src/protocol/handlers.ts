import { ErrorCode, type Result } from '@modelcontextprotocol/sdk/types.js';
import { invalidParams, ProtocolError } from './protocol-error.ts';

/** What the SDK knows the parameters of a request by. */
interface RequestSchema<Request> {
  safeParse(
    request: unknown,
  ):
    | { readonly success: true; readonly data: Request }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Answers one kind of request. */
export interface Handler {
  readonly schema: RequestSchema<unknown>;
  handle(request: unknown): Promise<Result>;
}

/** Defines the answer to a kind of request. */
export const defineHandler = <Request>(
  schema: RequestSchema<Request>,
  handle: (request: Request) => Promise<Result>,
): Handler => ({ schema, handle }) as unknown as Handler;

/**
 * Answers a request by the handler of its method. Not left to the SDK, which answers a malformed request as a failure of the
 * server, with a dump of its own.
 * @throws ProtocolError for a method that there is not, and for malformed parameters; what the handler throws
 */
export const dispatch = async (
  handlers: Readonly<Record<string, Handler>>,
  request: { readonly method: string },
): Promise<Result> => {
  const { method } = request;
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler === undefined) {
    const methods = Object.keys(handlers).join(', ');
    throw new ProtocolError(ErrorCode.MethodNotFound, `There is no method ${JSON.stringify(method)}. Use ${methods}.`);
  }
  const parsed = handler.schema.safeParse(request);
  if (parsed.success) return handler.handle(parsed.data);
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
  throw invalidParams(`The parameters of ${method} are not valid. ${faults.join('; ')}.`);
};
