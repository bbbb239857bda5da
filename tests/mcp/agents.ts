import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { type McpServerOptions, makeMcpServer } from '@taskward/adapters-mcp';
import { type Clock, makeUseCases, type UseCases } from '@taskward/application';
import { ownerActor, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { absentPorts } from '../support/absent-ports.ts';
import { aSteadyClock, aUser } from '../support/builders.ts';
import { type Stores, stores } from '../support/http/api.ts';
import { calendar, keys } from '../support/planning.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** A user's agent, connected to a server of their tasks. */
export interface Agent {
  readonly client: Client;
  readonly user: UserId;
  /** Calls a tool. */
  call(name: string, args?: object): Promise<CallToolResult>;
  /** Calls a tool that must succeed. @returns its structured content */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what is in it
  done(name: string, args?: object): Promise<any>;
}

/** The text of a result. */
export const textOf = ({ content }: CallToolResult): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');

/** Connects an agent to a server of its own. @param options of the server; by default it acts as its owner */
export const anAgent = async (
  scope: Scope,
  useCases: UseCases,
  user: UserId = aUser(),
  options: Partial<McpServerOptions> = {},
): Promise<Agent> => {
  const server = makeMcpServer({ useCases, actor: ownerActor(user), owner: user, version: '0.0.0', ...options });
  const client = new Client({ name: 'tests', version: '0.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  // From then on the client checks every result by its schema.
  await client.listTools();
  scope.teardown(() => client.close());
  const call = async (name: string, args: object = {}) =>
    (await client.callTool({ name, arguments: args as Record<string, unknown> })) as CallToolResult;
  return {
    client,
    user,
    call,
    async done(name, args) {
      const result = await call(name, args);
      if (result.isError) throw new Error(`${name} failed: ${textOf(result)}`);
      return result.structuredContent;
    },
  };
};

/** Makes the use-cases over stores. */
export const useCasesOver = (store: Stores, clock: Clock = aSteadyClock()): UseCases =>
  makeUseCases({ ...absentPorts, ...store, clock, calendar, keys });

/** Runs the same tests over the stores in memory and over PostgreSQL. */
export const overStores = (body: (t: Test, useCases: UseCases) => unknown): void => {
  for (const [name, makeStore] of Object.entries(stores)) {
    t.test(`over ${name}`, async (t) => {
      await body(t, useCasesOver(await makeStore(t)));
    });
  }
};
