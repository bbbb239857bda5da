import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import type { Actor, UserId } from '@taskward/domain';
import { type McpServerOptions, makeMcpServer } from '../server.ts';

/** A message that came by HTTP, from a user whose token is verified. */
interface HttpCall {
  readonly actor: Actor;
  readonly owner: UserId;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The parsed JSON body: one message. */
  readonly body: unknown;
  /** Aborted once the client is gone. */
  readonly signal: AbortSignal;
  readonly log: { error(details: object, message: string): void };
}

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

// The transport only reads its path and query, of which there are none.
const url = 'http://localhost/mcp';

// Answers are always JSON, so a client that cannot read event streams is served, too.
const accept = 'application/json, text/event-stream';

const toRequest = ({ headers }: HttpCall): Request => {
  const version = headers['mcp-protocol-version'];
  return new Request(url, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(typeof version === 'string' && { 'mcp-protocol-version': version }),
    },
  });
};

const toAnswer = async (response: Response): Promise<HttpAnswer> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' },
    ...(text !== '' && { body: text }),
  };
};

const aborted = (signal: AbortSignal): Promise<HttpAnswer> =>
  new Promise((resolve) => {
    // Nobody reads it.
    const answer = () => resolve({ status: 503, headers: {} });
    if (signal.aborted) answer();
    else signal.addEventListener('abort', answer, { once: true });
  });

/**
 * Makes the function that answers messages by Streamable HTTP, without sessions: each is answered by a server and a
 * transport of its own, in JSON, and nothing of them is left when it has its answer or its client is gone.
 */
export const makeMcpHandler =
  ({ useCases, version }: Pick<McpServerOptions, 'useCases' | 'version'>) =>
  async (call: HttpCall): Promise<HttpAnswer> => {
    const { actor, owner, body, signal, log } = call;
    const onFault = (error: unknown) => log.error({ err: error }, 'A tool that an agent called failed.');
    const server = makeMcpServer({ useCases, actor, owner, version, onFault });
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      const answered = transport.handleRequest(toRequest(call), { parsedBody: body }).then(toAnswer);
      return await Promise.race([answered, aborted(signal)]);
    } finally {
      await server.close();
    }
  };
