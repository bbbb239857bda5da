import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { UseCases } from '@taskward/application';
import type { Actor, UserId } from '@taskward/domain';
import { makeCallTool } from './calls/call-tool.ts';
import { toPublishedTool } from './calls/published-tool.ts';
import { instructions } from './instructions.ts';
import { tools } from './tools/tools.ts';

/** What a server is made of. */
export interface McpServerOptions {
  readonly useCases: UseCases;
  /** Who acts; its `requestId` names the calls in the log of changes. */
  readonly actor: Actor;
  /** The user whose tasks the server is about: that of the token or the command line, never one that a call names. */
  readonly owner: UserId;
  /** The version of Taskward. */
  readonly version: string;
  /** Whether the transport keeps a connection, on which the client can be told of changes: stdio. By default it does not. */
  readonly canSubscribe?: boolean;
  /** Gets what is no error of the catalogue, for the host's log. The client gets an opaque sentence. */
  readonly onFault?: (error: unknown) => void;
}

const publishedTools = tools.map(toPublishedTool);
const callTool = makeCallTool(tools);

/**
 * Makes a server of one user's tasks for agents. It is cheap: a stateless host makes one for each request.
 * @returns a server to be connected to a transport
 */
export const makeMcpServer = (options: McpServerOptions): Server => {
  const { useCases, actor, owner, version, onFault = () => {} } = options;
  const context = { useCases, actor, owner };
  const server = new Server(
    { name: 'taskward', title: 'Taskward', version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: publishedTools }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    callTool(context, params.name, params.arguments ?? {}, onFault),
  );
  return server;
};
