// `taskward mcp` as a program starts it: a process that speaks by lines, with the SDK's own client and without.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aCommandProcess, aSharedDatabase, aStarter, jsonLines, nowhere } from '../support/processes/command-line.ts';
import { eventually } from '../support/processes/processes.ts';
import { callTool } from './over-http.ts';
import { toolCall } from './random-calls.ts';

const { url } = await aSharedDatabase(t);
const taskward = aCommandProcess(t, url);
const start = aStarter(t, url);

const connect = async (t: Test, user: string) => {
  const { command, args, cwd } = start.command(['mcp', '--user', user]);
  const transport = new StdioClientTransport({ command, args: [...args], cwd, stderr: 'pipe' });
  let err = '';
  transport.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const client = new Client({ name: 'tests', version: '0.0.0' });
  await client.connect(transport);
  t.teardown(() => client.close());
  await client.listTools();
  return { client, transport, err: () => err };
};

const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
};
const lines = (...messages: readonly unknown[]) =>
  messages.map((message) => `${typeof message === 'string' ? message : JSON.stringify(message)}\n`).join('');

t.test('tools, and what another process changes is told to whoever subscribed', async (t) => {
  const user = aUser();
  const { client, err } = await connect(t, user);
  t.match(await callTool(client, 'add_task', { title: 'Buy milk' }), {
    structuredContent: { task: { user_id: user } },
  });
  await callTool(client, 'add_task', { title: 'Buy bread' });
  t.match(client.getServerCapabilities(), { resources: { subscribe: true } });
  const told: string[] = [];
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void told.push(params.uri));
  await client.subscribeResource({ uri: 'taskward://tasks/1' });
  t.equal((await taskward(['done', '2', '--user', user])).code, 0, 'another task');
  t.equal((await taskward(['done', '1', '--user', user])).code, 0);
  t.ok(await eventually(() => told.length > 0));
  t.strictSame(told, ['taskward://tasks/1']);
  t.match(await callTool(client, 'get_task', { id: 1 }), { structuredContent: { task: { completed: true } } });
  t.match(await taskward(['list', '--user', user]), { out: /Buy milk/ }, 'and the other way');
  t.equal(err(), '');
});

t.test('another user is none of its business', async (t) => {
  const [user, other] = [aUser(), aUser()];
  await taskward(['add', 'theirs', '--user', other]);
  const { client } = await connect(t, user);
  t.match(await callTool(client, 'get_task', { id: 1 }), { isError: true });
  t.match(await callTool(client, 'list_tasks', { user_id: other }), { isError: true });
  t.match(await callTool(client, 'list_tasks'), { structuredContent: { tasks: { length: 0 } } });
});

t.test(
  'when its input ends, it answers what it was asked and exits with 0; its output has messages only',
  async (t) => {
    const { child, ending } = start(['mcp', '--user', aUser()]);
    const calls = Array.from({ length: 20 }, (_, id) => toolCall('add_task', { title: `task ${id}` }, id + 1));
    child.stdin.end(lines(initialize, 'no message', { jsonrpc: '2.0', method: 'notifications/initialized' }, ...calls));
    const { code, out, err } = await ending;
    t.equal(code, 0);
    const answers = jsonLines(out);
    t.ok(answers.every(({ jsonrpc, result }) => jsonrpc === '2.0' && result !== undefined));
    t.strictSame(
      answers.map(({ id }) => Number(id)).sort((a, b) => a - b),
      Array.from({ length: 21 }, (_, id) => id),
    );
    t.match(err, /^A line was not understood: .*\n$/, 'what was no message, and nothing else');
  },
);

t.test('the last line may lack its line break, and then it is none', async (t) => {
  const { child, ending } = start(['mcp', '--user', aUser()]);
  child.stdin.end(`${lines(initialize)}{"jsonrpc":"2.0"`);
  t.match(await ending, { code: 0, err: '' });
});

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const) {
  t.test(`${signal} ends it, though its input is open`, async (t) => {
    const { child, ending } = start(['mcp', '--user', aUser()]);
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stdin.write(lines(initialize));
    t.ok(await eventually(() => out.includes('\n')));
    child.kill(signal);
    t.match(await ending, { code, err: '' });
  });
}

t.test('a client that closes it: the process ends by itself', async (t) => {
  const { client, transport } = await connect(t, aUser());
  const { pid } = transport;
  await client.close();
  const isGone = () => {
    try {
      process.kill(pid as number, 0);
      return false;
    } catch {
      return true;
    }
  };
  t.ok(await eventually(isGone));
});

t.test('it says on standard error why it cannot start, and nothing on standard output', async (t) => {
  const wrong = await taskward(['mcp', '--user', aUser()], { DATABASE_URL: nowhere });
  t.match(wrong, { code: 69, out: '', err: 'The database cannot be reached right now. Try again in a moment.\n' });
  const nobody = await taskward(['mcp']);
  t.match(nobody, { code: 1, out: '', err: /--user/ });
});

t.test('the log goes to standard error, whatever its level', async (t) => {
  const { child, ending } = start(['mcp', '--user', aUser()], { LOG_LEVEL: 'TRACE' });
  child.stdin.end(lines(initialize));
  t.equal(jsonLines((await ending).out).length, 1);
});
