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

/**
 * Makes the function that answers messages by Streamable HTTP, without sessions: each is answered by a server and a
 * transport of its own, in JSON, and nothing of them is left once it has its answer, whether its client still waits or not.
 */
export const makeMcpHandler =
  ({ useCases, version }: Pick<McpServerOptions, 'useCases' | 'version'>) =>
  async (call: HttpCall): Promise<HttpAnswer> => {
    const { actor, owner, body, log } = call;
    const onFault = (error: unknown) => log.error({ err: error }, 'A tool that an agent called failed.');
    const server = makeMcpServer({ useCases, actor, owner, version, onFault });
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      return await toAnswer(await transport.handleRequest(toRequest(call), { parsedBody: body }));
    } finally {
      await server.close();
    }
  };
