// Agents that call by HTTP, with the SDK's own client and without, over PostgreSQL.
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { aListeningApi, callTool, connectByHttp } from './over-http.ts';
import { post, toolCall } from './random-calls.ts';

const { url } = await aListeningApi(t);

const anAgent = async (t: Test) => {
  const user = aUser();
  const token = aToken({ sub: user });
  const client = await connectByHttp(t, url, token);
  // From then on the client checks every result by its schema.
  const { tools } = await client.listTools();
  return { user, token, client, tools };
};

const everyTool = async (t: Test, client: Client, user: string): Promise<Set<string>> => {
  const called = new Set<string>();
  const call = async (name: string, args: object, expected: object) => {
    called.add(name);
    const result = await callTool(client, name, args);
    t.notOk(result.isError, `${user}: ${name} ${JSON.stringify(result.content)}`);
    t.match(result.structuredContent, expected, `${user}: ${name}`);
  };
  const title = `of ${user}`;
  const mine = { id: 1, user_id: user, title };
  await call('add_task', { title, dry_run: true }, { dry_run: true, task: { title } });
  await call('list_tasks', {}, { tasks: { length: 0 } });
  await call('add_task', { title, user_id: user }, { task: mine });
  await call('list_tasks', { search: title }, { tasks: [mine] });
  await call('get_task', { id: 1 }, { task: mine });
  await call('update_task', { id: 1, priority: 'high', if_revision: 1 }, { task: { ...mine, priority: 'high' } });
  await call('undo', { revision: 2 }, { changes: [{ task: { ...mine, priority: null } }] });
  await call('complete_task', { id: 1 }, { task: { ...mine, completed: true } });
  await call('delete_task', { id: 1 }, { id: 1, deleted: true });
  await call('restore_task', { id: 1 }, { task: { ...mine, completed: true } });
  await call('history', { id: 1 }, { changes: [{ kind: 'restored' }] });
  return called;
};

t.test('every tool, as two users at once', async (t) => {
  const agents = await Promise.all([anAgent(t), anAgent(t)]);
  await Promise.all(
    agents.map(async ({ client, user, tools }) => {
      const called = await everyTool(t, client, user);
      t.strictSame([...called].sort(), tools.map(({ name }) => name).sort(), 'these are all');
    }),
  );
});

t.test('the other user cannot be named, and their ids lead nowhere', async (t) => {
  const [me, other] = await Promise.all([anAgent(t), anAgent(t)]);
  for (const title of ['a', 'b', 'c']) await callTool(other.client, 'add_task', { title });
  const { content } = await callTool(other.client, 'add_task', { title: 'theirs' });
  t.match(content, [{ text: /task 4/ }]);
  const taskArguments = { id: 4, revision: 4, title: 'x' };
  for (const { name, inputSchema } of me.tools) {
    const wanted = Object.keys(inputSchema.properties ?? {}).filter((one) => one in taskArguments);
    const args = Object.fromEntries(wanted.map((one) => [one, taskArguments[one as keyof typeof taskArguments]]));
    const named = await callTool(me.client, name, { ...args, user_id: other.user });
    t.equal(named.isError, true, `${name} with their user_id`);
    if (!('id' in args) && name !== 'undo') continue;
    if (name === 'add_task') continue;
    const guessed = await callTool(me.client, name, args);
    t.equal(guessed.isError, true, `${name} with their id`);
    t.notMatch(JSON.stringify(guessed.content), /theirs/, name);
  }
  t.match(await callTool(other.client, 'get_task', { id: 4 }), { structuredContent: { task: { title: 'theirs' } } });
});

t.test('without sessions, streams and subscriptions', async (t) => {
  const { client, token } = await anAgent(t);
  t.equal(client.getServerCapabilities()?.resources?.subscribe ?? false, false);
  const { headers } = await post(url, token, {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
  });
  t.equal(headers.get('mcp-session-id'), null);
  t.match(headers.get('content-type'), /^application\/json/);
  for (const method of ['GET', 'DELETE']) {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'mcp-session-id': 'x' },
    });
    t.equal(response.status, 405, method);
    t.equal(response.headers.get('allow'), 'OPTIONS, POST', method);
  }
});

t.test('a client that reads JSON only, or says nothing of what it reads, is served too', async (t) => {
  const { token } = await anAgent(t);
  for (const accept of ['application/json', '*/*', 'text/event-stream'])
    t.match(await post(url, token, toolCall('list_tasks'), { accept }), { status: 200, json: { id: 1 } }, accept);
});

t.test('what is no message, and messages that nobody understands', async (t) => {
  const { token } = await anAgent(t);
  const message = (method: string, more: object = {}) => ({ jsonrpc: '2.0', id: 7, method, ...more });
  const wrong: [name: string, sent: unknown, status: number, expected: object, headers?: Record<string, string>][] = [
    ['JSON that is cut off', '{"jsonrpc":', 400, { code: 'request/malformed' }],
    ['no body', '', 400, {}],
    ['a batch', [message('ping'), message('ping')], 400, { code: 'request/malformed' }],
    ['a text', '"ping"', 400, { error: { code: -32700 } }],
    ['another version', { ...message('ping'), jsonrpc: '1.0' }, 400, { error: { code: -32700 } }],
    ['no method', { jsonrpc: '2.0', id: 7 }, 400, { error: { code: -32700 } }],
    ['an id that is none', { ...message('ping'), id: { a: 1 } }, 400, { error: { code: -32700 } }],
    ['an unknown method', message('tasks/destroy'), 200, { id: 7, error: { code: -32601 } }],
    ['an unknown tool', message('tools/call', { params: { name: 'destroy' } }), 200, { id: 7 }],
    ['no tool', message('tools/call', { params: {} }), 200, { id: 7, error: {} }],
    [
      'another protocol version',
      message('ping'),
      400,
      { error: { code: -32000 } },
      { 'mcp-protocol-version': '1999-01-01' },
    ],
    ['a large body', message('ping', { params: { text: 'x'.repeat(65_536) } }), 413, { code: 'request/too-large' }],
  ];
  for (const [name, sent, status, expected, headers] of wrong) {
    const answer = await post(url, token, sent, headers);
    t.equal(answer.status, status, `${name}: ${answer.text.slice(0, 200)}`);
    t.match(answer.json, expected, name);
  }
  t.match(
    await post(url, token, message('ping')),
    { status: 200, json: { id: 7, result: {} } },
    'and it still answers',
  );
});

t.test('a notification, and a response that nobody asked for, are accepted without an answer', async (t) => {
  const { token } = await anAgent(t);
  for (const message of [
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 1, result: {} },
  ])
    t.match(await post(url, token, message), { status: 202, text: '' });
});

t.test('a client that is not signed in is told where to', async (t) => {
  for (const [name, token] of [
    ['none', undefined],
    ['wrong', aToken({ sub: 'x' }, { key: 'y'.repeat(40) })],
    ['expired', aToken({ sub: 'x', iat: 1, exp: 2 })],
  ] as const) {
    const { status, headers } = await post(url, token, toolCall('list_tasks'));
    t.equal(status, 401, name);
    const [, where = ''] = /resource_metadata="(.*?)"/.exec(headers.get('www-authenticate') ?? '') ?? [];
    t.match(await (await fetch(where)).json(), { resource: url }, `${name}: ${where}`);
  }
  await t.rejects(connectByHttp(t, url, 'no-token'));
});

t.test('ninety calls at once of one user are each answered with their own', async (t) => {
  const { token } = await anAgent(t);
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, id) => post(url, token, toolCall('add_task', { title: `task ${id}` }, id))),
  );
  for (const [id, { json }] of answers.entries())
    t.match(json, { id, result: { structuredContent: { task: { title: `task ${id}` } } } });
});
