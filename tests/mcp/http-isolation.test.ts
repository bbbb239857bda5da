// A token reaches the tasks of its user and no other, however many agents call at once; and nothing is left of a call.
import { connect } from 'node:net';
import { queryObjects } from 'node:v8';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { makeMcpHandler } from '@taskward/adapters-mcp';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { eventually } from '../support/processes/processes.ts';
import { scaled } from '../support/scale.ts';
import { aListeningApi } from './over-http.ts';
import { post, type RawAgent, randomCalls, toolCall } from './random-calls.ts';

const aRawAgent = (): RawAgent => {
  const user = aUser();
  return { user, token: aToken({ sub: user }) };
};

const planted = async (t: Test, mutations: readonly Mutation[]) => {
  const { makeMcpHandler } = await importMutated<typeof import('@taskward/adapters-mcp')>(
    '@taskward/adapters-mcp',
    mutations,
  );
  return aListeningApi(t, { makeMcpHandler });
};

/** What is planted: every call is answered for the first one's user. */
const sharedActor: Mutation = {
  file: 'transports/http.ts',
  from: 'const { actor, owner, body, signal, log } = call;',
  to: 'const { body, signal, log } = call; const { actor, owner } = (globalThis.plantedCall ??= call);',
};

/** What is planted: servers are kept after their call. */
const keptServers: Mutation = {
  file: 'transports/http.ts',
  from: 'await server.close();',
  to: '(globalThis.plantedServers ??= []).push(server);',
};

const calls = scaled(4_000, 1_000);

t.test(`${calls} random calls of two users at once: nothing crosses`, async (t) => {
  const { url } = await aListeningApi(t);
  const { foreign, statuses, done } = await randomCalls(url, [aRawAgent(), aRawAgent()], { calls, seed: 1 });
  t.equal(foreign, 0);
  t.strictSame(Object.keys(statuses), ['200'], 'all are answered');
  const { json } = await post(url, aToken({ sub: aUser() }), { jsonrpc: '2.0', id: 1, method: 'tools/list' });
  for (const { name } of json.result.tools) t.ok((done[name] ?? 0) > 4, `${name} was done ${done[name]} times`);
});

t.test('where calls share what belongs to one user, this is noticed', async (t) => {
  const { url } = await planted(t, [sharedActor]);
  t.ok((await randomCalls(url, [aRawAgent(), aRawAgent()], { calls: 100, seed: 2 })).foreign > 0);
});

const rounds = 200;

const left = async (url: string): Promise<{ servers: number; handles: number }> => {
  const { token } = aRawAgent();
  const ask = () => post(url, token, toolCall('list_tasks'));
  const counted = () => ({
    servers: queryObjects(Server, { format: 'count' }),
    handles: process.getActiveResourcesInfo().length,
  });
  for (let warmUp = 0; warmUp < 20; warmUp += 1) await ask();
  const before = counted();
  for (let round = 0; round < rounds; round += 1) await ask();
  const after = counted();
  return { servers: after.servers - before.servers, handles: after.handles - before.handles };
};

t.test(`${rounds} calls leave no server and no handle`, async (t) => {
  const { servers, handles } = await left((await aListeningApi(t)).url);
  t.ok(servers <= 2, `${servers} servers more than before`);
  t.ok(handles <= 2, `${handles} handles more than before`);
});

t.test('where servers are kept, this is noticed', async (t) => {
  const { servers } = await left((await planted(t, [keptServers])).url);
  t.ok(servers >= rounds, `${servers} servers`);
});

t.test('a client that leaves takes its server with it', async (t) => {
  const answering = Promise.withResolvers<never>();
  const { url } = await aListeningApi(t, {
    // Its tools never come to an end.
    makeMcpHandler: (options) =>
      makeMcpHandler({ ...options, useCases: { ...options.useCases, listTasks: () => answering.promise } }),
  });
  const { token } = aRawAgent();
  await post(url, token, { jsonrpc: '2.0', id: 1, method: 'ping' });
  const servers = () => queryObjects(Server, { format: 'count' });
  const before = servers();
  const body = JSON.stringify(toolCall('list_tasks'));
  const { port } = new URL(url);
  const sockets = Array.from({ length: 20 }, () => connect(Number(port), '127.0.0.1'));
  for (const socket of sockets) {
    socket.write(
      `POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }
  t.ok(await eventually(() => servers() - before >= 20), 'each has a server while it waits');
  for (const socket of sockets) socket.destroy();
  t.ok(await eventually(() => servers() - before <= 2), 'none is left');
});
