import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  RequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { UseCases } from '@taskward/application';
import type { Actor, UserId } from '@taskward/domain';
import { makeCallTool } from './calls/call-tool.ts';
import { toPublishedTool } from './calls/published-tool.ts';
import type { ToolContext } from './calls/tool.ts';
import { instructions } from './instructions.ts';
import { getPrompt, publishedPrompts } from './prompts/get-prompt.ts';
import { defineHandler, dispatch, type Handler } from './protocol/handlers.ts';
import { toProtocolError } from './protocol/protocol-error.ts';
import { makeSubscriptions, type Subscriptions } from './resources/subscriptions.ts';
import { listResources, readResource, taskTemplate } from './resources/task-resource.ts';
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

const handlersOf = (context: ToolContext, onFault: (error: unknown) => void): Record<string, Handler> => ({
  'tools/list': defineHandler(ListToolsRequestSchema, async () => ({ tools: publishedTools })),
  // Its arguments are looked at by the tools: a model sees what they say, and not what the protocol says.
  'tools/call': defineHandler(RequestSchema, ({ params = {} }) => callTool(context, { ...params }, onFault)),
  'resources/list': defineHandler(ListResourcesRequestSchema, ({ params }) => listResources(context, params?.cursor)),
  'resources/templates/list': defineHandler(ListResourceTemplatesRequestSchema, async () => ({
    resourceTemplates: [taskTemplate],
  })),
  'resources/read': defineHandler(ReadResourceRequestSchema, ({ params }) => readResource(context, params.uri)),
  'prompts/list': defineHandler(ListPromptsRequestSchema, async () => ({ prompts: publishedPrompts })),
  'prompts/get': defineHandler(GetPromptRequestSchema, ({ params }) => getPrompt(context, params)),
});

const subscriptionHandlers = ({ subscribe, unsubscribe }: Subscriptions): Record<string, Handler> => ({
  'resources/subscribe': defineHandler(SubscribeRequestSchema, async ({ params }) => {
    await subscribe(params.uri);
    return {};
  }),
  'resources/unsubscribe': defineHandler(UnsubscribeRequestSchema, async ({ params }) => {
    await unsubscribe(params.uri);
    return {};
  }),
});

/**
 * Makes a server of one user's tasks for agents. It is cheap, so that a stateless host can make one for each request.
 * @returns a server to be connected to a transport. Its `onclose` is in use: listen to the transport's
 */
export const makeMcpServer = (options: McpServerOptions): Server => {
  const { useCases, actor, owner, version, canSubscribe = false, onFault = () => {} } = options;
  const context = { useCases, actor, owner };
  const server = new Server(
    { name: 'taskward', title: 'Taskward', version },
    { capabilities: { tools: {}, resources: canSubscribe ? { subscribe: true } : {}, prompts: {} }, instructions },
  );
  const subscriptions = makeSubscriptions(context, (uri) => server.sendResourceUpdated({ uri }), onFault);
  server.onclose = subscriptions.end;
  const handlers = {
    ...handlersOf(context, onFault),
    ...(canSubscribe && subscriptionHandlers(subscriptions)),
  };
  server.fallbackRequestHandler = (request) =>
    dispatch(handlers, request).catch((error) => {
      throw toProtocolError(error, actor.requestId, onFault);
    });
  return server;
};
