import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { HttpOptions } from '@taskward/adapters-http';
import * as unharmed from '@taskward/adapters-mcp';
import type { FastifyInstance } from 'fastify';
import { anApi, stores } from '../support/http/api.ts';
import { useCasesOver } from './agents.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

interface Given extends Partial<HttpOptions> {
  readonly makeMcpHandler?: typeof unharmed.makeMcpHandler;
}

/** An API over PostgreSQL that listens, with the agents' way in. @param given another way in, options of the API */
export const aListeningApi = async (
  scope: Scope,
  { makeMcpHandler = unharmed.makeMcpHandler, ...options }: Given = {},
): Promise<{ app: FastifyInstance; url: string }> => {
  const store = await stores.PostgreSQL(scope);
  const agents = makeMcpHandler({ useCases: useCasesOver(store), version: '0.0.0' });
  const app = await anApi(scope, store, { agents, ...options });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/mcp` };
};

/** Connects the SDK's client by HTTP. */
export const connectByHttp = async (scope: Scope, url: string, token: string): Promise<Client> => {
  const client = new Client({ name: 'tests', version: '0.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  // The SDK's class does not fit its own interface where `undefined` is no value of an optional property.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  scope.teardown(() => client.close());
  return client;
};

/** Calls a tool. */
export const callTool = async (client: Client, name: string, args: object = {}): Promise<CallToolResult> =>
  (await client.callTool({ name, arguments: args as Record<string, unknown> })) as CallToolResult;
