// The example's loop between a model and the tools, with a model that says what a script has.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { runScript } from '../support/processes/clean-process.ts';
import { endWithTest } from '../support/processes/processes.ts';
import { aListeningApi } from './over-http.ts';

type Chat = typeof import('../../examples/chat/chat.ts');
type Message = Parameters<Chat['answer']>[2][number];
type Confirm = Parameters<Chat['answer']>[3];

// The example is of no package, as what is copied from it will not be either.
const { answer, connectTasks }: Chat = await import(new URL('../../examples/chat/chat.ts', import.meta.url).href);
const { url } = await aListeningApi(t);
const root = join(import.meta.dirname, '../..');

interface Asked {
  readonly messages: readonly Message[];
  readonly tools: readonly { readonly function: { readonly name: string; readonly parameters: object } }[];
}

const says = (content: string) => ({ role: 'assistant' as const, content });
let calls = 0;
const callsTool = (name: string, args: object | string) => {
  calls += 1;
  const sent = typeof args === 'string' ? args : JSON.stringify(args);
  return {
    role: 'assistant' as const,
    content: null,
    tool_calls: [{ id: `call_${calls}`, type: 'function' as const, function: { name, arguments: sent } }],
  };
};

const aScriptedModel = async (t: Test, script: readonly Message[]) => {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    asked.push((await json(request)) as Asked);
    const message = script[asked.length - 1] ?? script.at(-1);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return { asked, model: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, name: 'scripted' } };
};

const setUp = async (t: Test, script: readonly Message[]) => {
  const tasks = await connectTasks(url, aToken({ sub: aUser() }));
  t.teardown(() => tasks.close());
  const { asked, model } = await aScriptedModel(t, script);
  const chat = (content: string, confirm: Confirm) => answer(tasks, model, [{ role: 'user', content }], confirm);
  const titles = async () => {
    const { structuredContent } = await tasks.callTool({ name: 'list_tasks', arguments: {} });
    return (structuredContent as { tasks: { title: string }[] }).tasks.map(({ title }) => title);
  };
  return { tasks, asked, chat, titles };
};

const never: Confirm = async () => {
  throw new Error('nobody should be asked');
};

t.test('the model is offered the tools, its calls are made, and it mends one by what the error says', async (t) => {
  const { asked, chat, titles } = await setUp(t, [
    callsTool('add_task', { title: 'Buy milk', priority: 'highest' }),
    callsTool('add_task', '{"title":'),
    callsTool('add_task', { title: 'Buy milk', priority: 'high' }),
    says('It is on your list.'),
  ]);
  const conversation = await chat('Remind me to buy milk, it is important', never);
  t.equal(conversation.at(-1)?.content, 'It is on your list.');
  t.strictSame(await titles(), ['Buy milk']);
  const [first] = asked;
  t.match(first?.messages, [{ role: 'system', content: /task list/ }, { role: 'user' }]);
  t.ok(first?.tools.some(({ function: { name, parameters } }) => name === 'add_task' && 'properties' in parameters));
  t.match(asked[1]?.messages.at(-1), { role: 'tool', content: /priority/ });
  t.match(asked[2]?.messages.at(-1), { role: 'tool', content: /not JSON/ });
  t.match(asked[3]?.messages.at(-1), { role: 'tool', content: /Added task 1/ });
});

t.test('what may destroy something is done only if the user agrees; a dry run needs nobody', async (t) => {
  const { tasks, chat, titles } = await setUp(t, [
    callsTool('delete_task', { id: 1, dry_run: true }),
    callsTool('delete_task', { id: 1 }),
    says('done'),
  ]);
  await tasks.callTool({ name: 'add_task', arguments: { title: 'Buy milk' } });
  const questions: string[] = [];
  const confirm: Confirm = async (tool, args) => {
    questions.push(`${tool} ${args}`);
    return false;
  };
  const conversation = await chat('delete everything', confirm);
  t.strictSame(questions, ['delete_task {"id":1}']);
  t.match(conversation.at(-2), { role: 'tool', content: 'The user said no.' });
  t.strictSame(await titles(), ['Buy milk']);
});

t.test('a model that never comes to an end is stopped', async (t) => {
  const { asked, chat } = await setUp(t, [callsTool('list_tasks', {})]);
  t.match((await chat('go on', never)).at(-1), { role: 'assistant', content: /did not come to an end/ });
  t.equal(asked.length, 10);
});

t.test('run as it is, it says what it needs', async (t) => {
  const { code, out, err } = await runScript([join(root, 'examples/chat/chat.ts')], { cwd: root, env: {} });
  t.match({ code, out, err }, { code: 1, out: '', err: /^Set TOKEN, MODEL_URL and MODEL_NAME/ });
});

t.test('run as it is, it answers a line', async (t) => {
  const { model } = await aScriptedModel(t, [callsTool('list_tasks', {}), says('You have nothing to do.')]);
  const child = spawn(process.execPath, ['examples/chat/chat.ts'], {
    cwd: root,
    env: {
      TASKWARD_URL: url.replace(/\/mcp$/, ''),
      TOKEN: aToken({ sub: aUser() }),
      MODEL_URL: model.url,
      MODEL_NAME: model.name,
    },
  });
  endWithTest(child);
  child.stdin.end('What is there?\n');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  t.match({ out, err }, { out: /You have nothing to do\./, err: '' });
});
